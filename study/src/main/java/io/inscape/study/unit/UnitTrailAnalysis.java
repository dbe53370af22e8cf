package io.inscape.study.unit;

import io.inscape.matrix.Progress;
import io.inscape.matrix.Workers;
import io.inscape.study.analysis.ComputedAnalysis;
import io.inscape.study.analysis.Results;
import io.inscape.study.sequence.SequenceSource.ByEpoch;
import io.inscape.study.sequence.Steps;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// How the units of a layer move among each other while its network is trained.
///
/// @param steps run, layer and epochs
/// @param pooling what counts as a unit; empty for the usual of the layer's shape, until [#resolve]
///   says which that is
/// @param params how they are compared and aligned
public record UnitTrailAnalysis(
    ByEpoch steps, Optional<UnitPooling> pooling, UnitTrailParams params)
    implements ComputedAnalysis {
  /// The name of the kind.
  public static final String KIND = "trails-of-units";

  /// What the method is called.
  public static final String METHOD = "vff";

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public Map<String, Object> about() {
    Map<String, Object> about = new LinkedHashMap<>();
    about.put("run", steps.run());
    about.put("layer", steps.layer());
    about.put("epochs", steps.epochs());
    pooling.ifPresent(chosen -> about.put("pooling", chosen.label()));
    return about;
  }

  @Override
  public String method() {
    return METHOD;
  }

  @Override
  public UnitTrailAnalysis resolve(Results results) {
    UnitSource.requireNetworks(results.study());
    if (steps.resolve(results.study()) instanceof ByEpoch whole) {
      UnitSource first =
          new UnitSource(whole.run(), whole.epochs().getFirst(), whole.layer(), pooling)
              .resolve(results.study());
      UnitChecks.requireSeveral(first, results.study());
      return new UnitTrailAnalysis(whole, first.pooling(), params);
    }
    throw new IllegalStateException("epochs stay epochs");
  }

  /// The units of each epoch.
  List<UnitSource> sources() {
    return steps.epochs().stream()
        .map(epoch -> new UnitSource(steps.run(), epoch, steps.layer(), pooling))
        .toList();
  }

  @Override
  public String inputs(Results results) {
    return Steps.inputsDigest(results.study(), steps);
  }

  @Override
  public Outcome compute(Results results, Workers workers, Progress progress) {
    return new UnitTrails(results.study(), this, workers, progress).compute();
  }
}
