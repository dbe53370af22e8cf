package io.inscape.study.analysis;

import io.inscape.evolution.field.FieldParams;
import io.inscape.parameter.Parameters;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// Smooth vector fields that the trails of a sequence follow.
///
/// @param of digest of a kept sequence
/// @param sequence the source of that sequence, filled in from its result when it is asked for; not
///   part of what the result is addressed by, since the digest is
/// @param params grid, smoothness and number of fields
public record FieldAnalysis(String of, Map<String, Object> sequence, FieldParams params)
    implements Analysis {
  static final String KIND = "field";

  /// What the method is called.
  public static final String METHOD = "vfkm";

  /// Copies the source.
  public FieldAnalysis {
    sequence = Collections.unmodifiableMap(new LinkedHashMap<>(sequence));
  }

  /// The analysis of a kept sequence.
  ///
  /// @param of digest of its result
  /// @param params options
  /// @return the analysis
  public static FieldAnalysis of(String of, FieldParams params) {
    return new FieldAnalysis(of, Map.of(), params);
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
