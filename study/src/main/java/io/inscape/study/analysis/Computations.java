package io.inscape.study.analysis;

import io.inscape.matrix.Matrix;
import io.inscape.matrix.Workers;
import io.inscape.study.Study;
import io.inscape.study.sequence.Steps;
import java.util.Optional;

/// Computes analyses of every kind from what a study has.
final class Computations {
  private final Study study;

  Computations(Study study) {
    this.study = study;
  }

  /// The digest of everything that determines what an analysis looks at.
  String inputs(Analysis analysis) {
    return switch (analysis) {
      case ProjectionAnalysis projection -> study.inputsDigest(projection.source());
      case SequenceAnalysis sequence -> Steps.inputsDigest(study, sequence.source());
    };
  }

  Finished compute(Analysis analysis, Workers workers, Stages stages) {
    return switch (analysis) {
      case ProjectionAnalysis projection -> {
        stages.begin("activations");
        Matrix data = study.vectors(projection.source(), workers, stages);
        yield ProjectionComputation.compute(projection, data, labels(), workers, stages);
      }
      case SequenceAnalysis sequence ->
          new SequenceComputation(study, sequence, workers, stages).compute(labels());
    };
  }

  private Optional<int[]> labels() {
    return study.labelled() ? Optional.of(study.labels()) : Optional.empty();
  }
}
