package io.inscape.neuron;

import io.inscape.matrix.Matrix;
import io.inscape.matrix.Workers;
import java.util.stream.IntStream;

/// The activations unit by unit, with the range of each; a unit that is constant over the
/// observations is dead.
final class Columns {
  private static final int ROWS_PER_TILE = 64;
  private static final int UNITS_PER_CHUNK = 16;

  private final int observations;
  private final int units;
  private final float[] values; // [unit * observations + observation]
  private final float[] low; // [unit]
  private final float[] high; // [unit]

  private Columns(int observations, int units, float[] values) {
    this.observations = observations;
    this.units = units;
    this.values = values;
    low = new float[units];
    high = new float[units];
  }

  static Columns of(Matrix activations, Workers workers) {
    int rows = activations.rows();
    int cols = activations.cols();
    if (rows < 1 || cols < 1) {
      throw new IllegalArgumentException(
          "neurons need at least 1 observation and 1 unit, got " + rows + " x " + cols);
    }
    float[] values = new float[rows * cols];
    workers.forEachChunk(
        rows, ROWS_PER_TILE, (_, from, to) -> transpose(activations, from, to, values));
    Columns columns = new Columns(rows, cols, values);
    workers.forEachChunk(cols, UNITS_PER_CHUNK, (_, from, to) -> columns.measure(from, to));
    return columns;
  }

  private static void transpose(Matrix source, int from, int to, float[] target) {
    int cols = source.cols();
    float[] tile = new float[(to - from) * cols];
    for (int row = from; row < to; row++) {
      source.copyRow(row, tile, (row - from) * cols);
    }
    for (int col = 0; col < cols; col++) {
      int at = col * source.rows();
      for (int row = from; row < to; row++) {
        target[at + row] = tile[(row - from) * cols + col];
      }
    }
  }

  private void measure(int from, int to) {
    float[] range = new float[2];
    for (int unit = from; unit < to; unit++) {
      TreeKernels.range(values, unit * observations, (unit + 1) * observations, range);
      low[unit] = range[0];
      high[unit] = range[1];
    }
  }

  int observations() {
    return observations;
  }

  int units() {
    return units;
  }

  /// The values themselves, `[unit * observations + observation]`; not to be modified.
  float[] values() {
    return values;
  }

  float low(int unit) {
    return low[unit];
  }

  float high(int unit) {
    return high[unit];
  }

  boolean dead(int unit) {
    return low[unit] == high[unit];
  }

  int[] live() {
    return IntStream.range(0, units).filter(unit -> !dead(unit)).toArray();
  }

  int[] dead() {
    return IntStream.range(0, units).filter(this::dead).toArray();
  }
}
