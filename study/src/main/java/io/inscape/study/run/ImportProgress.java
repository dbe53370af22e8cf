package io.inscape.study.run;

import io.inscape.matrix.Progress;

/// Hears how far an import is. Called on the thread that imports, between steps; what it throws
/// ends the import.
@FunctionalInterface
public interface ImportProgress {
  /// Something moved.
  ///
  /// @param step how far it is
  void report(Step step);

  /// {@return a listener that does nothing}
  static ImportProgress none() {
    return _ -> {};
  }

  /// {@return a listener that passes on what is being done and how much of it is}
  ///
  /// @param progress hears it
  static ImportProgress of(Progress progress) {
    return step -> progress.report(step.stage(), step.fraction());
  }

  /// How far an import is.
  ///
  /// @param run the run that is taken in
  /// @param epoch of the run
  /// @param number which of the run's epochs this is, from 1
  /// @param count how many epochs of the run are taken in
  /// @param stage what is being done, in a word or two, such as `test images`
  /// @param fraction how much of all is done, in [0, 1]
  record Step(String run, int epoch, int number, int count, String stage, double fraction) {
    /// The same as one part of several.
    ///
    /// @param part which, from 0
    /// @param parts how many
    /// @return the step with the fraction of all parts
    public Step within(int part, int parts) {
      return new Step(run, epoch, number, count, stage, (part + fraction) / parts);
    }
  }
}
