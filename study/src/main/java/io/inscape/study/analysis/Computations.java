package io.inscape.study.analysis;

import io.inscape.matrix.Matrix;
import io.inscape.matrix.Workers;
import io.inscape.study.Study;
import io.inscape.study.sequence.Steps;
import java.util.Map;
import java.util.Optional;

/// Computes analyses of every kind from what a study has.
final class Computations {
  private final Study study;
  private final Results results;

  Computations(Study study, Results results) {
    this.study = study;
    this.results = results;
  }

  /// The digest of everything that determines what an analysis looks at.
  String inputs(Analysis analysis) {
    return switch (analysis) {
      case ProjectionAnalysis projection -> study.inputsDigest(projection.source());
      case SequenceAnalysis sequence -> Steps.inputsDigest(study, sequence.source());
      case BundleAnalysis bundle -> bundle.of();
      case FieldAnalysis field -> field.of();
      case ComputedAnalysis computed -> computed.inputs(results);
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
      case BundleAnalysis bundle -> trails(bundle.of(), workers, stages).bundle(bundle, labels());
      case FieldAnalysis field -> trails(field.of(), workers, stages).field(field);
      case ComputedAnalysis computed -> computed(computed, workers, stages);
    };
  }

  private TrailComputation trails(String sequence, Workers workers, Stages stages) {
    stages.begin("sequence");
    return new TrailComputation(results.layouts(sequence), workers, stages);
  }

  private Finished computed(ComputedAnalysis analysis, Workers workers, Stages stages) {
    ComputedAnalysis.Outcome outcome = analysis.compute(results, workers, stages);
    stages.end();
    return new Finished(
        Finished.Course.straight(Map.of(), stages.seconds()),
        null,
        outcome.report(),
        outcome.columns());
  }

  private Optional<int[]> labels() {
    return study.labelled() ? Optional.of(study.labels()) : Optional.empty();
  }
}
