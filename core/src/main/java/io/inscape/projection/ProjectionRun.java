package io.inscape.projection;

import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.CancellationException;

/// A projection under way: step it, look at it, step on.
///
/// To be used by one thread at a time.
public interface ProjectionRun {
  /// {@return whether all iterations are done}
  boolean done();

  /// {@return how many iterations are done}
  int iteration();

  /// {@return how many iterations there are in all; 0 for a method that is done once started}
  int iterations();

  /// Goes on by some iterations, or to the end if fewer are left.
  ///
  /// @param iterations how many, at least 0
  /// @throws CancellationException if the calling thread is interrupted; the iterations completed
  ///   so far count, and the run can still be looked at and stepped on
  void step(int iterations);

  /// {@return the layout after the iterations done so far}
  Layout layout();

  /// What the method minimises, at the present layout; t-SNE's is the Kullback-Leibler divergence
  /// of its affinities.
  ///
  /// Computed on demand, at about the cost of one iteration.
  ///
  /// @return the energy; empty for a method that minimises nothing step by step
  /// @throws CancellationException if the calling thread is interrupted
  OptionalDouble energy();

  /// What the method chose or found on its way, for reports: which neighbour search, which way of
  /// summing forces, and the like.
  ///
  /// @return camelCase names to strings, numbers or booleans; empty if there is nothing to say
  default Map<String, Object> details() {
    return Map.of();
  }
}
