package io.inscape.dataset;

import java.util.Arrays;

/// Images with a class label each: the training or the test part of a data set; immutable.
public final class Split {
  private final Images images;
  private final int[] labels;

  /// Puts images and labels together.
  ///
  /// @param images the images
  /// @param labels one class per image, at least 0; copied
  /// @throws IllegalArgumentException when the counts differ or a label is negative
  public Split(Images images, int[] labels) {
    if (images.count() != labels.length) {
      throw new IllegalArgumentException(
          "a split needs one label per image, got "
              + images.count()
              + " images and "
              + labels.length
              + " labels");
    }
    for (int i = 0; i < labels.length; i++) {
      if (labels[i] < 0) {
        throw new IllegalArgumentException(
            "labels must be at least 0, got " + labels[i] + " for observation " + i);
      }
    }
    this.images = images;
    this.labels = labels.clone();
  }

  /// One split followed by another.
  static Split joined(Split first, Split second) {
    int[] labels = Arrays.copyOf(first.labels, first.count() + second.count());
    System.arraycopy(second.labels, 0, labels, first.count(), second.count());
    return new Split(Images.joined(first.images, second.images), labels);
  }

  /// {@return the images}
  public Images images() {
    return images;
  }

  /// {@return how many observations there are}
  public int count() {
    return labels.length;
  }

  /// The class of one observation.
  ///
  /// @param observation which one, in `[0, count)`
  /// @return its class
  public int label(int observation) {
    return labels[observation];
  }

  /// {@return a copy of all labels, in the images' order}
  public int[] labels() {
    return labels.clone();
  }

  /// The labels of chosen observations.
  ///
  /// @param observations which ones, each in `[0, count)`; not modified
  /// @return their classes, in the order asked for
  public int[] labels(int[] observations) {
    return Arrays.stream(observations).map(observation -> labels[observation]).toArray();
  }
}
