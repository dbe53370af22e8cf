package io.inscape.projection;

import java.util.Map;
import java.util.OptionalDouble;

/// The run of a method that does not iterate: done once started.
///
/// @param layout what it made
/// @param details what it chose on its way
record ImmediateRun(Layout layout, Map<String, Object> details) implements ProjectionRun {
  ImmediateRun {
    details = Map.copyOf(details);
  }

  @Override
  public boolean done() {
    return true;
  }

  @Override
  public int iteration() {
    return 0;
  }

  @Override
  public int iterations() {
    return 0;
  }

  @Override
  public void step(int iterations) {}

  @Override
  public OptionalDouble energy() {
    return OptionalDouble.empty();
  }
}
