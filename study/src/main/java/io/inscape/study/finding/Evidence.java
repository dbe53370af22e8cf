package io.inscape.study.finding;

import io.inscape.dataset.Sample;
import io.inscape.dataset.Split;
import io.inscape.matrix.Matrix;
import io.inscape.matrix.Progress;
import io.inscape.matrix.Workers;
import io.inscape.study.Study;
import io.inscape.study.analysis.Results;
import io.inscape.study.cluster.ClassSplit;
import io.inscape.study.finding.Passes.Some;
import io.inscape.study.probe.ProbeReport.LayerFigures;
import io.inscape.study.run.RunInfo;
import io.inscape.study.sequence.Steps;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What the tests judge by: measured when the first of them asks, and kept for the others.
final class Evidence {
  /// More test images than this add little, and a large network takes long.
  private static final int MOST_TESTED = 10_000;

  private final Results results;
  private final RunInfo info;
  private final int epoch;
  private final FindingParams params;
  private final Kept kept;
  private final Workers workers;
  private final Progress progress;
  private final Passes passes;
  private @Nullable Confusions confusions;
  private final Map<String, double[]> hits = new LinkedHashMap<>();

  Evidence(Results results, Kept kept, FindingParams params, Workers workers, Progress progress) {
    this.results = results;
    this.info = results.study().run(kept.run()).info();
    this.epoch = kept.epoch();
    this.params = params;
    this.kept = kept;
    this.workers = workers;
    this.progress = progress;
    this.passes = new Passes(results.study(), info.name(), workers, progress);
  }

  Study study() {
    return results.study();
  }

  RunInfo info() {
    return info;
  }

  int epoch() {
    return epoch;
  }

  FindingParams params() {
    return params;
  }

  List<String> classNames() {
    return study().info().dataset().classNames();
  }

  boolean untrainedIsKept() {
    return info.snapshots().contains(0);
  }

  /// The last hidden layer, if there is any.
  Optional<String> lastHidden() {
    List<String> hidden = Steps.hiddenLayers(study().run(info.name()));
    return hidden.isEmpty() ? Optional.empty() : Optional.of(hidden.getLast());
  }

  /// {@return where this network is looked at}
  Map<String, Object> link(String view) {
    Map<String, Object> link = new LinkedHashMap<>();
    link.put("view", view);
    link.put("run", info.name());
    link.put("epoch", epoch);
    return link;
  }

  /// The same at a layer.
  Map<String, Object> link(String view, String layer) {
    Map<String, Object> link = link(view);
    link.put("layer", layer);
    return link;
  }

  /// What the network takes the test images for, at most 10,000 of them.
  Confusions confusions() {
    if (confusions == null) {
      Split test = study().dataset().test();
      Some all = some(test, Math.min(test.count(), MOST_TESTED));
      Matrix scores = passes.values(epoch, info.layers().getLast().name(), all, "test images");
      confusions = Confusions.of(all.labels(), scores);
    }
    return confusions;
  }

  /// {@return whether it does much better than guessing}
  boolean learned() {
    return Learning.learned(confusions());
  }

  /// The test images whose neighborhoods are compared.
  Some testImages() {
    Split test = study().dataset().test();
    return some(test, comparedCount());
  }

  /// As many of the images that the run learned from.
  Some trainImages() {
    Split train = study().dataset().train();
    int limit = info.training().limit();
    int[] learned = Sample.draw(train.count(), limit == 0 ? train.count() : limit, info.seed());
    int[] drawn = Sample.draw(learned.length, comparedCount(), params.seed());
    return new Some(train, Arrays.stream(drawn).map(at -> learned[at]).toArray());
  }

  int comparedCount() {
    int train = info.training().limit();
    int available = train == 0 ? study().dataset().train().count() : train;
    return Math.min(params.images(), Math.min(study().dataset().test().count(), available));
  }

  private Some some(Split split, int count) {
    return new Some(split, Sample.draw(split.count(), count, study().info().sample().seed()));
  }

  /// The neighborhood hits of the compared test images in a layer.
  double[] testHits(int at, String layer) {
    return hits.computeIfAbsent(
        "test/" + at, _ -> passes.hits(at, layer, testImages(), "neighbors"));
  }

  double[] trainHits(String layer) {
    return hits.computeIfAbsent(
        "train", _ -> passes.hits(epoch, layer, trainImages(), "neighbors"));
  }

  double[] testHitsOfPixels() {
    return hits.computeIfAbsent("test/pixels", _ -> passes.hitsOfPixels(testImages()));
  }

  double[] trainHitsOfPixels() {
    return hits.computeIfAbsent("train/pixels", _ -> passes.hitsOfPixels(trainImages()));
  }

  /// What linear probes found, and how many images they learned from.
  record Probed(List<LayerFigures> layers, int trainCount, int testCount, boolean kept) {}

  Probed probed() {
    return kept.probed(results, params, workers, progress);
  }

  /// The clusters of each class in the kept projection of the last hidden layer.
  Optional<List<ClassSplit>> splits() {
    return kept.splits(results, params, workers, progress);
  }

  /// {@return the method of that projection, as a person reads it}
  String projectionTitle() {
    return projectionMethod().equals("tsne") ? "t-SNE" : "UMAP";
  }

  /// {@return the method of that projection}
  String projectionMethod() {
    return Objects.requireNonNull(kept.projection()).method();
  }
}
