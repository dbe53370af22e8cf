package io.inscape.study.finding;

import java.util.Map;

/// What a test came to: a sentence, or why there is none.
sealed interface Verdict permits Finding, Verdict.Silence {
  /// {@return it for JSON}
  Map<String, Object> toMap();

  /// Nothing to say.
  ///
  /// @param id of the test
  /// @param why in one sentence, for a person
  record Silence(String id, String why) implements Verdict {
    @Override
    public Map<String, Object> toMap() {
      return Map.of("id", id, "why", why);
    }
  }
}
