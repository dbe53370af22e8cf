package io.inscape.study.finding;

import io.inscape.cluster.ClusterParams;
import io.inscape.matrix.Matrix;
import io.inscape.matrix.Progress;
import io.inscape.matrix.Workers;
import io.inscape.study.Study;
import io.inscape.study.analysis.Column;
import io.inscape.study.analysis.ResultSummary;
import io.inscape.study.analysis.Results;
import io.inscape.study.cluster.ClassSplit;
import io.inscape.study.cluster.ClassSplits;
import io.inscape.study.finding.Evidence.Probed;
import io.inscape.study.probe.LayerProbeParams;
import io.inscape.study.probe.LayerProbes;
import io.inscape.study.probe.ProbeReport;
import io.inscape.study.probe.ProbeReport.LayerFigures;
import io.inscape.study.sequence.Steps;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The kept results that findings about a network make use of. They are part of what findings are
/// addressed by: once a projection is there, the findings are others.
///
/// @param run the run
/// @param epoch a kept one
/// @param projection of the last hidden layer; null where none is kept that shows clusters
/// @param probe of this network; null where none is kept
record Kept(
    String run, int epoch, @Nullable ResultSummary projection, @Nullable ResultSummary probe) {
  /// Methods whose layouts show clusters, the most trusted first: the others place a class where
  /// its mean is, and an empty valley in them means less.
  private static final List<String> SHOWING_CLUSTERS = List.of("tsne", "umap");

  static Kept find(Results results, String run, int epoch) {
    Study study = results.study();
    List<String> hidden = Steps.hiddenLayers(study.run(run));
    ResultSummary projection = null;
    if (!hidden.isEmpty()) {
      projection =
          results.list(run, epoch, hidden.getLast()).stream()
              .filter(result -> SHOWING_CLUSTERS.contains(result.method()))
              .min(
                  Comparator.comparingInt(
                          (ResultSummary result) -> SHOWING_CLUSTERS.indexOf(result.method()))
                      .thenComparing(ResultSummary::digest))
              .orElse(null);
    }
    ResultSummary probe =
        results.list("probe", null).stream()
            .filter(result ->
                run.equals(result.source().get("run"))
                    && Integer.valueOf(epoch).equals(result.source().get("epoch")))
            .max(Comparator.comparingInt(Kept::trainCount).thenComparing(ResultSummary::digest))
            .orElse(null);
    return new Kept(run, epoch, projection, probe);
  }

  private static int trainCount(ResultSummary probe) {
    return probe.parameters().get("trainCount") instanceof Number count ? count.intValue() : 0;
  }

  /// The digests, empty where there is none.
  List<String> digests() {
    return List.of(
        projection == null ? "" : projection.digest(), probe == null ? "" : probe.digest());
  }

  Probed probed(Results results, FindingParams params, Workers workers, Progress progress) {
    if (probe != null) {
      Probed read = read(results.get(probe.digest()).report());
      if (!read.layers().isEmpty()) {
        return read;
      }
    }
    ProbeReport report =
        LayerProbes.probe(
            results.study(),
            new LayerProbes.Target(run, epoch),
            LayerProbeParams.defaults().withTrainCount(params.probeImages()),
            workers,
            progress);
    return new Probed(report.layers(), report.trainCount(), report.testCount(), false);
  }

  private static Probed read(Map<String, Object> report) {
    List<LayerFigures> layers = new ArrayList<>();
    if (report.get("layers") instanceof List<?> list) {
      for (Object one : list) {
        if (one instanceof Map<?, ?> figures) {
          layers.add(
              new LayerFigures(
                  String.valueOf(figures.get("layer")),
                  (int) number(figures, "units"),
                  number(figures, "accuracy"),
                  number(figures, "trainAccuracy"),
                  number(figures, "ownNeighborhoodHit")));
        }
      }
    }
    return new Probed(
        layers, (int) number(report, "trainCount"), (int) number(report, "testCount"), true);
  }

  private static double number(Map<?, ?> figures, String name) {
    return figures.get(name) instanceof Number number ? number.doubleValue() : 0;
  }

  Optional<List<ClassSplit>> splits(
      Results results, FindingParams params, Workers workers, Progress progress) {
    if (projection == null) {
      return Optional.empty();
    }
    Column layout = results.column(projection.digest(), "layout");
    Matrix positions = Matrix.of(layout.shape()[0], layout.shape()[1], layout.floats());
    return Optional.of(
        ClassSplits.find(
            results.study(),
            positions,
            ClusterParams.defaults().withSeed(params.seed()),
            workers,
            progress));
  }
}
