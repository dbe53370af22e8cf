package io.inscape.study.djl;

import java.util.List;

/// What a [StudyListener] runs through the network after every epoch.
///
/// @param inputs the observations as the network takes them, `[observation, ...]` flattened in C
///   order; not modified, held for as long as the listener
/// @param shape of one observation
/// @param labels the class of each; empty for none; copied
/// @param classNames in the order of the labels; empty without labels
@SuppressWarnings("ArrayRecordComponent") // large, and given once
public record SampleOrder(float[] inputs, List<Long> shape, int[] labels, List<String> classNames) {
  /// Checks the sizes.
  ///
  /// @throws IllegalArgumentException if the numbers do not fill whole observations, or the labels
  ///   are of another number or outside the classes
  public SampleOrder {
    shape = List.copyOf(shape);
    labels = labels.clone();
    classNames = List.copyOf(classNames);
    long size = shape.stream().reduce(1L, Math::multiplyExact);
    if (size < 1 || inputs.length == 0 || inputs.length % size != 0) {
      throw new IllegalArgumentException(
          inputs.length + " numbers are no whole number of observations of shape " + shape);
    }
    long count = inputs.length / size;
    if (labels.length != 0 && labels.length != count) {
      throw new IllegalArgumentException(
          "there must be one label per observation, got "
              + labels.length
              + " for "
              + count
              + " observations");
    }
    for (int i = 0; i < labels.length; i++) {
      if (labels[i] < 0 || labels[i] >= classNames.size()) {
        throw new IllegalArgumentException(
            "label "
                + labels[i]
                + " of observation "
                + i
                + " is outside the "
                + classNames.size()
                + " classes");
      }
    }
  }

  /// {@return how many observations there are}
  public int count() {
    return Math.toIntExact(inputs.length / size());
  }

  /// {@return how many numbers an observation has}
  public long size() {
    return shape.stream().reduce(1L, Math::multiplyExact);
  }
}
