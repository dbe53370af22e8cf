package io.inscape.dataset;

import java.util.List;

/// A labelled set of images in two parts.
///
/// @param name a short name, such as `mnist`
/// @param source where it was read from: a folder, or the name of the set that comes with Inscape
/// @param classNames the name of each class, in the order of the labels
/// @param train the observations to learn from
/// @param test the observations held back
/// @param digest SHA-256 in hexadecimal over the content of all files (unpacked): train images,
///   train labels, test images, test labels; of CIFAR-10 the five training files and the test file
public record Dataset(
    String name, String source, List<String> classNames, Split train, Split test, String digest) {
  /// Checks that both parts have images of one size and labels among the classes.
  public Dataset {
    classNames = List.copyOf(classNames);
    if (!train.images().shape().equals(test.images().shape())) {
      throw new IllegalArgumentException(
          "training and test images must have one size, got "
              + train.images().shape()
              + " and "
              + test.images().shape());
    }
    requireLabels(train, classNames.size());
    requireLabels(test, classNames.size());
  }

  /// {@return the size of the images}
  public ImageShape shape() {
    return train.images().shape();
  }

  /// Some of the observations.
  ///
  /// @param part which ones
  /// @return their images and labels
  public Split part(Part part) {
    return switch (part) {
      case TEST -> test;
      case TRAIN -> train;
      case ALL -> Split.joined(train, test);
    };
  }

  private static void requireLabels(Split split, int classes) {
    for (int i = 0; i < split.count(); i++) {
      if (split.label(i) >= classes) {
        throw new IllegalArgumentException(
            "label "
                + split.label(i)
                + " of observation "
                + i
                + " is outside the "
                + classes
                + " classes");
      }
    }
  }
}
