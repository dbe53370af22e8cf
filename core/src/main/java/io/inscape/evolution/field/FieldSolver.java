package io.inscape.evolution.field;

import io.inscape.matrix.Workers;
import java.util.Arrays;

/// Solves for the field that agrees best with the sums of its trajectories and is smooth.
///
/// The normal equations are factorised as a band matrix, and conjugate gradients with these factors
/// remove the rounding that is left, with products that keep constants apart from it: one or two
/// iterations, but for weights close to 0 or 1.
final class FieldSolver {
  private static final int MOST_ITERATIONS = 40;
  private static final double TOLERANCE = 1e-13;
  private static final double ACCEPTABLE = 1e-7; // of the size of the terms

  private final TriangleGrid grid;
  private final Laplacian laplacian;
  private final double smooth; // weight of |L X|^2
  private final double fit; // weight of the integrals

  /// @param totalDuration of all trajectories that share the energy
  FieldSolver(TriangleGrid grid, double smoothness, double totalDuration) {
    this.grid = grid;
    this.laplacian = new Laplacian(grid);
    this.smooth = smoothness / grid.vertices();
    this.fit = (1 - smoothness) / totalDuration;
  }

  /// The field of least energy.
  ///
  /// @return [vertex * 2 + dim]
  double[] solve(FieldSums sums, Workers workers) {
    BandMatrix factors = new BandMatrix(grid.vertices(), 2 * grid.side());
    laplacian.addSquare(factors, smooth);
    sums.addTo(factors, fit);
    factors.factorize(workers);
    double[] field = new double[grid.vertices() * 2];
    workers.forEachChunk(
        2,
        1,
        (dim, _, _) -> {
          double[] values = descend(sums, sums.rightSide(dim, fit), factors);
          for (int vertex = 0; vertex < values.length; vertex++) {
            field[vertex * 2 + dim] = values[vertex];
          }
        });
    return field;
  }

  private double[] descend(FieldSums sums, double[] right, BandMatrix factors) {
    double[] values = new double[right.length];
    double[] residual = right.clone();
    double goal = dot(right, right) * TOLERANCE * TOLERANCE;
    double[] direction = new double[right.length];
    double previous = 1;
    double error = dot(residual, residual);
    for (int iteration = 0; iteration < MOST_ITERATIONS && error > goal; iteration++) {
      double[] step = residual.clone();
      factors.solve(step);
      double product = dot(residual, step);
      double keep = iteration == 0 ? 0 : product / previous;
      for (int at = 0; at < step.length; at++) {
        direction[at] = step[at] + keep * direction[at];
      }
      double curvature = dot(direction, apply(sums, direction));
      if (!(product > 0 && curvature > 0)) {
        break; // nothing but rounding is left
      }
      add(product / curvature, direction, values);
      residual = residual(sums, right, values);
      previous = product;
      error = dot(residual, residual);
    }
    check(values, right, error);
    return values;
  }

  private void check(double[] values, double[] right, double error) {
    double scale =
        (64 * smooth + fit) * Math.sqrt(dot(values, values)) + Math.sqrt(dot(right, right));
    if (!(Math.sqrt(error) <= ACCEPTABLE * scale)) {
      throw new IllegalArgumentException(
          "the field could not be solved for with the smoothness "
              + smooth * grid.vertices()
              + " on "
              + grid.side()
              + " x "
              + grid.side()
              + " vertices; take a smoothness further from 0");
    }
  }

  /// The size of what a field leaves of the right side, over the size of the right side.
  double relativeResidual(FieldSums sums, double[] field) {
    double left = 0;
    double whole = 0;
    for (int dim = 0; dim < 2; dim++) {
      double[] right = sums.rightSide(dim, fit);
      double[] residual = residual(sums, right, component(field, dim));
      left += dot(residual, residual);
      whole += dot(right, right);
    }
    return Math.sqrt(left / whole);
  }

  private static double[] component(double[] field, int dim) {
    double[] values = new double[field.length / 2];
    Arrays.setAll(values, vertex -> field[vertex * 2 + dim]);
    return values;
  }

  private double[] residual(FieldSums sums, double[] right, double[] values) {
    double[] residual = apply(sums, values);
    for (int at = 0; at < residual.length; at++) {
      residual[at] = right[at] - residual[at];
    }
    return residual;
  }

  private double[] apply(FieldSums sums, double[] values) {
    double[] product = laplacian.product(laplacian.product(values));
    for (int at = 0; at < product.length; at++) {
      product[at] *= smooth;
    }
    sums.addProduct(fit, values, product);
    return product;
  }

  /// The energy of a field's roughness, its part of the whole.
  double smoothnessEnergy(double[] field) {
    double energy = 0;
    for (int dim = 0; dim < 2; dim++) {
      double[] product = laplacian.product(component(field, dim));
      energy += dot(product, product);
    }
    return smooth * energy;
  }

  /// The energy of an integral of squared errors, its part of the whole.
  double fitEnergy(double integral) {
    return fit * integral;
  }

  private static void add(double factor, double[] source, double[] target) {
    for (int at = 0; at < target.length; at++) {
      target[at] += factor * source[at];
    }
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int at = 0; at < a.length; at++) {
      sum += a[at] * b[at];
    }
    return sum;
  }
}
