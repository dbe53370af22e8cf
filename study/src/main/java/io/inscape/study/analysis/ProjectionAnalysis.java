package io.inscape.study.analysis;

import io.inscape.parameter.Parameters;
import io.inscape.projection.params.ProjectionParams;
import io.inscape.quality.QualityParams;
import io.inscape.study.ActivationSource;
import java.util.LinkedHashMap;
import java.util.Map;

/// A projection of a source's vectors, with its quality.
///
/// @param source what is projected
/// @param params method and options
/// @param k neighbours that the neighborhood hit looks at, at least 1
public record ProjectionAnalysis(ActivationSource source, ProjectionParams params, int k)
    implements Analysis {
  static final String KIND = "projection";

  /// The neighbours that the papers look at.
  public static final int PAPERS_K = 6;

  /// Checks the number of neighbours.
  public ProjectionAnalysis {
    if (k < 1) {
      throw new IllegalArgumentException("the neighborhood hit needs k of at least 1, got " + k);
    }
  }

  /// A projection judged by the papers' number of neighbours.
  ///
  /// @param source what is projected
  /// @param params method and options
  /// @return the analysis
  public static ProjectionAnalysis of(ActivationSource source, ProjectionParams params) {
    return new ProjectionAnalysis(source, params, PAPERS_K);
  }

  /// {@return how its layout is judged}
  public QualityParams qualityParams() {
    return QualityParams.defaults().withK(k);
  }

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
    return params.method();
  }

  @Override
  public Map<String, Object> parameters() {
    return Parameters.toMap((Record) params); // every method's parameters are a record
  }

  @Override
  public Map<String, Object> describe() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("kind", kind());
    fields.put("source", about());
    fields.put("method", method());
    fields.put("parameters", parameters());
    fields.put("k", k);
    return fields;
  }
}
