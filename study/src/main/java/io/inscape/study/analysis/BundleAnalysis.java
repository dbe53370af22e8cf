package io.inscape.study.analysis;

import io.inscape.evolution.trails.BundleParams;
import io.inscape.parameter.Parameters;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// The trails of a sequence, drawn together where they run side by side.
///
/// @param of digest of a kept sequence
/// @param sequence the source of that sequence, filled in from its result when it is asked for; not
///   part of what the result is addressed by, since the digest is
/// @param params which trails attract each other, and how
public record BundleAnalysis(String of, Map<String, Object> sequence, BundleParams params)
    implements Analysis {
  static final String KIND = "bundle";

  /// What the method is called.
  public static final String METHOD = "kde";

  /// Copies the source.
  public BundleAnalysis {
    sequence = Collections.unmodifiableMap(new LinkedHashMap<>(sequence));
  }

  /// The analysis of a kept sequence.
  ///
  /// @param of digest of its result
  /// @param params options
  /// @return the analysis
  public static BundleAnalysis of(String of, BundleParams params) {
    return new BundleAnalysis(of, Map.of(), params);
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public Map<String, Object> about() {
    Map<String, Object> about = new LinkedHashMap<>(sequence);
    about.put("of", of);
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
    fields.put("of", of);
    fields.put("method", method());
    fields.put("parameters", parameters());
    return fields;
  }
}
