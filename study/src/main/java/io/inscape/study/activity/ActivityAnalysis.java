package io.inscape.study.activity;

import io.inscape.matrix.Matrix;
import io.inscape.matrix.Progress;
import io.inscape.matrix.Workers;
import io.inscape.neuron.Perplexity;
import io.inscape.neuron.PerplexityHistory;
import io.inscape.neuron.UnitFlags;
import io.inscape.study.Study;
import io.inscape.study.analysis.Column;
import io.inscape.study.analysis.ComputedAnalysis;
import io.inscape.study.analysis.Results;
import io.inscape.study.file.Digests;
import io.inscape.study.role.LowestValues;
import io.inscape.study.unit.UnitActivations;
import io.inscape.study.unit.UnitPooling;
import io.inscape.study.unit.UnitSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// How many units of a layer the observations speak to, epoch by epoch, from when on that hardly
/// changes, and how many units tell nothing.
///
/// @param target which layer
/// @param params how it is counted
public record ActivityAnalysis(Target target, ActivityParams params) implements ComputedAnalysis {
  /// What the kind is called.
  public static final String KIND = "activity";

  /// What the method is called.
  public static final String METHOD = "perplexity";

  /// Which layer, when.
  ///
  /// @param run the run
  /// @param layer the layer's name
  /// @param pooling what counts as a unit; empty for the usual of the layer's shape
  /// @param epochs kept ones, in the order of the steps; none for all that are kept by now
  public record Target(
      String run, String layer, Optional<UnitPooling> pooling, List<Integer> epochs) {
    /// Copies the list.
    public Target {
      epochs = List.copyOf(epochs);
    }

    UnitSource at(int epoch) {
      return new UnitSource(run, epoch, layer, pooling);
    }
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public Map<String, Object> about() {
    Map<String, Object> about = new LinkedHashMap<>();
    about.put("run", target.run());
    about.put("layer", target.layer());
    target.pooling().ifPresent(pooling -> about.put("pooling", pooling.label()));
    about.put("epochs", target.epochs());
    return about;
  }

  @Override
  public String method() {
    return METHOD;
  }

  @Override
  public ActivityAnalysis resolve(Results results) {
    Study study = results.study();
    List<Integer> epochs =
        target.epochs().isEmpty()
            ? study.run(target.run()).info().snapshots()
            : target.epochs().stream().distinct().toList();
    if (epochs.isEmpty()) {
      throw new IllegalArgumentException(
          "run " + target.run() + " keeps no epoch yet; ask again once it does");
    }
    Optional<UnitPooling> pooling = Optional.empty();
    for (int epoch : epochs) { // each must be there
      pooling = target.at(epoch).resolve(study).pooling();
    }
    return new ActivityAnalysis(new Target(target.run(), target.layer(), pooling, epochs), params);
  }

  @Override
  public String inputs(Results results) {
    return Digests.ofJson(
        target.epochs().stream()
            .map(epoch -> target.at(epoch).inputsDigest(results.study()))
            .toList());
  }

  @Override
  public Outcome compute(Results results, Workers workers, Progress progress) {
    Study study = results.study();
    List<float[]> perplexities = new ArrayList<>();
    List<Map<String, Object>> flags = new ArrayList<>();
    int units = 0;
    for (int epoch : target.epochs()) {
      progress.report("activations", (double) perplexities.size() / target.epochs().size());
      UnitSource source = target.at(epoch);
      Matrix activations = UnitActivations.read(study, source, workers, progress);
      perplexities.add(Perplexity.of(activations, workers));
      float[] lowest = LowestValues.of(study, source, activations, workers);
      flags.add(counts(UnitFlags.of(activations, lowest, workers)));
      units = activations.cols();
    }
    PerplexityHistory history = PerplexityHistory.of(perplexities, params.bins());
    OptionalInt stable = history.stableSince(params.threshold());
    Map<String, Object> report = new LinkedHashMap<>();
    report.put("epochs", target.epochs());
    report.put("units", units);
    report.put("bins", history.edges());
    report.put("histogram", history.counts());
    report.put("median", history.medians());
    report.put("change", history.changes());
    report.put("stableSince", stable.isEmpty() ? null : target.epochs().get(stable.getAsInt()));
    report.put("flags", flags);
    return new Outcome(report, Map.of("perplexity", column(perplexities)));
  }

  private static Map<String, @Nullable Object> counts(UnitFlags flags) {
    Map<String, @Nullable Object> counts = new LinkedHashMap<>();
    counts.put("dead", flags.dead().size());
    counts.put("alwaysOn", flags.alwaysOn().size());
    counts.put("duplicates", flags.compared() ? (Integer) flags.duplicates().size() : null);
    return counts;
  }

  private static Column column(List<float[]> perplexities) {
    int observations = perplexities.getFirst().length;
    float[] all = new float[perplexities.size() * observations]; // [epoch * observations + row]
    for (int t = 0; t < perplexities.size(); t++) {
      System.arraycopy(perplexities.get(t), 0, all, t * observations, observations);
    }
    return Column.float32(all, perplexities.size(), observations);
  }
}
