package io.inscape.figure;

import java.util.List;

/// Trails: one line for each observation through the steps of a sequence.
///
/// @param title what they are, in words
/// @param words the lines below them
/// @param samples [trail][sample][dim], two dimensions, the first sample at the first step and the
///   last at the last, equally far apart in time; not modified
/// @param labels the class of each trail; not modified
/// @param steps what each step is called
@SuppressWarnings("ArrayRecordComponent") // drawn once, never compared
public record TrailPanel(
    String title, List<String> words, float[] samples, int[] labels, List<String> steps)
    implements Block {
  /// Checks that every trail has as many samples.
  public TrailPanel {
    words = List.copyOf(words);
    steps = List.copyOf(steps);
    if (labels.length == 0
        || samples.length % (2L * labels.length) != 0
        || samples.length < 4L * labels.length) {
      throw new IllegalArgumentException(
          labels.length
              + " trails need the same number of samples each, at least two, got "
              + samples.length
              + " coordinates");
    }
    if (steps.size() < 2) {
      throw new IllegalArgumentException("trails need at least two steps, got " + steps.size());
    }
  }

  /// {@return how many samples each trail has}
  int count() {
    return samples.length / (2 * labels.length);
  }

  /// Where a trail is at a time.
  ///
  /// @param trail which one
  /// @param time in samples, in [0, count - 1]
  /// @param dim 0 = x, 1 = y
  double at(int trail, double time, int dim) {
    int sample = Math.min((int) time, count() - 2);
    int index = (trail * count() + sample) * 2 + dim;
    double share = time - sample;
    return samples[index] * (1 - share) + samples[index + 2] * share;
  }
}
