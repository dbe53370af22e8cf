package io.inscape.study.unit;

import io.inscape.activation.ActivationStore;
import io.inscape.matrix.Matrix;
import io.inscape.matrix.Progress;
import io.inscape.matrix.Workers;
import io.inscape.study.Study;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Supplier;

/// Reads what units do for the observations of the study's sample. What is not captured yet is
/// captured.
///
/// Maps are pooled block by block, so that no more than the units themselves is ever in memory.
public final class UnitActivations {
  private static final double MOST_OF_HEAP = 0.4; // what uses them takes a copy or two
  private static final int BLOCK_VALUES = 1 << 22;
  private static final int ROWS_PER_CHUNK = 16;

  private UnitActivations() {}

  /// Reads all units.
  ///
  /// @param study that has them
  /// @param source resolved
  /// @param workers do the arithmetic
  /// @param progress hears how far a capture is
  /// @return rows = observations of the sample, columns = units
  /// @throws io.inscape.study.file.StudyException if they are not captured and cannot be
  /// @throws IllegalArgumentException if they do not fit the heap, or a value is no finite number
  public static Matrix read(Study study, UnitSource source, Workers workers, Progress progress) {
    int units = source.units(study);
    requireRoom(source, study.count(), units, Runtime.getRuntime().maxMemory());
    int width = source.chosen().width(source.info(study).shape());
    try (ActivationStore store =
        study.activations(source.activations(), workers.threads(), progress)) {
      return finite(
          source,
          () -> width == 1 ? store.readAll() : pooled(store, source.chosen(), units, workers));
    }
  }

  private static Matrix pooled(
      ActivationStore store, UnitPooling pooling, int units, Workers workers) {
    int width = store.cols() / units;
    int rows = Math.max(1, BLOCK_VALUES / store.cols());
    return Matrix.filled(
        store.rows(),
        units,
        target -> {
          for (int begin = 0; begin < store.rows(); begin += rows) {
            int first = begin;
            Matrix block = store.read(begin, Math.min(store.rows(), begin + rows));
            workers.forEachChunk(
                block.rows(),
                ROWS_PER_CHUNK,
                (_, from, to) -> {
                  float[] values = new float[store.cols()];
                  for (int row = from; row < to; row++) {
                    block.copyRow(row, values, 0);
                    for (int unit = 0; unit < units; unit++) {
                      target[(first + row) * units + unit] =
                          pooling.of(values, unit * width, (unit + 1) * width);
                    }
                  }
                });
          }
        });
  }

  /// Reads one unit, and nothing of the others.
  ///
  /// @param study that has it
  /// @param source resolved
  /// @param unit in [0, units)
  /// @param workers their number captures
  /// @param progress hears how far a capture is
  /// @return one value for each observation of the sample
  /// @throws io.inscape.study.file.StudyException if it is not captured and cannot be
  /// @throws IllegalArgumentException if there is no such unit, or a value is no finite number
  public static float[] column(
      Study study, UnitSource source, int unit, Workers workers, Progress progress) {
    requireUnit(study, source, unit);
    int width = source.chosen().width(source.info(study).shape());
    try (ActivationStore store =
        study.activations(source.activations(), workers.threads(), progress)) {
      Matrix values = finite(source, () -> store.readColumns(unit * width, (unit + 1) * width));
      if (width == 1) {
        return values.toArray();
      }
      float[] column = new float[values.rows()];
      float[] map = new float[width];
      for (int row = 0; row < column.length; row++) {
        values.copyRow(row, map, 0);
        column[row] = source.chosen().of(map, 0, width);
      }
      return column;
    }
  }

  /// Refuses a unit that is not there.
  ///
  /// @param study that has the layer
  /// @param source resolved
  /// @param unit any number
  /// @throws IllegalArgumentException if there is no such unit
  public static void requireUnit(Study study, UnitSource source, int unit) {
    int units = source.units(study);
    if (unit < 0 || unit >= units) {
      throw new IllegalArgumentException(
          "unit must be in [0, " + units + "), as " + source.words() + " has them, got " + unit);
    }
  }

  private static Matrix finite(UnitSource source, Supplier<Matrix> reading) {
    try {
      return Objects.requireNonNull(reading.get());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          source.words()
              + " cannot be looked at: "
              + e.getMessage()
              + "; a run that diverged keeps such numbers, so take an earlier epoch",
          e);
    }
  }

  static void requireRoom(UnitSource source, int observations, int units, long heap) {
    long bytes = 4L * observations * units;
    if (bytes > MOST_OF_HEAP * heap) {
      throw new IllegalArgumentException(
          "the activations of "
              + observations
              + " observations in the "
              + units
              + " units of "
              + source.words()
              + " take "
              + gigabytes(bytes)
              + ", the heap has "
              + gigabytes(heap)
              + "; pool its maps, take a narrower layer, or a study of fewer observations");
    }
  }

  private static String gigabytes(long bytes) {
    return String.format(Locale.ROOT, "%.2f GB", bytes / 1e9);
  }
}
