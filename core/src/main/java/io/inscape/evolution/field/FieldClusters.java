package io.inscape.evolution.field;

import io.inscape.matrix.Progress;
import io.inscape.matrix.Workers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// The loop of vector field k-means: fit each field to its trajectories, give each trajectory to
/// the field that it agrees with best, until none moves.
///
/// The energy never rises: a fit minimises it for an assignment, a trajectory moves only where its
/// error falls, and a field that lost all its trajectories takes one only if that lowers the
/// energy.
final class FieldClusters {
  private static final int MOST_ROUNDS = 100;
  private static final int MOST_SHARED = 100; // vertices a side up to which fields fit at once
  private static final double NOISE = 1e-12; // of a trajectory's squared speed: no reason to move

  private final Trajectories trajectories;
  private final TriangleGrid grid;
  private final FieldSolver solver;
  private final Workers workers;
  private final double[][] fields; // [field][vertex * 2 + dim]
  private final double[][] coverage; // [field][vertex]
  private final int[] assignment;
  private final double[] squaredSpeed; // [trajectory]
  private final int[] all; // trajectory numbers
  private double[][] errors = new double[0][]; // [trajectory][field]
  private final List<Double> energies = new ArrayList<>();

  FieldClusters(Trajectories trajectories, TriangleGrid grid, FieldParams params, Workers workers) {
    this.trajectories = trajectories;
    this.grid = grid;
    this.workers = workers;
    this.solver = new FieldSolver(grid, params.smoothness(), trajectories.totalDuration());
    this.fields = new double[params.fields()][grid.vertices() * 2];
    this.coverage = new double[params.fields()][grid.vertices()];
    this.assignment = new int[trajectories.count()];
    this.squaredSpeed = new double[trajectories.count()];
    Arrays.setAll(squaredSpeed, trajectories::squaredSpeed);
    this.all = IntStream.range(0, trajectories.count()).toArray();
  }

  /// Runs the loop.
  ///
  /// @param start field of each trajectory to begin with
  void run(int[] start, Progress progress) {
    System.arraycopy(start, 0, assignment, 0, assignment.length);
    boolean[] changed = new boolean[fields.length];
    Arrays.fill(changed, true);
    for (int round = 0; round < MOST_ROUNDS; round++) {
      progress.report("fields", (double) round / MOST_ROUNDS);
      if (!fit(changed) || fields.length == 1 || round == MOST_ROUNDS - 1) {
        break;
      }
      Arrays.fill(changed, false);
      boolean moved = reassign(changed);
      boolean filled = fillEmpty(changed);
      if (!moved && !filled) {
        break;
      }
    }
    progress.report("fields", 1);
  }

  /// Takes over fields and an assignment from an earlier run, and measures with them.
  ///
  /// @param earlier [field][vertex * 2 + dim]
  /// @param earlierAssignment [trajectory], in [0, fields)
  void adopt(double[][] earlier, int[] earlierAssignment) {
    System.arraycopy(earlier, 0, fields, 0, fields.length);
    System.arraycopy(earlierAssignment, 0, assignment, 0, assignment.length);
    for (int field = 0; field < fields.length; field++) {
      coverage[field] = FieldSums.of(trajectories, grid, members(field), workers).coverage();
    }
    errors = FieldErrors.table(trajectories, grid, all, fields, workers);
    energies.add(energy());
  }

  /// Fits the fields whose trajectories changed, and measures all errors to them.
  ///
  /// @return false if the energy is no longer falling; the earlier fields are then kept
  private boolean fit(boolean[] changed) {
    double[][] before = fields.clone();
    double[][] coverageBefore = coverage.clone();
    int together = grid.side() <= MOST_SHARED ? 1 : fields.length; // larger factors one by one
    workers.forEachChunk(
        fields.length,
        together,
        (_, from, to) -> {
          for (int field = from; field < to; field++) {
            if (changed[field]) {
              fitOne(field);
            }
          }
        });
    errors = FieldErrors.table(trajectories, grid, all, fields, workers);
    double energy = energy();
    boolean falls = energies.isEmpty() || energy <= energies.getLast();
    if (falls) {
      energies.add(energy);
    } else {
      System.arraycopy(before, 0, fields, 0, fields.length);
      System.arraycopy(coverageBefore, 0, coverage, 0, fields.length);
      errors = FieldErrors.table(trajectories, grid, all, fields, workers);
    }
    return falls;
  }

