package io.inscape.evolution.field;

import io.inscape.matrix.Progress;
import io.inscape.matrix.Workers;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/// Smooth vector fields that describe how trajectories move: vector field k-means.
///
/// A field has a velocity at each vertex of a grid over the box and is linear on the triangles
/// between. The fields and the share of the trajectories among them minimise
///
///     E = sum over fields  smoothness / vertices * |L X|^2
///       + (1 - smoothness) / total duration * sum over trajectories  integral |X(a(t)) - a'(t)|^2 dt
///
/// with L the cotangent Laplacian. The integrals are exact: segments are cut wherever they cross an
/// edge of the grid. Each fit solves the normal equations in double precision.
///
/// - in: trajectories; out: values, assignment and measures as of the methods below
/// - cost: pieces of segments, and for each fit the square of the vertices; 50 x 50 vertices and
///   40,000 segments are well under a second
/// - deterministic, the same bits on any number of threads; the starts that more than one field are
///   searched from come from a fixed stream
///
/// Deviations from the program published with [Ferreira2013] and the formulas with all symbols are in
/// `docs/methods/vector-field.md`.
public final class VectorFields {
  private static final double ROUNDING = 1e-6; // of a side: how far outside a given box is inside

  private final Trajectories trajectories;
  private final TriangleGrid grid;
  private final FieldClusters clusters;
  private final double[] ownErrors;

  private VectorFields(Trajectories trajectories, TriangleGrid grid, FieldClusters clusters) {
    this.trajectories = trajectories;
    this.grid = grid;
    this.clusters = clusters;
    this.ownErrors = clusters.ownErrors();
  }

  /// Fields of an earlier fit, as its columns keep them.
  ///
  /// @param box the fit's box
  /// @param values `[field][row][col][dim]`, all finite; not modified
  /// @param assignment field of each trajectory; not modified
  @SuppressWarnings("ArrayRecordComponent") // carries columns from a file to a fit, never compared
  public record Columns(Box box, float[] values, int[] assignment) {}

  /// Fits fields over the bounding box of all trajectories.
  ///
  /// @param trajectories at least one; where there are fewer than fields, some fields stay empty
  /// @param params grid, smoothness and number of fields
  /// @param workers threads of the integrals and the solver
  /// @param progress hears of the stages `seeds` (with more than one field) and `fields`
  /// @return the fields
  /// @throws IllegalArgumentException if velocities are too large, or the smoothness too close to
  ///   0, for a solution
  public static VectorFields fit(
      Trajectories trajectories, FieldParams params, Workers workers, Progress progress) {
    return fit(trajectories, Box.around(trajectories), params, workers, progress);
  }

  /// Fits fields over a given box.
  ///
  /// @param trajectories at least one, all inside the box
  /// @param box what the fields cover
  /// @param params grid, smoothness and number of fields
  /// @param workers threads of the integrals and the solver
  /// @param progress hears of the stages `seeds` (with more than one field) and `fields`
  /// @return the fields
  /// @throws IllegalArgumentException if a point lies outside the box by more than rounding (a
  ///   millionth of a side), if velocities are too large, or if the smoothness is too close to 0
  ///   for a solution
  public static VectorFields fit(
      Trajectories trajectories, Box box, FieldParams params, Workers workers, Progress progress) {
    checkInside(trajectories, box);
    TriangleGrid grid = new TriangleGrid(box, params.grid());
    FieldClusters clusters = new FieldClusters(trajectories, grid, params, workers);
    clusters.run(FieldStart.of(trajectories, box, params, workers, progress), progress);
    return new VectorFields(trajectories, grid, clusters);
  }

  /// Brings back the fields of an earlier fit; all measures are taken anew, with the values as they
  /// were kept.
  ///
  /// @param trajectories those of the fit
  /// @param params those of the fit
  /// @param columns its box, values and assignment
  /// @param workers threads of the integrals
  /// @return the fields; their energies are the one of the given values
  /// @throws IllegalArgumentException if sizes do not fit, a value is not finite, or a point lies
  ///   outside the box
  public static VectorFields restore(
      Trajectories trajectories, FieldParams params, Columns columns, Workers workers) {
    checkInside(trajectories, columns.box());
    int size = params.grid() * params.grid() * 2;
    checkLength("values", columns.values().length, (long) size * params.fields());
    checkLength("assignments", columns.assignment().length, trajectories.count());
    double[][] fields = new double[params.fields()][size];
    for (int at = 0; at < columns.values().length; at++) {
      if (!Float.isFinite(columns.values()[at])) {
        throw new IllegalArgumentException(
            "a field's values must be finite, got " + columns.values()[at] + " at " + at);
      }
      fields[at / size][at % size] = columns.values()[at];
    }
    for (int field : columns.assignment()) {
      Objects.checkIndex(field, params.fields());
    }
    TriangleGrid grid = new TriangleGrid(columns.box(), params.grid());
    FieldClusters clusters = new FieldClusters(trajectories, grid, params, workers);
    clusters.adopt(fields, columns.assignment());
    return new VectorFields(trajectories, grid, clusters);
  }

  private static void checkLength(String what, long got, long expected) {
    if (got != expected) {
      throw new IllegalArgumentException(
          "these trajectories and parameters need " + expected + " " + what + ", got " + got);
    }
  }

