package io.inscape.evolution.field;

import io.inscape.matrix.Progress;
import io.inscape.matrix.Rng;
import io.inscape.matrix.Workers;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/// Trajectories that several tests share.
final class Flows {
  private final List<double[]> tracks = new ArrayList<>(); // x, y, time, x, y, time, ...

  /// A velocity at a place.
  @FunctionalInterface
  interface Velocity {
    double[] at(double x, double y);
  }

  static final Box UNIT = new Box(0, 0, 1, 1);

  /// The four trajectories of the published worked example.
  static Trajectories example() {
    return new Flows()
        .track(.1, .2, 0, .1, .5, 1)
        .track(.05, .6, 0, .45, .65, .25, .75, .55, .5, .95, .6, 1)
        .track(.2, .1, 0, .15, .5, .5, .25, .95, 1)
        .track(.4, .8, 0, .5, .85, .5, .75, .825, 1)
        .made();
  }

  Flows track(double... points) {
    tracks.add(points);
    return this;
  }

  /// Adds trajectories that start uniformly at random in a box and follow a velocity in `steps`
  /// steps of constant time, by the midpoint rule.
  Flows follow(Velocity velocity, Box starts, int count, int steps, double time, long seed) {
    RandomGenerator random = Rng.of(seed, "starts");
    for (int i = 0; i < count; i++) {
      double[] points = new double[3 * (steps + 1)];
      double x = starts.left() + random.nextDouble() * starts.width();
      double y = starts.bottom() + random.nextDouble() * starts.height();
      for (int step = 0; step <= steps; step++) {
        points[3 * step] = x;
        points[3 * step + 1] = y;
        points[3 * step + 2] = step * time;
        double[] half = velocity.at(x, y);
        double[] full = velocity.at(x + half[0] * time / 2, y + half[1] * time / 2);
        x += full[0] * time;
        y += full[1] * time;
      }
      tracks.add(points);
    }
    return this;
  }

  /// Adds trajectories whose points are uniformly random in the unit square, at random times.
  Flows wander(int count, int points, long seed) {
    RandomGenerator random = Rng.of(seed, "wander");
    for (int i = 0; i < count; i++) {
      double[] track = new double[3 * points];
      double time = random.nextDouble();
      for (int point = 0; point < points; point++) {
        track[3 * point] = random.nextDouble();
        track[3 * point + 1] = random.nextDouble();
        track[3 * point + 2] = time;
        time += .1 + random.nextDouble();
      }
      tracks.add(track);
    }
    return this;
  }

  Trajectories made() {
    int points = tracks.stream().mapToInt(track -> track.length / 3).sum();
    int[] starts = new int[tracks.size()];
    double[] x = new double[points];
    double[] y = new double[points];
    double[] time = new double[points];
    int at = 0;
    for (int track = 0; track < starts.length; track++) {
      starts[track] = at;
      double[] own = tracks.get(track);
      for (int point = 0; point < own.length; point += 3) {
        x[at] = own[point];
        y[at] = own[point + 1];
        time[at++] = own[point + 2];
      }
    }
    return Trajectories.of(starts, x, y, time);
  }

  static VectorFields fit(Trajectories trajectories, FieldParams params) {
    return fit(trajectories, Box.around(trajectories), params);
  }

  static VectorFields fit(Trajectories trajectories, Box box, FieldParams params) {
    try (Workers workers = Workers.of(2)) {
      return VectorFields.fit(trajectories, box, params, workers, Progress.none());
    }
  }
}
