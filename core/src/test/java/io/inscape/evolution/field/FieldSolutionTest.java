package io.inscape.evolution.field;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.inscape.matrix.Rng;
import io.inscape.matrix.Workers;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// The integrals, the energy and its minimum beside the slow way.
final class FieldSolutionTest {
  private static final Box WIDE = new Box(-1, -.2, 2, 1);

  private static Trajectories trajectories(long seed) {
    return new Flows()
        .wander(6, 4, seed)
        .track(0, 0, 0, 0, 1, 1, 1, 1, 1.5, 1, 1, 2.5) // along lines of the grid, and a rest
        .track(-1, -.2, 0, 2, 1, 3) // along all diagonals, from corner to corner
        .track(2, 1, 0, -1, 1, 2, -1, -.2, 2.5) // along the border
        .made();
  }

  private static double[] randomField(int side, long seed) {
    RandomGenerator random = Rng.of(seed, "field");
    double[] field = new double[side * side * 2];
    Arrays.setAll(field, _ -> random.nextGaussian());
    return field;
  }

  @Test
  void theFieldSolvesTheDenseNormalEquations() {
    for (int side : new int[] {3, 4, 7}) {
      for (double smoothness : new double[] {.01, .5, .99}) {
        Trajectories trajectories = trajectories(side);
        double[] expected = new FieldOracle(trajectories, WIDE, side, smoothness).solve();
        VectorFields fit = Flows.fit(trajectories, WIDE, new FieldParams(side, smoothness, 1));

        assertThat(fit.values()).containsExactly(expected, within(1e-10));
      }
    }
  }

  @Test
  void energyAndErrorsAreThoseOfTheDefinition() {
    int side = 6;
    Trajectories trajectories = trajectories(9);
    FieldOracle oracle = new FieldOracle(trajectories, WIDE, side, .3);
    TriangleGrid grid = new TriangleGrid(WIDE, side);
    FieldSolver solver = new FieldSolver(grid, .3, trajectories.totalDuration());
    FieldErrors errors = new FieldErrors(trajectories, grid);
    double[][] fields = {randomField(side, 1), randomField(side, 2)};
    double[] got = new double[2];
    for (int trajectory = 0; trajectory < trajectories.count(); trajectory++) {
      errors.of(trajectory, fields, got);
      for (int field = 0; field < 2; field++) {
        assertThat(got[field]).isCloseTo(oracle.error(trajectory, fields[field]), within(1e-10));
      }
    }
    assertThat(solver.smoothnessEnergy(fields[0]))
        .isCloseTo(oracle.roughness(fields[0]), within(1e-9));
  }

  @Test
  void theIntegralOverAPartIsThatOfManySmallSteps() {
    int side = 5;
    Trajectories trajectories = trajectories(3);
    TriangleGrid grid = new TriangleGrid(WIDE, side);
    double[] field = randomField(side, 4);
    int steps = 20_000;
    double from = .23;
    double to = .81;
    double sum = 0;
    double[] value = new double[2];
    double duration = trajectories.time(1) - trajectories.time(0);
    double across = trajectories.x(1) - trajectories.x(0);
    double up = trajectories.y(1) - trajectories.y(0);
    for (int step = 0; step < steps; step++) {
      double share = from + (to - from) * (step + .5) / steps;
      double col = grid.col(trajectories.x(0) + share * across);
      double row = grid.row(trajectories.y(0) + share * up);
      grid.value(field, grid.triangle(col, row), col, row, value);
      sum += Math.pow(value[0] - across / duration, 2) + Math.pow(value[1] - up / duration, 2);
    }
    assertThat(new FieldErrors(trajectories, grid).of(0, field, from, to))
        .isCloseTo(sum * duration * (to - from) / steps, within(1e-6));
  }

  @Test
  void noStepFromTheSolutionLowersTheEnergy() {
    int side = 5;
    Trajectories trajectories = trajectories(11);
    FieldOracle oracle = new FieldOracle(trajectories, WIDE, side, .1);
    double[] field = Flows.fit(trajectories, WIDE, new FieldParams(side, .1, 1)).values();
    double least = oracle.energy(field);
    double h = 1e-4;
    for (int at = 0; at < field.length; at++) {
      double kept = field[at];
      field[at] = kept + h;
      double above = oracle.energy(field);
      field[at] = kept - h;
      double below = oracle.energy(field);
      field[at] = kept;
      assertThat((above - below) / (2 * h)).isCloseTo(0, within(1e-9));
      assertThat(Math.min(above, below)).isGreaterThan(least);
    }
  }

  @Test
  void theResidualIsSmallOnLargerGridsAndForExtremeWeights() {
    Trajectories trajectories = new Flows().wander(40, 3, 2).made();
    try (Workers workers = Workers.of(2)) {
      for (int side : new int[] {20, 50, 80}) {
        for (double smoothness : new double[] {1e-4, .05, .999}) {
          TriangleGrid grid = new TriangleGrid(Flows.UNIT, side);
          int[] all = IntStream.range(0, trajectories.count()).toArray();
          FieldSums sums = FieldSums.of(trajectories, grid, all, workers);
          FieldSolver solver = new FieldSolver(grid, smoothness, trajectories.totalDuration());
          assertThat(solver.relativeResidual(sums, solver.solve(sums, workers))).isLessThan(1e-10);
        }
      }
    }
  }

  @Test
  void theFieldStaysSoundHoweverCloseToZeroTheSmoothnessIs() {
    Trajectories one = new Flows().track(.1, .1, 0, .2, .15, 1).made();
    assertThat(Flows.fit(one, Flows.UNIT, new FieldParams(30, 1e-6, 1)).at(0, .9, .9))
        .containsExactly(new double[] {.1, .05}, within(1e-6));

    Trajectories many = new Flows().wander(40, 3, 2).made();
    double energy = Double.POSITIVE_INFINITY;
    for (double smoothness : new double[] {1e-3, 1e-6, 1e-9, 1e-12, 1e-15, 1e-30, 1e-300}) {
      VectorFields fit = Flows.fit(many, Flows.UNIT, new FieldParams(30, smoothness, 1));
      assertThat(fit.energy()).isLessThan(energy);
      assertThat(Arrays.stream(fit.values()).map(Math::abs).max().orElseThrow()).isLessThan(1000);
      energy = fit.energy() * (1 + 1e-12);
    }
  }

  @Test
  void aBandMatrixIsSolvedAsTheDenseOneWhateverItsSize() {
    RandomGenerator random = Rng.of(8, "band");
    for (int size : new int[] {1, 2, 31, 33, 150, 301}) {
      for (int band : new int[] {1, 6, 140}) {
        double[][] dense = new double[size][size];
        BandMatrix matrix = new BandMatrix(size, band);
        for (int row = 0; row < size; row++) {
          for (int col = row; col < Math.min(size, row + band + 1); col++) {
            double value = row == col ? 2 * band + 1 : random.nextDouble() - .5;
            dense[row][col] = value;
            dense[col][row] = value;
            matrix.add(row, col, value);
          }
        }
        double[] expected = new double[size];
        Arrays.setAll(expected, _ -> random.nextGaussian());
        double[] right = new double[size];
        for (int row = 0; row < size; row++) {
          for (int col = 0; col < size; col++) {
            right[row] += dense[row][col] * expected[col];
          }
        }
        try (Workers workers = Workers.of(2)) {
          matrix.factorize(workers);
        }
        matrix.solve(right);
        assertThat(right).containsExactly(expected, within(1e-12));
      }
    }
  }
}
