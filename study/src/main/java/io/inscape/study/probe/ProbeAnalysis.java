package io.inscape.study.probe;

import io.inscape.matrix.Progress;
import io.inscape.matrix.Workers;
import io.inscape.study.ActivationSource;
import io.inscape.study.analysis.ComputedAnalysis;
import io.inscape.study.analysis.Results;
import java.util.LinkedHashMap;
import java.util.Map;

/// How much of the classes a linear reader finds in each layer of a network.
///
/// @param target which network
/// @param params how it is probed
public record ProbeAnalysis(LayerProbes.Target target, LayerProbeParams params)
    implements ComputedAnalysis {
  /// What the method is called.
  public static final String METHOD = "logistic";

  @Override
  public String kind() {
    return "probe";
  }

  @Override
  public Map<String, Object> about() {
    Map<String, Object> about = new LinkedHashMap<>();
    about.put("run", target.run());
    about.put("epoch", target.epoch());
    return about;
  }

  @Override
  public String method() {
    return METHOD;
  }

  @Override
  public ProbeAnalysis resolve(Results results) {
    LayerProbes.require(results.study(), target);
    return this;
  }

  @Override
  public String inputs(Results results) { // all layers of a snapshot have the same digest
    return results
        .study()
        .inputsDigest(
            new ActivationSource.Layer(target.run(), target.epoch(), ActivationSource.INPUT));
  }

  @Override
  public Outcome compute(Results results, Workers workers, Progress progress) {
    progress.report("training images", 0);
    ProbeReport report = LayerProbes.probe(results.study(), target, params, workers, progress);
    return new Outcome(report.toMap(), Map.of());
  }
}