  private static void checkInside(Trajectories trajectories, Box box) {
    double across = box.width() * ROUNDING;
    double up = box.height() * ROUNDING;
    for (int point = 0; point < trajectories.points(); point++) {
      double x = trajectories.x(point);
      double y = trajectories.y(point);
      if (x < box.left() - across
          || x > box.right() + across
          || y < box.bottom() - up
          || y > box.top() + up) {
        throw new IllegalArgumentException(
            "all trajectories must lie inside the box, but there is a point at ("
                + x
                + ", "
                + y
                + ") and the "
                + box);
      }
    }
  }

  /// {@return what the fields cover}
  public Box box() {
    return grid.box();
  }

  /// {@return vertices along each side}
  public int grid() {
    return grid.side();
  }

  /// {@return the number of fields}
  public int fields() {
    return clusters.fields().length;
  }

  /// {@return the number of trajectories}
  public int trajectories() {
    return trajectories.count();
  }

  /// {@return the velocities at the vertices, `[field][row][col][dim]`, row 0 at the bottom, in
  /// units of the plane per unit of time; a field without trajectories is 0}
  public double[] values() {
    double[] values = new double[fields() * grid.vertices() * 2];
    for (int field = 0; field < fields(); field++) {
      double[] own = values(field);
      System.arraycopy(own, 0, values, field * own.length, own.length);
    }
    return values;
  }

  /// One field as it is, not to be written to.
  double[] values(int field) {
    return clusters.fields()[Objects.checkIndex(field, fields())];
  }

  TriangleGrid triangles() {
    return grid;
  }

  /// {@return the field that each trajectory belongs to}
  public int[] assignment() {
    return clusters.assignment().clone();
  }

  int assignment(int trajectory) {
    return clusters.assignment()[trajectory];
  }

  /// {@return for each trajectory the mean over its time of the squared difference between its
  /// velocity and its own field, at least 0, in squared units of the plane per squared unit of
  /// time}
  public float[] dissimilarity() {
    float[] dissimilarity = new float[ownErrors.length];
    for (int trajectory = 0; trajectory < ownErrors.length; trajectory++) {
      dissimilarity[trajectory] = (float) squaredError(trajectory);
    }
    return dissimilarity;
  }

  double squaredError(int trajectory) {
    return ownErrors[trajectory] / trajectories.duration(trajectory);
  }

  /// The mean over time of the squared speed of each trajectory's own field along it.
  double[] squaredField() {
    double[] squared = new double[trajectories.count()];
    FieldErrors integrals = new FieldErrors(trajectories, grid);
    Arrays.setAll(
        squared,
        trajectory ->
            integrals.squaredField(trajectory, values(assignment(trajectory)))
                / trajectories.duration(trajectory));
    return squared;
  }

  /// The mean over time of a trajectory's squared speed.
  double squaredSpeed(int trajectory) {
    return trajectories.squaredSpeed(trajectory) / trajectories.duration(trajectory);
  }

  /// {@return the mean over time of the squared speed of all trajectories together}
  double squaredSpeed() {
    double sum = 0;
    for (int trajectory = 0; trajectory < trajectories.count(); trajectory++) {
      sum += trajectories.squaredSpeed(trajectory);
    }
    return sum / trajectories.totalDuration();
  }

  /// {@return for each trajectory its length over its duration, in units of the plane per unit of
  /// time}
  public float[] speed() {
    float[] speed = new float[trajectories.count()];
    for (int trajectory = 0; trajectory < speed.length; trajectory++) {
      speed[trajectory] =
          (float) (trajectories.length(trajectory) / trajectories.duration(trajectory));
    }
    return speed;
  }

  /// {@return for each vertex the time that the field's trajectories spend in the cells around it,
  /// `[field][row][col]`; 0 means that no data stand behind the field there}
  public float[] coverage() {
    float[] coverage = new float[fields() * grid.vertices()];
    for (int at = 0; at < coverage.length; at++) {
      coverage[at] = (float) coverage(at / grid.vertices())[at % grid.vertices()];
    }
    return coverage;
  }

  double[] coverage(int field) {
    return clusters.coverage()[Objects.checkIndex(field, fields())];
  }

  /// {@return the energy E of the result, at least 0}
  public double energy() {
    return clusters.energy();
  }

  /// {@return the part of the energy that the fields' roughness makes}
  public double smoothnessEnergy() {
    return clusters.smoothnessEnergy();
  }

  /// {@return the energy after each fit of the loop, never rising; one for a single field}
  public List<Double> energies() {
    return List.copyOf(clusters.energies());
  }

  /// A field's velocity at a place.
  ///
  /// @param field in [0, fields)
  /// @param x finite; a place outside the box counts as the nearest on its border
  /// @param y finite
  /// @return its x and y
  /// @throws IllegalArgumentException if the place is not finite
  public double[] at(int field, double x, double y) {
    if (!Double.isFinite(x) || !Double.isFinite(y)) {
      throw new IllegalArgumentException(
          "a place in a field must be finite, got (" + x + ", " + y + ")");
    }
    double[] velocity = new double[2];
    double col = grid.col(x);
    double row = grid.row(y);
    grid.value(values(field), grid.triangle(col, row), col, row, velocity);
    return velocity;
  }
}
