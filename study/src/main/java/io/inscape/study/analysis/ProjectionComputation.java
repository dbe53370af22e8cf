package io.inscape.study.analysis;

import io.inscape.matrix.Matrix;
import io.inscape.matrix.Workers;
import io.inscape.projection.ProjectionRun;
import io.inscape.projection.Projections;
import io.inscape.quality.LayoutQuality;
import java.util.Optional;

/// Projects and judges.
final class ProjectionComputation {
  private ProjectionComputation() {}

  static Finished compute(
      ProjectionAnalysis analysis,
      Matrix data,
      Optional<int[]> labels,
      Workers workers,
      Stages stages) {
    stages.enter("start");
    ProjectionRun run = Projections.start(data, analysis.params(), workers, stages);
    stages.iterate(new SteppedRun.Projecting(run));
    stages.enter("quality");
    LayoutQuality judged =
        LayoutQuality.of(
            data, run.layout().positions(), labels, analysis.qualityParams(), workers, stages);
    stages.end();
    return Finished.of(
        FinishedProjection.of(run, judged, stages.energies().points(), stages.seconds()));
  }
}
