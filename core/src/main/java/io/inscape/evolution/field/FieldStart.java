package io.inscape.evolution.field;

import io.inscape.matrix.Progress;
import io.inscape.matrix.Rng;
import io.inscape.matrix.Workers;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/// The share of trajectories among fields that the loop begins with.
///
/// The loop ends in one of many minima, so it is run from several starts where that costs little:
/// on some trajectories and a coarse grid. One start is that of [FieldSeeds], the others are drawn
/// from a fixed stream. All trajectories then go to the fields of least energy among these.
final class FieldStart {
  private static final int COARSE = 16; // vertices a side
  private static final int MOST_TRAJECTORIES = 1000;
  private static final int MOST_SEGMENTS = 8000;
  private static final int STARTS = 10;

  private FieldStart() {}

  /// {@return the field of each trajectory}
  static int[] of(
      Trajectories trajectories, Box box, FieldParams params, Workers workers, Progress progress) {
    int[] assignment = new int[trajectories.count()];
    if (params.fields() == 1) {
      return assignment;
    }
    FieldParams coarse = params.withGrid(Math.min(COARSE, params.grid()));
    TriangleGrid grid = new TriangleGrid(box, coarse.grid());
    int apart =
        Math.max(
            Math.ceilDiv(trajectories.count(), MOST_TRAJECTORIES),
            Math.ceilDiv(trajectories.segments(), MOST_SEGMENTS));
    Trajectories some = trajectories.every(apart);
    double[][] best = new double[0][];
    double lowest = Double.POSITIVE_INFINITY;
    for (int start = 0; start < STARTS; start++) {
      progress.report("seeds", (double) start / STARTS);
      FieldClusters clusters = new FieldClusters(some, grid, coarse, workers);
      clusters.run(assign(start, some, grid, coarse, workers), Progress.none());
      if (clusters.energy() < lowest) {
        lowest = clusters.energy();
        best = clusters.fields();
      }
    }
    int[] all = new int[assignment.length];
    Arrays.setAll(all, trajectory -> trajectory);
    double[][] errors = FieldErrors.table(trajectories, grid, all, best, workers);
    for (int trajectory : all) {
      for (int field = 1; field < best.length; field++) {
        if (errors[trajectory][field] < errors[trajectory][assignment[trajectory]]) {
          assignment[trajectory] = field;
        }
      }
    }
    progress.report("seeds", 1);
    return assignment;
  }

  private static int[] assign(
      int start, Trajectories some, TriangleGrid grid, FieldParams params, Workers workers) {
    if (start == 0) {
      return new FieldSeeds(some, grid, params.smoothness(), workers).assign(params.fields());
    }
    RandomGenerator random = Rng.of(start, "vector field start");
    int[] assignment = new int[some.count()];
    Arrays.setAll(assignment, _ -> random.nextInt(params.fields()));
    return assignment;
  }
}
