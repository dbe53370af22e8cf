package io.inscape.study.analysis;

import io.inscape.evolution.AlignmentRun;
import io.inscape.evolution.Alignments;
import io.inscape.evolution.LayoutSequence;
import io.inscape.evolution.Sequence;
import io.inscape.evolution.params.AlignmentParams;
import io.inscape.evolution.quality.SequenceQuality;
import io.inscape.evolution.trails.TrailMeasures;
import io.inscape.matrix.Workers;
import io.inscape.quality.NeighborhoodHit;
import io.inscape.study.Study;
import io.inscape.study.file.Digests;
import io.inscape.study.sequence.SequenceSource;
import io.inscape.study.sequence.Steps;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Aligns a sequence, lays it out without alignment too, and judges both.
final class SequenceComputation {
  private final Study study;
  private final SequenceAnalysis analysis;
  private final Workers workers;
  private final Stages stages;

  SequenceComputation(Study study, SequenceAnalysis analysis, Workers workers, Stages stages) {
    this.study = study;
    this.analysis = analysis;
    this.workers = workers;
    this.stages = stages;
  }

  Finished compute(Optional<int[]> labels) {
    stages.begin("activations");
    Sequence sequence = Steps.read(study, analysis.source(), workers, stages);
    stages.enter("start");
    AlignmentRun run = Alignments.start(sequence, analysis.params(), workers, stages);
    SteppedRun stepped = new SteppedRun.Aligning(run);
    stages.iterate(stepped);
    stages.end();
    LayoutSequence aligned = run.layouts();
    LayoutSequence unaligned = unaligned(sequence, aligned);
    stages.enter("quality");
    SequenceQuality quality =
        SequenceQuality.of(sequence, aligned, unaligned, labels, analysis.k(), workers, stages);
    Map<String, Column> columns = columns(aligned, unaligned);
    labels.ifPresent(
        classes -> columns.put("neighborhoodHit", hits(aligned, classes, quality.k())));
    Map<String, Object> report = report(quality);
    stages.end();
    return new Finished(Finished.Course.of(stepped, stages), null, report, columns);
  }

  /// The same without alignment, to see by how much alignment changed the picture.
  private LayoutSequence unaligned(Sequence sequence, LayoutSequence aligned) {
    AlignmentParams params = Alignments.unaligned(analysis.params());
    if (params.equals(analysis.params())) {
      return aligned;
    }
    stages.begin("unaligned");
    AlignmentRun run =
        Alignments.start(sequence, params, workers, (_, part) -> stages.report("unaligned", part));
    stages.iterateAside("unaligned", new SteppedRun.Aligning(run));
    return run.layouts();
  }

  private Map<String, Column> columns(LayoutSequence aligned, LayoutSequence unaligned) {
    Map<String, Column> columns = new LinkedHashMap<>();
    columns.put(ResultFiles.LAYOUTS, SteppedRun.Aligning.column(aligned));
    columns.put("unaligned", SteppedRun.Aligning.column(unaligned));
    TrailMeasures measures = TrailMeasures.of(aligned);
    int observations = aligned.observations();
    columns.put("length", Column.float32(measures.length(), observations));
    columns.put(
        "stepLength", Column.float32(measures.stepLength(), measures.transitions(), observations));
    return columns;
  }

  private Column hits(LayoutSequence aligned, int[] labels, int k) {
    int observations = aligned.observations();
    float[] hits = new float[aligned.steps() * observations]; // [step * observations + i]
    for (int t = 0; t < aligned.steps(); t++) {
      NeighborhoodHit hit = NeighborhoodHit.of(aligned.step(t).positions(), labels, k, workers);
      System.arraycopy(hit.perObservation(), 0, hits, t * observations, observations);
    }
    return Column.float32(hits, aligned.steps(), observations);
  }

  private Map<String, Object> report(SequenceQuality quality) {
    Map<String, Object> report = new LinkedHashMap<>();
    List<String> names = analysis.source().steps().stream().map(SequenceSource.Step::name).toList();
    report.put("names", names);
    report.put("observations", Digests.of(study.sample()));
    report.put("quality", quality.toMap());
    return report;
  }
}
