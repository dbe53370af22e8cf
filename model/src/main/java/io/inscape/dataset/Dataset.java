package io.inscape.dataset;

import java.util.List;

/// A set of observations in two parts: images, vectors or texts, with a class or a number for each,
/// or nothing.
///
/// @param name a short name, such as `mnist`
/// @param source where it was read from: a folder, or the name of the set that comes with Inscape
/// @param classNames the name of each class, in the order of the labels; empty where there are none
/// @param train the observations to learn from
/// @param test the observations held back
/// @param digest SHA-256 in hexadecimal over the content of all files (unpacked): train images,
///   train labels, test images, test labels; of CIFAR-10 the five training files and the test file
public record Dataset(
    String name, String source, List<String> classNames, Split train, Split test, String digest) {
  /// Checks that both parts have observations of one kind and size, and labels among the classes.
  public Dataset {
    classNames = List.copyOf(classNames);
    String learnt = size(train.content());
    String held = size(test.content());
    if (!learnt.equals(held)) {
      throw new IllegalArgumentException(
          "training and test "
              + train.content().noun()
              + " must have one size, got "
              + learnt
              + " and "
              + held);
    }
    requireLabels(train, classNames.size());
    requireLabels(test, classNames.size());
  }

  private static String size(Content content) {
    return switch (content) {
      case Images images -> images.shape().toString();
      case Vectors vectors -> vectors.columns() + " columns";
      case Texts _ -> "texts";
    };
  }

  /// {@return what the observations are: the test part, which every data set has}
  public Content content() {
    return test.content();
  }

  /// {@return whether each observation has a class}
  public boolean labelled() {
    return test.labelled();
  }

  /// {@return the size of the images}
  ///
  /// @throws IllegalArgumentException when the observations are none
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
    if (!split.labelled()) {
      return;
    }
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
