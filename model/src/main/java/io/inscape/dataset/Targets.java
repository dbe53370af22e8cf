package io.inscape.dataset;

import java.util.Arrays;

/// What is known of each observation beside its content: a class, a number, or nothing.
@SuppressWarnings("ArrayRecordComponent") // copied in and out, compared by nobody
public sealed interface Targets {
  /// {@return of how many observations}
  int count();

  /// Those of chosen observations.
  ///
  /// @param observations which ones, each in `[0, count)`; not modified
  /// @return what is known of them, in the order asked for
  default Targets of(int[] observations) {
    return switch (this) {
      case Classes known ->
          new Classes(Arrays.stream(observations).map(i -> known.labels[i]).toArray());
      case Values known -> {
        float[] values = new float[observations.length];
        for (int i = 0; i < values.length; i++) {
          values[i] = known.values[observations[i]];
        }
        yield new Values(values);
      }
      case None _ -> new None(observations.length);
    };
  }

  /// The classes of the observations.
  ///
  /// @param labels one class for each, at least 0; copied
  record Classes(int[] labels) implements Targets {
    /// Copies the labels and refuses negative ones.
    public Classes {
      labels = labels.clone();
      for (int i = 0; i < labels.length; i++) {
        if (labels[i] < 0) {
          throw new IllegalArgumentException(
              "labels must be at least 0, got " + labels[i] + " for observation " + i);
        }
      }
    }

    /// {@return a copy of the labels}
    @Override
    public int[] labels() {
      return labels.clone();
    }

    @Override
    public int count() {
      return labels.length;
    }
  }

  /// A number for each observation, as regression predicts it.
  ///
  /// @param values finite; copied
  record Values(float[] values) implements Targets {
    /// Copies the values and refuses those that are none.
    public Values {
      values = values.clone();
      for (int i = 0; i < values.length; i++) {
        if (!Float.isFinite(values[i])) {
          throw new IllegalArgumentException(
              "target values must be finite, got " + values[i] + " for observation " + i);
        }
      }
    }

    /// {@return a copy of the values}
    @Override
    public float[] values() {
      return values.clone();
    }

    @Override
    public int count() {
      return values.length;
    }
  }

  /// Nothing is known.
  ///
  /// @param count of how many observations
  record None(int count) implements Targets {}

  /// Those of one set followed by those of another.
  ///
  /// @param first any
  /// @param second of the same kind
  /// @return both
  /// @throws IllegalArgumentException when the two are of different kinds
  static Targets joined(Targets first, Targets second) {
    if (first instanceof Classes a && second instanceof Classes b) {
      int[] labels = Arrays.copyOf(a.labels, a.count() + b.count());
      System.arraycopy(b.labels, 0, labels, a.count(), b.count());
      return new Classes(labels);
    }
    if (first instanceof Values a && second instanceof Values b) {
      float[] values = Arrays.copyOf(a.values, a.count() + b.count());
      System.arraycopy(b.values, 0, values, a.count(), b.count());
      return new Values(values);
    }
    if (first instanceof None && second instanceof None) {
      return new None(first.count() + second.count());
    }
    throw new IllegalArgumentException(
        "the training and the test part must be labelled alike: with classes, with numbers, or not at all");
  }
}
