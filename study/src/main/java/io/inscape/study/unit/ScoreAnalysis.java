package io.inscape.study.unit;

import io.inscape.matrix.Progress;
import io.inscape.matrix.Workers;
import io.inscape.study.analysis.ComputedAnalysis;
import io.inscape.study.analysis.Results;
import java.util.Map;

/// How well each unit of a layer tells each class from all others.
///
/// @param source which units
/// @param params how they are scored
public record ScoreAnalysis(UnitSource source, ScoreParams params) implements ComputedAnalysis {
  /// The name of the kind.
  public static final String KIND = "scores";

  /// What the method is called.
  public static final String METHOD = "extra-trees";

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

  @Override
  public ScoreAnalysis resolve(Results results) {
    UnitSource resolved = source.resolve(results.study());
    UnitChecks.requireSeveral(resolved, results.study());
    results.study().labels();
    return new ScoreAnalysis(resolved, params);
  }

  @Override
  public String inputs(Results results) {
    return source.inputsDigest(results.study());
  }

  @Override
  public Outcome compute(Results results, Workers workers, Progress progress) {
    return new UnitScores(results.study(), this, workers, progress).compute();
  }
}
