package io.inscape.evolution;

import io.inscape.matrix.Matrix;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/// The same observations at several steps: epochs of one layer, layers of one network, several
/// runs.
///
/// Row r is the same observation at every step; widths may differ.
public final class Sequence {
  private final List<Matrix> steps;
  private final List<String> names;
  private final boolean named;
  private final boolean[] constant;

  private Sequence(List<Matrix> steps, List<String> names, boolean named) {
    this.steps = List.copyOf(steps);
    this.names = List.copyOf(names);
    this.named = named;
    requireSteps();
    constant = new boolean[steps.size()];
    for (int t = 0; t < constant.length; t++) {
      constant[t] = allRowsEqual(steps.get(t));
    }
  }

  /// A sequence whose steps are called `step 0`, `step 1`, and so on.
  ///
  /// @param steps at least two, each with a row per observation and at least one column
  /// @return the sequence
  /// @throws IllegalArgumentException if there are fewer than 2 steps or 2 observations, a step has
  ///   no column, or the numbers of rows differ
  public static Sequence of(List<Matrix> steps) {
    List<String> names = new ArrayList<>();
    for (int t = 0; t < steps.size(); t++) {
      names.add("step " + t);
    }
    return new Sequence(steps, names, false);
  }

  /// A sequence whose steps have names.
  ///
  /// @param steps at least two, each with a row per observation and at least one column
  /// @param names one per step, such as `epoch 10`, all different
  /// @return the sequence
  /// @throws IllegalArgumentException if there are fewer than 2 steps or 2 observations, a step has
  ///   no column, the numbers of rows differ, or the names are not one per step and different
  public static Sequence of(List<Matrix> steps, List<String> names) {
    if (names.size() != steps.size()) {
      throw new IllegalArgumentException(
          "a sequence needs one name per step, " + steps.size() + ", got " + names.size());
    }
    if (new HashSet<>(names).size() < names.size()) {
      throw new IllegalArgumentException(
          "the names of a sequence's steps must differ, got " + String.join(", ", names));
    }
    return new Sequence(steps, names, true);
  }

  private void requireSteps() {
    if (steps.size() < 2) {
      throw new IllegalArgumentException(
          "a sequence needs at least 2 steps, got "
              + steps.size()
              + "; a single step can be projected on its own");
    }
    int rows = steps.getFirst().rows();
    for (int t = 0; t < steps.size(); t++) {
      if (steps.get(t).rows() != rows) {
        throw new IllegalArgumentException(
            "every step needs the same observations, but "
                + label(0)
                + " has "
                + rows
                + " rows and "
                + label(t)
                + " has "
                + steps.get(t).rows());
      }
      if (steps.get(t).cols() < 1) {
        throw new IllegalArgumentException(
            "every step needs at least 1 column, got 0 at " + label(t));
      }
    }
    if (rows < 2) {
      throw new IllegalArgumentException(
          "a sequence needs at least 2 observations, got " + rows + " rows per step");
    }
  }

  private static boolean allRowsEqual(Matrix step) {
    for (int row = 1; row < step.rows(); row++) {
      for (int col = 0; col < step.cols(); col++) {
        if (step.get(row, col) != step.get(0, col)) {
          return false;
        }
      }
    }
    return true;
  }

  /// {@return the number of steps, at least 2}
  public int steps() {
    return steps.size();
  }

  /// {@return the number of observations, at least 2}
  public int observations() {
    return steps.getFirst().rows();
  }

  /// One step.
  ///
  /// @param t in [0, steps)
  /// @return its matrix, rows = observations
  public Matrix step(int t) {
    return steps.get(t);
  }

  /// The name of a step.
  ///
  /// @param t in [0, steps)
  /// @return such as `epoch 10`, or `step 2` where none was given
  public String name(int t) {
    return names.get(t);
  }

  /// {@return the names of all steps, in order}
  public List<String> names() {
    return names;
  }

  /// A step as messages call it.
  ///
  /// @param t in [0, steps)
  /// @return such as `step 2 (epoch 10)`, or `step 2` where no name was given
  public String label(int t) {
    return named ? "step " + t + " (" + names.get(t) + ")" : names.get(t);
  }

  /// {@return whether all steps have the same number of columns}
  public boolean sameWidth() {
    return steps.stream().allMatch(step -> step.cols() == steps.getFirst().cols());
  }

  /// Whether all rows of a step are equal, as those of a layer are in which every neuron is dead.
  ///
  /// @param t in [0, steps)
  /// @return whether nothing tells its observations apart
  public boolean constant(int t) {
    return constant[t];
  }

  /// The same steps for some of the observations.
  ///
  /// @param observations row numbers, each in [0, observations), at least 2; not modified
  /// @return a sequence of these rows, in the order asked for
  public Sequence select(int[] observations) {
    return new Sequence(
        steps.stream().map(step -> step.selectRows(observations)).toList(), names, named);
  }

  @Override
  public String toString() {
    return "Sequence of " + steps() + " steps of " + observations() + " observations";
  }
}
