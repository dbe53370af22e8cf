package io.inscape.sequences;

import io.inscape.evolution.AlignmentRun;
import io.inscape.evolution.Alignments;
import io.inscape.evolution.LayoutSequence;
import io.inscape.evolution.Sequence;
import io.inscape.evolution.params.AlignmentParams;
import io.inscape.matrix.Progress;
import io.inscape.matrix.Workers;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.CancellationException;

/// The layouts of a sequence as far as they came.
///
/// @param layouts the positions
/// @param iteration how many iterations were done
/// @param iterations how many there should have been
/// @param energy what the method minimises, at the layouts; empty if it minimises nothing over all
///   steps
/// @param details what the method chose or found on its way
/// @param stopped whether an interrupt ended it early
public record FileAlignment(
    LayoutSequence layouts,
    int iteration,
    int iterations,
    OptionalDouble energy,
    Map<String, Object> details,
    boolean stopped) {
  /// Copies the details.
  public FileAlignment {
    details = Collections.unmodifiableMap(new LinkedHashMap<>(details));
  }

  /// Aligns to the end, or until the calling thread is interrupted; its interrupt flag is clear
  /// afterwards, so that files can be written.
  ///
  /// @param data the steps
  /// @param params method and options
  /// @param workers do the arithmetic
  /// @param progress hears of every stage and iteration
  /// @return the layouts reached
  /// @throws IllegalArgumentException if the data do not fit the options or the memory
  /// @throws CancellationException if the thread is interrupted before there are layouts
  public static FileAlignment run(
      Sequence data, AlignmentParams params, Workers workers, Progress progress) {
    AlignmentRun run = Alignments.start(data, params, workers, progress);
    boolean stopped = false;
    try {
      while (!run.done()) {
        String stage = run.stage();
        run.step(1);
        progress.report(stage, (double) run.iteration() / Math.max(1, run.iterations()));
      }
    } catch (CancellationException e) {
      stopped = Thread.interrupted();
      if (!stopped) {
        throw e; // somebody else's
      }
    }
    return new FileAlignment(
        run.layouts(), run.iteration(), run.iterations(), run.energy(), run.details(), stopped);
  }
}
