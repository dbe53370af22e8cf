package io.inscape.study.ablation;

import io.inscape.matrix.Progress;
import io.inscape.matrix.Workers;
import io.inscape.study.Study;
import io.inscape.study.analysis.ComputedAnalysis;
import io.inscape.study.analysis.Results;
import io.inscape.study.sequence.Steps;
import io.inscape.study.unit.UnitActivations;
import io.inscape.study.unit.UnitSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What a network does with some units of a hidden layer switched off.
///
/// @param source which units the layer has
/// @param params which of them are switched off
public record AblationAnalysis(UnitSource source, AblationParams params)
    implements ComputedAnalysis {
  /// What the kind is called.
  public static final String KIND = "ablation";

  /// What the method is called.
  public static final String METHOD = "replace";

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public Map<String, Object> about() {
    return source.describe();
  }

  @Override
  public String method() {
    return METHOD;
  }

  /// The same with pooling said and the units in order.
  @Override
  public AblationAnalysis resolve(Results results) {
    Study study = results.study();
    UnitSource resolved = source.resolve(study);
    study.run(resolved.run()).snapshot(resolved.epoch()); // says where there is no network
    study.labels();
    requireHidden(study, resolved);
    requireUnits(study, resolved);
    List<Integer> sorted = params.units().stream().sorted().toList();
    return new AblationAnalysis(resolved, params.withUnits(sorted));
  }

  private static void requireHidden(Study study, UnitSource source) {
    List<String> hidden = Steps.hiddenLayers(study.run(source.run()));
    if (!hidden.contains(source.layer())) {
      throw new IllegalArgumentException(
          "units of hidden layers can be switched off, and "
              + source.layer()
              + " is what run "
              + source.run()
              + " answers; name one of "
              + String.join(", ", hidden));
    }
  }

  private void requireUnits(Study study, UnitSource source) {
    int units = source.units(study);
    if (params.units().isEmpty()) {
      throw new IllegalArgumentException(
          "units must name at least 1 of the " + units + " of " + source.words() + ", got none");
    }
    Set<Integer> seen = new HashSet<>();
    for (int unit : params.units()) {
      UnitActivations.requireUnit(study, source, unit);
      if (!seen.add(unit)) {
        throw new IllegalArgumentException("each unit is named once, got twice " + unit);
      }
    }
    if (seen.size() == units) {
      throw new IllegalArgumentException(
          "units must leave at least 1 of the "
              + units
              + " of "
              + source.words()
              + " on, got all of them: then nothing of the input gets through");
    }
  }

  @Override
  public String inputs(Results results) {
    return source.inputsDigest(results.study());
  }

  @Override
  public Outcome compute(Results results, Workers workers, Progress progress) {
    return new AblationComputation(results.study(), this, workers, progress).compute();
  }
}
