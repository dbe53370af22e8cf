package io.inscape.study.analysis;

import io.inscape.evolution.AlignmentRun;
import io.inscape.evolution.LayoutSequence;
import io.inscape.projection.Layout;
import io.inscape.projection.ProjectionRun;
import java.util.Map;
import java.util.OptionalDouble;

/// What can be computed step by step and looked at in between, whatever it is that moves.
interface SteppedRun {
  boolean done();

  int iteration();

  /// 0 for what is done once started.
  int iterations();

  void step(int count);

  /// What the next step does.
  default String stage() {
    return Stages.ITERATING;
  }

  OptionalDouble energy();

  Map<String, Object> details();

  /// Where everything is now.
  Column positions();

  /// How much of it is done, in [0, 1].
  default double share() {
    return iterations() == 0 ? 1 : (double) iteration() / iterations();
  }

  /// One layout that moves.
  ///
  /// @param run computes it
  record Projecting(ProjectionRun run) implements SteppedRun {
    @Override
    public boolean done() {
      return run.done();
    }

    @Override
    public int iteration() {
      return run.iteration();
    }

    @Override
    public int iterations() {
      return run.iterations();
    }

    @Override
    public void step(int count) {
      run.step(count);
    }

    @Override
    public OptionalDouble energy() {
      return run.energy();
    }

    @Override
    public Map<String, Object> details() {
      return run.details();
    }

    @Override
    public Column positions() {
      return column(run.layout());
    }

    static Column column(Layout layout) {
      return Column.float32(layout.toArray(), layout.observations(), layout.dimensions());
    }
  }

  /// The layouts of all steps of a sequence.
  ///
  /// @param run computes them
  record Aligning(AlignmentRun run) implements SteppedRun {
    @Override
    public boolean done() {
      return run.done();
    }

    @Override
    public int iteration() {
      return run.iteration();
    }

    @Override
    public int iterations() {
      return run.iterations();
    }

    @Override
    public void step(int count) {
      run.step(count);
    }

    @Override
    public String stage() {
      return run.stage();
    }

    @Override
    public OptionalDouble energy() {
      return run.energy();
    }

    @Override
    public Map<String, Object> details() {
      return run.details();
    }

    @Override
    public Column positions() {
      return column(run.layouts());
    }

    static Column column(LayoutSequence layouts) {
      return Column.float32(
          layouts.toArray(), layouts.steps(), layouts.observations(), layouts.dimensions());
    }
  }
}
