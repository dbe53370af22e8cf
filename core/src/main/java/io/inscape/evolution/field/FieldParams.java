package io.inscape.evolution.field;

import io.inscape.parameter.Option;
import io.inscape.parameter.Parameters;

/// Options of a fit of vector fields.
///
/// @param grid vertices along each side of the box, from 3 to 200
/// @param smoothness weight of the smoothness against the agreement with the trajectories (lambda_L
///   in the papers), above 0 and below 1
/// @param fields how many fields the trajectories are shared among, from 1 to 6
public record FieldParams(
    @Option(
            value = "Grid vertices along each side of the field.",
            min = 3,
            max = 200,
            unit = "vertices")
        int grid,
    @Option(
            value =
                "How much smoothness counts against agreement with the trajectories; close to 1 the"
                    + " field becomes the mean velocity.",
            min = 0,
            max = 1,
            minExclusive = true,
            maxExclusive = true)
        double smoothness,
    @Option(
            value = "How many fields the trajectories are shared among.",
            min = 1,
            max = 6,
            unit = "fields")
        int fields) {

  /// Checks the ranges.
  ///
  /// @throws IllegalArgumentException if a value is out of its range
  public FieldParams {
    Parameters.check(FieldParams.class, "grid", grid);
    Parameters.check(FieldParams.class, "smoothness", smoothness);
    Parameters.check(FieldParams.class, "fields", fields);
  }

  /// {@return 50 vertices, smoothness 0.05, one field}
  public static FieldParams defaults() {
    return new FieldParams(50, .05, 1);
  }

  /// A copy with another grid.
  ///
  /// @param changed from 3 to 200 vertices
  /// @return the copy
  public FieldParams withGrid(int changed) {
    return new FieldParams(changed, smoothness, fields);
  }

  /// A copy with another smoothness.
  ///
  /// @param changed above 0 and below 1
  /// @return the copy
  public FieldParams withSmoothness(double changed) {
    return new FieldParams(grid, changed, fields);
  }

  /// A copy with another number of fields.
  ///
  /// @param changed from 1 to 6
  /// @return the copy
  public FieldParams withFields(int changed) {
    return new FieldParams(grid, smoothness, changed);
  }
}
