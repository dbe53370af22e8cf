package io.inscape.figure;

import java.util.List;

/// The steps of a sequence as small multiples: one scatter plot each, all in one frame, so that a
/// place means the same in each.
///
/// @param slices in the order of the steps, all of the same observations
/// @param labels the class of each observation; not modified
@SuppressWarnings("ArrayRecordComponent") // drawn once, never compared
public record Slices(List<Slice> slices, int[] labels) implements Block {
  /// One step.
  ///
  /// @param title such as `epoch 5`
  /// @param words the lines below it
  /// @param positions [observation * 2 + dim]; not modified
  @SuppressWarnings("ArrayRecordComponent") // drawn once, never compared
  public record Slice(String title, List<String> words, float[] positions) {
    /// Copies the words.
    public Slice {
      words = List.copyOf(words);
    }
  }

  /// Checks that every observation has a position in every step.
  public Slices {
    slices = List.copyOf(slices);
    if (slices.isEmpty()) {
      throw new IllegalArgumentException("small multiples need at least one slice");
    }
    for (Slice slice : slices) {
      if (slice.positions().length != 2L * labels.length) {
        throw new IllegalArgumentException(
            "a slice of "
                + labels.length
                + " observations cannot have "
                + slice.positions().length
                + " coordinates");
      }
    }
  }

  /// What all steps lie in.
  Bounds bounds() {
    return slices.stream()
        .map(slice -> Bounds.of(slice.positions(), 2))
        .reduce(Bounds::with)
        .orElseThrow();
  }
}
