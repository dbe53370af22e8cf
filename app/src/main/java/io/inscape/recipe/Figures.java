package io.inscape.recipe;

import io.inscape.dataset.Part;
import io.inscape.parameter.Parameters;
import io.inscape.projection.Projections;
import io.inscape.projection.params.ProjectionParams;
import io.inscape.study.Study;
import io.inscape.study.StudyInfo;
import java.util.Map;

/// Says how figures were made.
public final class Figures {
  private Figures() {}

  /// {@return how a figure was made, in one line}
  ///
  /// @param study what it shows
  /// @param params how it was projected
  public static String provenance(Study study, ProjectionParams params) {
    StringBuilder options = new StringBuilder();
    for (Map.Entry<String, Object> option : Parameters.toMap((Record) params).entrySet()) {
      if (!(option.getValue() instanceof Map<?, ?>)) {
        options.append(", ").append(option.getKey()).append(' ').append(option.getValue());
      }
    }
    return provenance(
        study,
        Projections.method(params.method()).title()
            + options
            + "; NH: neighborhood hit, 6 neighbours; trust: trustworthiness");
  }

  /// {@return how a figure was made, in one line}
  ///
  /// @param study what it shows
  /// @param method what was done with it, with its options
  static String provenance(Study study, String method) {
    StudyInfo info = study.info();
    return "Inscape "
        + info.version()
        + "; "
        + info.dataset().name()
        + ", "
        + info.sample().count()
        + (info.sample().split() == Part.TEST ? " test" : "")
        + " observations (seed "
        + info.sample().seed()
        + "); "
        + method;
  }
}
