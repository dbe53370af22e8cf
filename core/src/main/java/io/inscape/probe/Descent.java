package io.inscape.probe;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/// Minimises a smooth convex function by L-BFGS: directions from the last ten changes of the
/// gradient, steps halved until the value falls enough.
final class Descent {
  private static final int MEMORY = 10;
  private static final double ENOUGH = 1e-4; // of the fall that the slope promises
  private static final int MOST_HALVINGS = 30;

  private final Objective objective;
  private final double[] point;
  private final double[] gradient;
  private final Deque<Change> changes = new ArrayDeque<>(); // the latest first
  private double value;
  private boolean stuck;

  /// A step that was taken: how the point and the gradient changed.
  private static final class Change {
    final double[] step;
    final double[] turn;
    final double inverse; // one over their product

    Change(double[] step, double[] turn, double product) {
      this.step = step;
      this.turn = turn;
      inverse = 1 / product;
    }
  }

  Descent(Objective objective, int length) {
    this.objective = objective;
    point = new double[length];
    gradient = new double[length];
    value = objective.at(point, gradient);
  }

  double[] point() {
    return point;
  }

  double value() {
    return value;
  }

  /// {@return the largest partial derivative}
  double slope() {
    double largest = 0;
    for (double partial : gradient) {
      largest = Math.max(largest, Math.abs(partial));
    }
    return largest;
  }

  /// {@return whether no lower value was found along the last direction: as far as rounding goes}
  boolean stuck() {
    return stuck;
  }

  /// One step downhill.
  void iterate() {
    double[] direction = direction();
    double promised = dot(gradient, direction);
    double step = changes.isEmpty() ? Math.min(1, 1 / Math.sqrt(dot(gradient, gradient))) : 1;
    double[] next = new double[point.length];
    double[] nextGradient = new double[point.length];
    for (int halving = 0; halving < MOST_HALVINGS; halving++, step /= 2) {
      for (int at = 0; at < next.length; at++) {
        next[at] = point[at] + step * direction[at];
      }
      double nextValue = objective.at(next, nextGradient);
      if (nextValue <= value + ENOUGH * step * promised) {
        remember(next, nextGradient);
        value = nextValue;
        return;
      }
    }
    stuck = true;
  }

  private void remember(double[] next, double[] nextGradient) {
    double[] step = new double[point.length];
    double[] turn = new double[point.length];
    for (int at = 0; at < step.length; at++) {
      step[at] = next[at] - point[at];
      turn[at] = nextGradient[at] - gradient[at];
    }
    double product = dot(step, turn);
    if (product > 0) { // as it is for a convex function, but for rounding
      changes.addFirst(new Change(step, turn, product));
      if (changes.size() > MEMORY) {
        changes.removeLast();
      }
    }
    System.arraycopy(next, 0, point, 0, next.length);
    System.arraycopy(nextGradient, 0, gradient, 0, next.length);
  }

  /// The two loops of L-BFGS: the inverse of the curvature seen, times the negative gradient.
  private double[] direction() {
    double[] direction = new double[gradient.length];
    for (int at = 0; at < direction.length; at++) {
      direction[at] = -gradient[at];
    }
    if (changes.isEmpty()) {
      return direction;
    }
    double[] shares = new double[changes.size()];
    int number = 0;
    for (Change change : changes) {
      shares[number] = change.inverse * dot(change.step, direction);
      addScaled(direction, -shares[number++], change.turn);
    }
    Change latest = changes.getFirst();
    double scale = 1 / (latest.inverse * dot(latest.turn, latest.turn));
    for (int at = 0; at < direction.length; at++) {
      direction[at] *= scale;
    }
    for (Iterator<Change> oldest = changes.descendingIterator(); oldest.hasNext(); ) {
      Change change = oldest.next();
      double share = change.inverse * dot(change.turn, direction);
      addScaled(direction, shares[--number] - share, change.step);
    }
    return direction;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int at = 0; at < a.length; at++) {
      sum += a[at] * b[at];
    }
    return sum;
  }

  private static void addScaled(double[] target, double factor, double[] source) {
    for (int at = 0; at < target.length; at++) {
      target[at] += factor * source[at];
    }
  }
}
