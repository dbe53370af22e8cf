package io.inscape.evolution.field;

import io.inscape.evolution.LayoutSequence;

/// Polylines through the plane with a time at every point.
///
/// Between two points a trajectory moves straight and at constant velocity.
public final class Trajectories {
  /// Where the numbers stop: squares and sums of such coordinates stay finite.
  static final double FARTHEST = 1e15;

  private final int[] starts; // [trajectory], and the number of points behind
  private final double[] x;
  private final double[] y;
  private final double[] time;

  private Trajectories(int[] starts, double[] x, double[] y, double[] time) {
    this.starts = starts;
    this.x = x;
    this.y = y;
    this.time = time;
  }

  /// Trajectories from their points, one trajectory behind the other.
  ///
  /// @param starts first point of each trajectory, rising from 0; a trajectory ends where the next
  ///   starts, and has at least 2 points
  /// @param x abscissa of each point, of magnitude at most 1e15
  /// @param y ordinate of each point, of magnitude at most 1e15
  /// @param time time of each point, rising within a trajectory
  /// @return the trajectories; the arrays are copied
  /// @throws IllegalArgumentException if lengths differ, there is no trajectory or one is shorter
  ///   than 2 points, a value is not finite or too large, or the time does not rise
  public static Trajectories of(int[] starts, double[] x, double[] y, double[] time) {
    if (x.length != y.length || x.length != time.length) {
      throw new IllegalArgumentException(
          "trajectories need as many x, y and times, got "
              + x.length
              + ", "
              + y.length
              + " and "
              + time.length);
    }
    if (starts.length == 0 || starts[0] != 0) {
      throw new IllegalArgumentException(
          starts.length == 0
              ? "there are no trajectories; at least 1 is needed"
              : "the first trajectory starts at point 0, got " + starts[0]);
    }
    int[] bounds = new int[starts.length + 1];
    System.arraycopy(starts, 0, bounds, 0, starts.length);
    bounds[starts.length] = x.length;
    Trajectories made = new Trajectories(bounds, x.clone(), y.clone(), time.clone());
    for (int trajectory = 0; trajectory < starts.length; trajectory++) {
      made.check(trajectory);
    }
    return made;
  }

  /// The trajectories of a sequence's observations, with the times 0, 1, ... of its steps.
  ///
  /// @param layouts at least 2 steps in the plane
  /// @return one trajectory per observation
  /// @throws IllegalArgumentException if there are other than 2 dimensions or fewer than 2 steps
  public static Trajectories of(LayoutSequence layouts) {
    if (layouts.dimensions() != 2 || layouts.steps() < 2) {
      throw new IllegalArgumentException(
          "trajectories need layouts of 2 dimensions and at least 2 steps, got "
              + layouts.dimensions()
              + " dimensions and "
              + layouts.steps()
              + " steps");
    }
    int steps = layouts.steps();
    int count = layouts.observations();
    int[] starts = new int[count];
    double[] x = new double[Math.multiplyExact(count, steps)];
    double[] y = new double[x.length];
    double[] time = new double[x.length];
    for (int i = 0; i < count; i++) {
      starts[i] = i * steps;
      for (int t = 0; t < steps; t++) {
        x[i * steps + t] = layouts.get(t, i, 0);
        y[i * steps + t] = layouts.get(t, i, 1);
        time[i * steps + t] = t;
      }
    }
    return of(starts, x, y, time);
  }

  /// Some of these trajectories: the first, and from there each that lies `apart` further.
  Trajectories every(int apart) {
    if (apart == 1) {
      return this;
    }
    int[] bounds = new int[Math.ceilDiv(count(), apart) + 1];
    for (int kept = 0; kept + 1 < bounds.length; kept++) {
      int points = starts[kept * apart + 1] - starts[kept * apart];
      bounds[kept + 1] = bounds[kept] + points;
    }
    double[][] columns = {x, y, time};
    for (int column = 0; column < 3; column++) {
      double[] some = new double[bounds[bounds.length - 1]];
      for (int kept = 0; kept + 1 < bounds.length; kept++) {
        int points = bounds[kept + 1] - bounds[kept];
        System.arraycopy(columns[column], starts[kept * apart], some, bounds[kept], points);
      }
      columns[column] = some;
    }
    return new Trajectories(bounds, columns[0], columns[1], columns[2]);
  }

