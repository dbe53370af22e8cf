package io.inscape.web.bring;

import io.inscape.study.run.RunInfo;
import org.jspecify.annotations.Nullable;

/// Understands networks and data that were made elsewhere, and takes them into a study. Used by
/// several threads.
public interface Importer {
  /// Says what there is, and what is wrong with it.
  ///
  /// @param order what to look at
  /// @return the understanding, to be written as JSON
  /// @throws io.inscape.dataset.InputException if a file is damaged so far that nothing can be said
  Object look(ImportOrder order);

  /// The exact input of the first observations.
  ///
  /// @param order what to look at
  /// @return up to 12 of them
  /// @throws io.inscape.dataset.InputException if they cannot be made
  Examples examples(ImportOrder order);

  /// The graph of the network.
  ///
  /// @param order what to look at
  /// @return its operations with the shapes of what they give, to be written as JSON
  /// @throws io.inscape.dataset.InputException if it cannot be read
  /// @throws IllegalArgumentException if the order has no network
  Object graph(ImportOrder order);

  /// Checks what can be checked at once, before an import begins.
  ///
  /// @param order what to import
  /// @return the work, not begun
  /// @throws io.inscape.study.file.StudyException if another one writes the run
  /// @throws IllegalArgumentException if the order cannot be carried out
  Work prepare(ImportOrder order);

  /// An import.
  @FunctionalInterface
  interface Work {
    /// Imports on the calling thread. An interrupt ends it; a study that it made itself is then
    /// taken back, and so it is when it fails.
    ///
    /// @param order as it was prepared, with data that may lie elsewhere by now
    /// @param listener hears how far it is
    /// @return the run, or the first of several, complete
    /// @throws java.util.concurrent.CancellationException if the thread was interrupted
    RunInfo run(ImportOrder order, Listener listener);
  }

  /// Hears how far an import is.
  @FunctionalInterface
  interface Listener {
    /// Something moved.
    ///
    /// @param step how far it is
    void report(Step step);
  }

  /// How far an import is.
  ///
  /// @param stage what is being done, in a word or two
  /// @param fraction how much of all is done, in [0, 1]
  /// @param epoch which epoch of the run, null where it is about none
  /// @param message a few words for a person
  record Step(String stage, double fraction, @Nullable Integer epoch, String message) {}

  /// The exact input of some observations.
  ///
  /// @param values row by row; not modified
  /// @param shape [example, channel, row, col] or [example, column]
  @SuppressWarnings("ArrayRecordComponent") // goes straight to the page
  record Examples(float[] values, int[] shape) {}
}
