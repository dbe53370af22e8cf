package io.inscape.study.role;

import io.inscape.activation.ActivationStore;
import io.inscape.matrix.Matrix;
import io.inscape.matrix.Progress;
import io.inscape.matrix.Workers;
import io.inscape.study.Study;
import io.inscape.study.unit.UnitPooling;
import io.inscape.study.unit.UnitSource;
import java.util.Arrays;

/// The least value that each unit ever has, of a pooled map at any of its positions: its mean or
/// greatest value does not say whether it is ever off.
public final class LowestValues {
  private static final int BLOCK_VALUES = 1 << 22;
  private static final int UNITS_PER_CHUNK = 16;

  private LowestValues() {}

  /// Looks for them.
  ///
  /// @param study that has the layer
  /// @param source resolved
  /// @param activations of the units, as the source has them
  /// @param workers do the arithmetic
  /// @return one for each unit
  /// @throws IllegalArgumentException if a value is no finite number
  public static float[] of(Study study, UnitSource source, Matrix activations, Workers workers) {
    float[] lowest = new float[activations.cols()];
    Arrays.fill(lowest, Float.POSITIVE_INFINITY);
    if (source.chosen() == UnitPooling.NONE) {
      lower(lowest, activations, 1, workers);
      return lowest;
    }
    try (ActivationStore store =
        study.activations(source.activations(), workers.threads(), Progress.none())) {
      int width = store.cols() / lowest.length;
      int rows = Math.max(1, BLOCK_VALUES / store.cols());
      for (int from = 0; from < store.rows(); from += rows) {
        lower(lowest, store.read(from, Math.min(store.rows(), from + rows)), width, workers);
      }
    }
    return lowest;
  }

  private static void lower(float[] lowest, Matrix block, int width, Workers workers) {
    workers.forEachChunk(
        lowest.length,
        UNITS_PER_CHUNK,
        (_, from, to) -> {
          for (int row = 0; row < block.rows(); row++) {
            for (int unit = from; unit < to; unit++) {
              for (int at = unit * width; at < (unit + 1) * width; at++) {
                lowest[unit] = Math.min(lowest[unit], block.get(row, at));
              }
            }
          }
        });
  }
}
