package io.inscape.evolution;

import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.CancellationException;

/// The layouts of a sequence under way: step them, look at them, step on.
///
/// To be used by one thread at a time.
public interface AlignmentRun {
  /// {@return whether all iterations are done}
  boolean done();

  /// {@return how many iterations are done}
  int iteration();

  /// {@return how many iterations there are in all; fewer than before once the layouts stopped
  /// moving early}
  int iterations();

  /// Goes on by some iterations, or to the end if fewer are left.
  ///
  /// @param iterations how many, at least 0
  /// @throws CancellationException if the calling thread is interrupted; the iterations completed
  ///   so far count, and the run can still be looked at and stepped on
  void step(int iterations);

  /// The layouts of all observations after the iterations done so far. Cheap: nothing is computed.
  ///
  /// @return the layouts
  LayoutSequence layouts();

  /// What the method minimises, at the present layouts.
  ///
  /// @return the energy; empty for a method that minimises nothing over all steps
  /// @throws CancellationException if the calling thread is interrupted
  OptionalDouble energy();

  /// {@return what the next iteration does, for progress: `layout`, or `extension` when it places
  /// observations that took no part in the layout}
  default String stage() {
    return "layout";
  }

  /// What the method chose or found on its way, for reports.
  ///
  /// @return camelCase names to strings, numbers or booleans; empty if there is nothing to say
  default Map<String, Object> details() {
    return Map.of();
  }
}
