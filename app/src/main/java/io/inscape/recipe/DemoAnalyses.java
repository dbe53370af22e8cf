package io.inscape.recipe;

import io.inscape.evolution.field.FieldParams;
import io.inscape.evolution.params.VffParams;
import io.inscape.evolution.trails.BundleParams;
import io.inscape.neuron.NeuronMap;
import io.inscape.study.analysis.Analysis;
import io.inscape.study.analysis.AnalysisResult;
import io.inscape.study.analysis.BundleAnalysis;
import io.inscape.study.analysis.FieldAnalysis;
import io.inscape.study.analysis.Job;
import io.inscape.study.analysis.JobInfo;
import io.inscape.study.analysis.JobQueue;
import io.inscape.study.analysis.Results;
import io.inscape.study.analysis.SequenceAnalysis;
import io.inscape.study.finding.FindingParams;
import io.inscape.study.finding.FindingsAnalysis;
import io.inscape.study.run.RunInfo;
import io.inscape.study.sequence.SequenceSource;
import io.inscape.study.unit.ScoreAnalysis;
import io.inscape.study.unit.ScoreParams;
import io.inscape.study.unit.UnitMapAnalysis;
import io.inscape.study.unit.UnitSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// What the demo makes besides projections, so that the page's other views open on something: the
/// last hidden layer over the epochs, aligned, with its trails bundled and its field, the layers of
/// the trained network, aligned, the neurons of its last hidden layer with their scores, and what
/// may be said about it in words; all with the options that the page begins with.
///
/// @param results of the study
/// @param queue computes them
record DemoAnalyses(Results results, JobQueue queue) {
  /// Computes it all, or finds it.
  ///
  /// @param run the trained network
  /// @return one line on the sequence over the epochs; empty where the person cancelled it, or one
  ///   epoch alone is kept
  /// @throws InterruptedException when it was interrupted
  Optional<String> make(RunInfo run) throws InterruptedException {
    String last = Projector.hiddenLayers(run).getLast();
    Optional<AnalysisResult> epochs =
        run.snapshots().size() < 2
            ? Optional.empty() // nothing to follow
            : result(
                SequenceAnalysis.of(
                    new SequenceSource.ByEpoch(run.name(), last, List.of()), VffParams.defaults()));
    if (epochs.isPresent()) {
      String digest = epochs.get().digest();
      result(BundleAnalysis.of(digest, BundleParams.defaults()));
      result(FieldAnalysis.of(digest, FieldParams.defaults()));
    }
    int trained = run.snapshots().getLast();
    result(
        SequenceAnalysis.of(
            new SequenceSource.ByLayer(run.name(), trained, List.of()), VffParams.defaults()));
    UnitSource units = new UnitSource(run.name(), trained, last, Optional.empty());
    result(UnitMapAnalysis.of(units, NeuronMap.METHODS.getFirst(), Map.of()));
    result(new ScoreAnalysis(units, ScoreParams.defaults()));
    result(new FindingsAnalysis(run.name(), trained, FindingParams.defaults()));
    return epochs.map(result -> line(last + " of " + run.name(), result));
  }

  /// A result; empty where the person cancelled its job on the page.
  private Optional<AnalysisResult> result(Analysis analysis) throws InterruptedException {
    Job job = queue.submit(analysis);
    JobInfo info = job.await();
    return switch (info.state()) {
      case DONE -> Optional.of(results.get(info.digest()));
      case FAILED ->
          throw new IllegalStateException(
              "the " + info.kind() + " of the demo failed: " + info.error());
      case QUEUED, RUNNING, PAUSED, CANCELLED -> Optional.empty();
    };
  }

  private static String line(String what, AnalysisResult result) {
    StringBuilder hits = new StringBuilder();
    if (result.report().get("quality") instanceof Map<?, ?> quality
        && quality.get("steps") instanceof List<?> steps) {
      for (Object step : List.of(steps.getFirst(), steps.getLast())) {
        if (step instanceof Map<?, ?> judged
            && judged.get("alignedNeighborhoodHit") instanceof Number aligned
            && judged.get("unalignedNeighborhoodHit") instanceof Number unaligned) {
          hits.append(hits.isEmpty() ? ": NH " : ", ");
          hits.append(
              String.format(
                  Locale.ROOT,
                  "%.1f %% (unaligned %.1f %%) at %s",
                  100 * aligned.doubleValue(),
                  100 * unaligned.doubleValue(),
                  judged.get("name")));
        }
      }
    }
    return what + " aligned over the epochs" + hits + "; the page has its trails under Evolution";
  }
}