  private void fitOne(int field) {
    int[] members = members(field);
    FieldSums sums = FieldSums.of(trajectories, grid, members, workers);
    fields[field] =
        members.length == 0 ? new double[grid.vertices() * 2] : solver.solve(sums, workers);
    coverage[field] = sums.coverage();
  }

  private int[] members(int field) {
    return IntStream.range(0, assignment.length).filter(at -> assignment[at] == field).toArray();
  }

  private boolean reassign(boolean[] changed) {
    boolean moved = false;
    for (int trajectory = 0; trajectory < assignment.length; trajectory++) {
      int best = assignment[trajectory];
      double limit = errors[trajectory][best] - NOISE * squaredSpeed[trajectory];
      for (int field = 0; field < fields.length; field++) {
        if (errors[trajectory][field] < limit) {
          limit = errors[trajectory][field];
          best = field;
        }
      }
      if (best != assignment[trajectory]) {
        move(trajectory, best, changed);
        moved = true;
      }
    }
    return moved;
  }

  /// Gives every field without trajectories the one that gains most from a field of its own, were
  /// that only its mean velocity.
  private boolean fillEmpty(boolean[] changed) {
    int[] sizes = sizes();
    boolean filled = false;
    for (int field = 0; field < fields.length; field++) {
      if (sizes[field] > 0) {
        continue;
      }
      int best = -1;
      double most = 0;
      for (int trajectory = 0; trajectory < assignment.length; trajectory++) {
        double gain =
            errors[trajectory][assignment[trajectory]]
                - unsteadiness(trajectory)
                - NOISE * squaredSpeed[trajectory];
        if (sizes[assignment[trajectory]] > 1 && gain > most) {
          most = gain;
          best = trajectory;
        }
      }
      if (best >= 0) {
        sizes[assignment[best]]--;
        sizes[field]++;
        move(best, field, changed);
        fields[field] = meanVelocity(best);
        filled = true;
      }
    }
    return filled;
  }

  private void move(int trajectory, int field, boolean[] changed) {
    changed[assignment[trajectory]] = true;
    changed[field] = true;
    assignment[trajectory] = field;
  }

  /// The integral of the squared difference between a trajectory's velocity and its mean velocity.
  private double unsteadiness(int trajectory) {
    int first = trajectories.first(trajectory);
    int last = trajectories.last(trajectory);
    double across = trajectories.x(last) - trajectories.x(first);
    double up = trajectories.y(last) - trajectories.y(first);
    double mean = (across * across + up * up) / trajectories.duration(trajectory);
    return Math.max(0, squaredSpeed[trajectory] - mean);
  }

  private double[] meanVelocity(int trajectory) {
    int first = trajectories.first(trajectory);
    int last = trajectories.last(trajectory);
    double duration = trajectories.duration(trajectory);
    double[] field = new double[grid.vertices() * 2];
    for (int vertex = 0; vertex < grid.vertices(); vertex++) {
      field[vertex * 2] = (trajectories.x(last) - trajectories.x(first)) / duration;
      field[vertex * 2 + 1] = (trajectories.y(last) - trajectories.y(first)) / duration;
    }
    return field;
  }

  private int[] sizes() {
    int[] sizes = new int[fields.length];
    for (int field : assignment) {
      sizes[field]++;
    }
    return sizes;
  }

  /// {@return the energy of the fields as they are}
  double energy() {
    double integral = 0;
    for (int trajectory = 0; trajectory < assignment.length; trajectory++) {
      integral += errors[trajectory][assignment[trajectory]];
    }
    double energy = smoothnessEnergy() + solver.fitEnergy(integral);
    if (!Double.isFinite(energy)) {
      throw new IllegalArgumentException(
          "the velocities of the trajectories are too large for their squares to be added; scale"
              + " the positions down or the times up");
    }
    return energy;
  }

  /// {@return the part of the energy that the fields' roughness makes}
  double smoothnessEnergy() {
    double energy = 0;
    for (double[] field : fields) {
      energy += solver.smoothnessEnergy(field);
    }
    return energy;
  }

  /// {@return the fields, [field][vertex * 2 + dim]}
  double[][] fields() {
    return fields;
  }

  /// {@return time around the vertices, [field][vertex]}
  double[][] coverage() {
    return coverage;
  }

  /// {@return the field of each trajectory}
  int[] assignment() {
    return assignment;
  }

  /// {@return the integral of each trajectory's squared error to its own field}
  double[] ownErrors() {
    double[] own = new double[assignment.length];
    Arrays.setAll(own, trajectory -> errors[trajectory][assignment[trajectory]]);
    return own;
  }

  /// {@return the energy after each fit}
  List<Double> energies() {
    return energies;
  }
}
