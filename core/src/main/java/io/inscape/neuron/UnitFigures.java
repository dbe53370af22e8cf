package io.inscape.neuron;

import io.inscape.matrix.Matrix;
import io.inscape.matrix.Workers;
import java.util.Arrays;

/// What each unit does over the observations, in five figures.
///
/// | figure | |
/// |---|---|
/// | mean | of its activations |
/// | deviation | root of their mean squared distance from it, as NumPy's `std` has it |
/// | min, max | the least and the greatest |
/// | frequency | share of observations in which it is on |
///
/// A unit is on where its activation is above 0; in a layer where some activation is below 0, where
/// it is above the unit's own mean, since 0 means nothing there.
public final class UnitFigures {
  /// The figures, in the order of [#toArray].
  public static final int COUNT = 5;

  private static final int UNITS_PER_CHUNK = 16;

  private final Columns columns;
  private final boolean signed;
  private final double[] mean; // [unit]
  private final double[] deviation; // [unit]
  private final double[] frequency; // [unit]

  private UnitFigures(Columns columns) {
    this.columns = columns;
    boolean below = false;
    for (int unit = 0; unit < columns.units(); unit++) {
      below |= columns.low(unit) < 0;
    }
    signed = below;
    mean = new double[columns.units()];
    deviation = new double[columns.units()];
    frequency = new double[columns.units()];
  }

  /// Measures every unit.
  ///
  /// @param activations rows = observations, columns = units; at least one of each
  /// @param workers do the arithmetic
  /// @return the figures, the same bits on any number of threads
  /// @throws IllegalArgumentException if there is nothing to measure
  public static UnitFigures of(Matrix activations, Workers workers) {
    UnitFigures figures = new UnitFigures(Columns.of(activations, workers));
    workers.forEachChunk(
        figures.units(),
        UNITS_PER_CHUNK,
        (_, from, to) -> {
          for (int unit = from; unit < to; unit++) {
            figures.measure(unit);
          }
        });
    return figures;
  }

  private void measure(int unit) {
    int count = columns.observations();
    int base = unit * count;
    float[] values = columns.values();
    double sum = 0;
    for (int at = base; at < base + count; at++) {
      sum += values[at];
    }
    double centre = sum / count;
    double squares = 0;
    int on = 0;
    double threshold = signed ? centre : 0;
    for (int at = base; at < base + count; at++) {
      double off = values[at] - centre;
      squares += off * off;
      on += values[at] > threshold ? 1 : 0;
    }
    boolean constant = columns.dead(unit); // its sum may be off by rounding
    mean[unit] = constant ? columns.low(unit) : centre;
    deviation[unit] = constant ? 0 : Math.sqrt(squares / count);
    frequency[unit] = constant && signed ? 0 : (double) on / count;
  }

  /// {@return how many units there are}
  public int units() {
    return columns.units();
  }

  /// {@return whether some activation of the layer is below 0}
  public boolean signed() {
    return signed;
  }

  /// The mean activation.
  ///
  /// @param unit in [0, units)
  /// @return over all observations
  public double mean(int unit) {
    return mean[unit];
  }

  /// The standard deviation.
  ///
  /// @param unit in [0, units)
  /// @return over all observations, at least 0
  public double deviation(int unit) {
    return deviation[unit];
  }

  /// The least activation.
  ///
  /// @param unit in [0, units)
  /// @return over all observations
  public float min(int unit) {
    return columns.low(unit);
  }

  /// The greatest activation.
  ///
  /// @param unit in [0, units)
  /// @return over all observations
  public float max(int unit) {
    return columns.high(unit);
  }

  /// How often the unit is on.
  ///
  /// @param unit in [0, units)
  /// @return share of the observations, in [0, 1]
  public double frequency(int unit) {
    return frequency[unit];
  }

  /// Whether the unit is dead: constant over the observations.
  ///
  /// @param unit in [0, units)
  /// @return whether it is
  public boolean dead(int unit) {
    return columns.dead(unit);
  }

  /// {@return the units that are constant, by rising number}
  public int[] dead() {
    return columns.dead();
  }

  /// {@return the units that vary, by rising number}
  public int[] live() {
    return columns.live();
  }

  /// The activations of a unit.
  ///
  /// @param unit in [0, units)
  /// @return one for each observation; a copy
  public float[] activations(int unit) {
    int count = columns.observations();
    return Arrays.copyOfRange(columns.values(), unit * count, (unit + 1) * count);
  }

  /// {@return mean, deviation, min, max and frequency, `[figure * units + unit]`}
  public float[] toArray() {
    int units = units();
    float[] all = new float[COUNT * units];
    for (int unit = 0; unit < units; unit++) {
      all[unit] = (float) mean[unit];
      all[units + unit] = (float) deviation[unit];
      all[2 * units + unit] = min(unit);
      all[3 * units + unit] = max(unit);
      all[4 * units + unit] = (float) frequency[unit];
    }
    return all;
  }
}
