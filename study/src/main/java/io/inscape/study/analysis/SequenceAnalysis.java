package io.inscape.study.analysis;

import io.inscape.evolution.params.AlignmentParams;
import io.inscape.parameter.Parameters;
import io.inscape.study.sequence.SequenceSource;
import java.util.LinkedHashMap;
import java.util.Map;

/// The layouts of a sequence's steps, so aligned that an observation can be followed through them,
/// with what they are worth beside the same without alignment.
///
/// @param source which steps
/// @param params method and options
/// @param k neighbours that the neighborhood hit looks at, at least 1
public record SequenceAnalysis(SequenceSource source, AlignmentParams params, int k)
    implements Analysis {
  static final String KIND = "sequence";

  /// Checks the number of neighbours.
  public SequenceAnalysis {
    if (k < 1) {
      throw new IllegalArgumentException("the neighborhood hit needs k of at least 1, got " + k);
    }
  }

  /// A sequence judged by the papers' number of neighbours.
  ///
  /// @param source which steps
  /// @param params method and options
  /// @return the analysis
  public static SequenceAnalysis of(SequenceSource source, AlignmentParams params) {
    return new SequenceAnalysis(source, params, ProjectionAnalysis.PAPERS_K);
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
