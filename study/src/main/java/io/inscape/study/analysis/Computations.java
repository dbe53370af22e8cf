package io.inscape.study.analysis;

import io.inscape.matrix.Matrix;
import io.inscape.matrix.Workers;
import io.inscape.study.ActivationSource;
import io.inscape.study.Study;
import io.inscape.study.probe.LayerProbes;
import io.inscape.study.probe.ProbeReport;
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
      case ProbeAnalysis(var target, _) -> // all layers of a snapshot have the same digest
          study.inputsDigest(
              new ActivationSource.Layer(target.run(), target.epoch(), ActivationSource.INPUT));
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
      case ProbeAnalysis probe -> probe(probe, workers, stages);
    };
  }

  private TrailComputation trails(String sequence, Workers workers, Stages stages) {
    stages.begin("sequence");
    return new TrailComputation(results.layouts(sequence), workers, stages);
  }

  private Finished probe(ProbeAnalysis analysis, Workers workers, Stages stages) {
    stages.begin("training images");
    ProbeReport report =
        LayerProbes.probe(study, analysis.target(), analysis.params(), workers, stages);
    stages.end();
    return new Finished(
        Finished.Course.straight(Map.of(), stages.seconds()), null, report.toMap(), Map.of());
  }

  private Optional<int[]> labels() {
    return study.labelled() ? Optional.of(study.labels()) : Optional.empty();
  }
}
