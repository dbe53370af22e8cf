package io.inscape.evolution;

import io.inscape.matrix.Matrix;
import io.inscape.projection.Layout;
import java.util.List;
import java.util.Objects;

/// Where every observation is at every step, in two or three dimensions.
public final class LayoutSequence {
  private final int steps;
  private final int observations;
  private final int dimensions;
  private final float[] values; // [step][observation][dim]

  private LayoutSequence(int steps, int observations, int dimensions, float[] values) {
    this.steps = steps;
    this.observations = observations;
    this.dimensions = dimensions;
    this.values = values;
  }

  /// Layouts of given positions.
  ///
  /// @param steps number of steps, at least 1
  /// @param observations number of observations, at least 1
  /// @param dimensions 2 or 3
  /// @param values `[step][observation][dim]`, all finite; copied
  /// @return the layouts
  /// @throws IllegalArgumentException if the sizes do not fit, or a value is NaN or infinite (named
  ///   by step, observation and dimension)
  public static LayoutSequence of(int steps, int observations, int dimensions, float[] values) {
    return checked(steps, observations, dimensions, values.clone());
  }

  /// Layouts of the same observations, one per step.
  ///
  /// @param layouts at least one
  /// @return the layouts
  /// @throws IllegalArgumentException if there is none, or their sizes differ
  public static LayoutSequence of(List<Layout> layouts) {
    if (layouts.isEmpty()) {
      throw new IllegalArgumentException("a sequence of layouts needs at least 1, got 0");
    }
    int observations = layouts.getFirst().observations();
    int dimensions = layouts.getFirst().dimensions();
    int size = observations * dimensions;
    float[] values = new float[Math.multiplyExact(layouts.size(), size)];
    for (int t = 0; t < layouts.size(); t++) {
      Layout layout = layouts.get(t);
      if (layout.observations() != observations || layout.dimensions() != dimensions) {
        throw new IllegalArgumentException(
            "layouts of a sequence must all be "
                + observations
                + " x "
                + dimensions
                + " like the first, got "
                + layout.observations()
                + " x "
                + layout.dimensions()
                + " at step "
                + t);
      }
      System.arraycopy(layout.toArray(), 0, values, t * size, size);
    }
    return new LayoutSequence(layouts.size(), observations, dimensions, values);
  }

  /// Takes the array over without copying it; the caller gives it up.
  static LayoutSequence checked(int steps, int observations, int dimensions, float[] values) {
    if (steps < 1 || observations < 1 || dimensions < 2 || dimensions > 3) {
      throw new IllegalArgumentException(
          "a sequence of layouts needs at least 1 step, 1 observation and 2 or 3 dimensions, got "
              + steps
              + " x "
              + observations
              + " x "
              + dimensions);
    }
    long length = (long) steps * observations * dimensions;
    if (values.length != length) {
      throw new IllegalArgumentException(
          "layouts of "
              + steps
              + " x "
              + observations
              + " x "
              + dimensions
              + " take "
              + length
              + " values, got "
              + values.length);
    }
    for (int at = 0; at < values.length; at++) {
      if (!Float.isFinite(values[at])) {
        throw new IllegalArgumentException(
            "positions must be finite, got "
                + values[at]
                + " at step "
                + at / dimensions / observations
                + ", observation "
                + at / dimensions % observations
                + ", dimension "
                + at % dimensions);
      }
    }
    return new LayoutSequence(steps, observations, dimensions, values);
  }

  /// {@return the number of steps}
  public int steps() {
    return steps;
  }

  /// {@return the number of observations}
  public int observations() {
    return observations;
  }

  /// {@return the number of dimensions, 2 or 3}
  public int dimensions() {
    return dimensions;
  }

  /// The layout at one step.
  ///
  /// @param t in [0, steps)
  /// @return a copy
  public Layout step(int t) {
    Objects.checkIndex(t, steps);
    int size = observations * dimensions;
    return Layout.of(
        Matrix.filled(
            observations,
            dimensions,
            target -> System.arraycopy(values, t * size, target, 0, size)));
  }

  /// One coordinate.
  ///
  /// @param t in [0, steps)
  /// @param i observation, in [0, observations)
  /// @param dim in [0, dimensions)
  /// @return the coordinate
  public float get(int t, int i, int dim) {
    Objects.checkIndex(t, steps);
    Objects.checkIndex(i, observations);
    Objects.checkIndex(dim, dimensions);
    return values[(t * observations + i) * dimensions + dim];
  }

  /// {@return a copy of all positions, `[step][observation][dim]`}
  public float[] toArray() {
    return values.clone();
  }

  @Override
  public String toString() {
    return "LayoutSequence " + steps + " x " + observations + " x " + dimensions;
  }
}
