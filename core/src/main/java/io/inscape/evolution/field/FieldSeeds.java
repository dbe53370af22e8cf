package io.inscape.evolution.field;

import io.inscape.matrix.Workers;
import java.util.Arrays;
import java.util.TreeSet;

/// A first share of trajectories among fields, without chance.
///
/// One field after the other is fitted to a single trajectory, at that trajectory's own scale: of
/// some candidates the one that leaves the least error in all, were every trajectory to go to the
/// best field so far. The candidates are the trajectory that is described worst, and those that
/// stand at equal distances when all are laid end to end, each as long as its error. Taking the
/// worst alone (farthest first) would give the fields to single odd trajectories.
final class FieldSeeds {
  private static final int CANDIDATES = 12;

  private final Trajectories trajectories;
  private final TriangleGrid grid;
  private final double smoothness;
  private final Workers workers;
  private final int[] all;
  private final double[] least; // [trajectory], its error to the best field so far
  private final int[] assignment;

  FieldSeeds(Trajectories trajectories, TriangleGrid grid, double smoothness, Workers workers) {
    this.trajectories = trajectories;
    this.grid = grid;
    this.smoothness = smoothness;
    this.workers = workers;
    int count = trajectories.count();
    this.all = new int[count];
    Arrays.setAll(all, trajectory -> trajectory);
    this.least = new double[count];
    Arrays.setAll(least, trajectories::squaredSpeed);
    this.assignment = new int[count];
  }

  /// Chooses seeds and gives every trajectory to the one that describes it best.
  ///
  /// @return the field of each trajectory, in [0, fields)
  int[] assign(int fields) {
    for (int field = 0; field < fields; field++) {
      double[] seed = choose(field == 0);
      double[][] errors =
          FieldErrors.table(trajectories, grid, all, new double[][] {seed}, workers);
      for (int trajectory : all) {
        if (field == 0 || errors[trajectory][0] < least[trajectory]) {
          least[trajectory] = errors[trajectory][0];
          assignment[trajectory] = field;
        }
      }
    }
    return assignment;
  }

  private double[] choose(boolean first) {
    int[] candidates = candidates();
    double[][] seeds = new double[candidates.length][];
    for (int at = 0; at < seeds.length; at++) {
      FieldSums sums = FieldSums.of(trajectories, grid, new int[] {candidates[at]}, workers);
      double duration = trajectories.duration(candidates[at]);
      seeds[at] = new FieldSolver(grid, smoothness, duration).solve(sums, workers);
    }
    double[][] errors = FieldErrors.table(trajectories, grid, all, seeds, workers);
    int best = 0;
    double lowest = Double.POSITIVE_INFINITY;
    for (int at = 0; at < seeds.length; at++) {
      double sum = 0;
      for (int trajectory : all) {
        double error = errors[trajectory][at];
        sum += first ? error : Math.min(error, least[trajectory]);
      }
      if (sum < lowest) {
        lowest = sum;
        best = at;
      }
    }
    return seeds[best];
  }

  private int[] candidates() {
    TreeSet<Integer> chosen = new TreeSet<>();
    int farthest = 0;
    double total = 0;
    for (int trajectory : all) {
      total += least[trajectory];
      farthest = least[trajectory] > least[farthest] ? trajectory : farthest;
    }
    chosen.add(farthest);
    double passed = 0;
    int mark = 0;
    for (int trajectory : all) {
      passed += least[trajectory];
      while (mark < CANDIDATES && passed > (mark + .5) / CANDIDATES * total) {
        chosen.add(trajectory);
        mark++;
      }
    }
    return chosen.stream().mapToInt(Integer::intValue).toArray();
  }
}
