package io.inscape.study.table;

import io.inscape.study.Study;
import io.inscape.study.analysis.Analysis;
import io.inscape.study.analysis.AnalysisResult;
import io.inscape.study.analysis.ResultSummary;
import io.inscape.study.analysis.Results;
import io.inscape.study.file.StudyException;
import io.inscape.study.file.StudyException.Kind;
import java.util.ArrayList;
import java.util.List;

/// Finds kept results by as much of their digest as a person types.
public final class KeptResults {
  private static final int SHORTEST = 6;

  private KeptResults() {}

  /// A kept result.
  ///
  /// @param study where it is kept
  /// @param begin its digest, or at least six digits of its beginning
  /// @return the one result whose digest begins so
  /// @throws StudyException of kind [Kind#UNKNOWN] if there is none or several
  /// @throws IllegalArgumentException if it is no beginning of a digest
  public static AnalysisResult find(Study study, String begin) {
    if (!begin.matches("[0-9a-f]{" + SHORTEST + ",64}")) {
      throw new IllegalArgumentException(
          "a digest is at least " + SHORTEST + " of the digits 0-9 and a-f, got \"" + begin + "\"");
    }
    Results results = new Results(study);
    if (begin.length() == 64) {
      return results.get(begin);
    }
    List<String> found = new ArrayList<>();
    for (String kind : Analysis.KINDS) {
      for (ResultSummary summary : results.list(kind, null)) {
        if (summary.digest().startsWith(begin)) {
          found.add(summary.digest());
        }
      }
    }
    if (found.size() != 1) {
      throw new StudyException(
          Kind.UNKNOWN,
          found.isEmpty()
              ? "no result of the study begins with " + begin + "; --what results lists them"
              : found.size() + " results of the study begin with " + begin + "; type more of it");
    }
    return results.get(found.getFirst());
  }
}
