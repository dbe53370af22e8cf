package io.inscape.vectors;

import io.inscape.matrix.Matrix;
import io.inscape.matrix.Progress;
import io.inscape.matrix.Workers;
import io.inscape.projection.Layout;
import io.inscape.projection.ProjectionRun;
import io.inscape.projection.Projections;
import io.inscape.projection.params.ProjectionParams;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;

/// A projection as far as it came.
///
/// @param layout the positions
/// @param iteration how many iterations were done
/// @param iterations how many there should have been; 0 for a method without any
/// @param energy what the method minimises, at the layout; empty if it minimises nothing step by
///   step
/// @param details what the method chose or found on its way
/// @param stopped whether an interrupt ended it early
public record FileProjection(
    Layout layout,
    int iteration,
    int iterations,
    OptionalDouble energy,
    Map<String, Object> details,
    boolean stopped) {
  /// Copies the details.
  public FileProjection {
    details = Map.copyOf(details);
  }

  /// Projects to the end, or until the calling thread is interrupted; its interrupt flag is clear
  /// afterwards, so that files can be written.
  ///
  /// @param data rows = observations
  /// @param params method and options
  /// @param workers do the arithmetic
  /// @param progress hears of every stage and iteration
  /// @return the layout reached
  /// @throws IllegalArgumentException if the data are too few for the options
  /// @throws CancellationException if the thread is interrupted before there is a layout
  public static FileProjection run(
      Matrix data, ProjectionParams params, Workers workers, Progress progress) {
    return run(data, params, workers, progress, _ -> {});
  }

  /// The same for one who watches.
  ///
  /// @param data rows = observations
  /// @param params method and options
  /// @param workers do the arithmetic
  /// @param progress hears of every stage and iteration
  /// @param watch sees the run before the first iteration and after each
  /// @return the layout reached
  /// @throws IllegalArgumentException if the data are too few for the options
  /// @throws CancellationException if the thread is interrupted before there is a layout
  public static FileProjection run(
      Matrix data,
      ProjectionParams params,
      Workers workers,
      Progress progress,
      Consumer<ProjectionRun> watch) {
    ProjectionRun run = Projections.start(data, params, workers, progress);
    boolean stopped = false;
    try {
      watch.accept(run);
      while (!run.done()) {
        run.step(1);
        watch.accept(run);
        progress.report("layout", (double) run.iteration() / Math.max(1, run.iterations()));
      }
    } catch (CancellationException e) {
      stopped = Thread.interrupted();
      if (!stopped) {
        throw e; // somebody else's
      }
    }
    return new FileProjection(
        run.layout(), run.iteration(), run.iterations(), run.energy(), run.details(), stopped);
  }
}
