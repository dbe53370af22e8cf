package io.inscape.study.ablation;

import io.inscape.evolution.AlignmentRun;
import io.inscape.evolution.Alignments;
import io.inscape.evolution.LayoutSequence;
import io.inscape.evolution.Sequence;
import io.inscape.evolution.params.StepScale;
import io.inscape.evolution.params.VffParams;
import io.inscape.matrix.Matrix;
import io.inscape.matrix.Progress;
import io.inscape.matrix.Workers;
import io.inscape.study.analysis.Column;
import java.util.List;
import java.util.Optional;

/// Where the last hidden layer puts the observations before and after, in two aligned layouts.
///
/// Visual Feature Fusion with its defaults, but one scale for both: activations that shrink because
/// units are off are seen to shrink.
final class AblationLayout {
  private AblationLayout() {}

  /// `[2, observation, 2]`; empty for a sample of one.
  static Optional<Column> of(Matrix before, Matrix after, Workers workers, Progress progress) {
    if (before.rows() < 2) {
      return Optional.empty();
    }
    progress.report("layout", 0);
    Sequence steps = Sequence.of(List.of(before, after), List.of("before", "after"));
    AlignmentRun run =
        Alignments.start(
            steps, VffParams.defaults().withScale(StepScale.COMMON), workers, Progress.none());
    while (!run.done()) {
      run.step(1);
      progress.report("layout", (double) run.iteration() / run.iterations());
    }
    LayoutSequence layouts = run.layouts();
    return Optional.of(
        Column.float32(layouts.toArray(), layouts.steps(), layouts.observations(), 2));
  }
}