  private void check(int trajectory) {
    int from = starts[trajectory];
    int to = starts[trajectory + 1];
    if (to - from < 2 || from < 0) {
      throw new IllegalArgumentException(
          "trajectory "
              + trajectory
              + " needs at least 2 points, got the points from "
              + from
              + " to before "
              + to);
    }
    for (int point = from; point < to; point++) {
      if (!(Math.abs(x[point]) <= FARTHEST && Math.abs(y[point]) <= FARTHEST)) {
        throw new IllegalArgumentException(
            "trajectory "
                + trajectory
                + " has the point "
                + (point - from)
                + " at ("
                + x[point]
                + ", "
                + y[point]
                + "); coordinates must be finite and at most 1e15");
      }
      if (!Double.isFinite(time[point]) || (point > from && !(time[point] > time[point - 1]))) {
        throw new IllegalArgumentException(
            "times must be finite and rise from point to point, but trajectory "
                + trajectory
                + " has "
                + time[point]
                + " at point "
                + (point - from)
                + (point > from ? " after " + time[point - 1] : ""));
      }
    }
  }

  /// {@return the number of trajectories, at least 1}
  public int count() {
    return starts.length - 1;
  }

  /// {@return the number of points of all trajectories}
  public int points() {
    return x.length;
  }

  /// {@return the number of straight segments of all trajectories}
  public int segments() {
    return points() - count();
  }

  /// The first point of a trajectory.
  ///
  /// @param trajectory in [0, count)
  /// @return its number among all points
  public int first(int trajectory) {
    return starts[trajectory];
  }

  /// The last point of a trajectory.
  ///
  /// @param trajectory in [0, count)
  /// @return its number among all points
  public int last(int trajectory) {
    return starts[trajectory + 1] - 1;
  }

  /// The abscissa of a point.
  ///
  /// @param point in [0, points)
  /// @return its x
  public double x(int point) {
    return x[point];
  }

  /// The ordinate of a point.
  ///
  /// @param point in [0, points)
  /// @return its y
  public double y(int point) {
    return y[point];
  }

  /// The time of a point.
  ///
  /// @param point in [0, points)
  /// @return its time
  public double time(int point) {
    return time[point];
  }

  /// How long a trajectory lasts.
  ///
  /// @param trajectory in [0, count)
  /// @return time of its last point minus that of its first, above 0
  public double duration(int trajectory) {
    return time[last(trajectory)] - time[first(trajectory)];
  }

  /// {@return the durations of all trajectories added up, above 0}
  public double totalDuration() {
    double total = 0;
    for (int trajectory = 0; trajectory < count(); trajectory++) {
      total += duration(trajectory);
    }
    return total;
  }

  /// How long the way of a trajectory is.
  ///
  /// @param trajectory in [0, count)
  /// @return the lengths of its segments added up, at least 0
  public double length(int trajectory) {
    double length = 0;
    for (int point = first(trajectory); point < last(trajectory); point++) {
      length += Math.hypot(x[point + 1] - x[point], y[point + 1] - y[point]);
    }
    return length;
  }

  /// The time integral of a trajectory's squared speed.
  double squaredSpeed(int trajectory) {
    double sum = 0;
    for (int point = first(trajectory); point < last(trajectory); point++) {
      double across = x[point + 1] - x[point];
      double up = y[point + 1] - y[point];
      sum += (across * across + up * up) / (time[point + 1] - time[point]);
    }
    return sum;
  }
}
