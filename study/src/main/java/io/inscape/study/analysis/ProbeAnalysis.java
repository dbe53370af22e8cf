package io.inscape.study.analysis;

import io.inscape.parameter.Parameters;
import io.inscape.study.probe.LayerProbeParams;
import io.inscape.study.probe.LayerProbes;
import java.util.LinkedHashMap;
import java.util.Map;

/// How much of the classes a linear reader finds in each layer of a network.
///
/// @param target which network
/// @param params how it is probed
public record ProbeAnalysis(LayerProbes.Target target, LayerProbeParams params)
    implements Analysis {
  static final String KIND = "probe";

  /// What the method is called.
  public static final String METHOD = "logistic";

  @Override
  public String kind() {
    return KIND;
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
  public Map<String, Object> parameters() {
    return Parameters.toMap(params);
  }

  @Override
  public Map<String, Object> describe() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("kind", kind());
    fields.put("source", about());
    fields.put("method", method());
    fields.put("parameters", parameters());
    return fields;
  }
}
