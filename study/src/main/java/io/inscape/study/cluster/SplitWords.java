package io.inscape.study.cluster;

import io.inscape.study.cluster.ClassSplit.Explanation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What the clusters of all classes come to, in words.
public final class SplitWords {
  private SplitWords() {}

  /// What explains the splits of most classes.
  ///
  /// @param title of the statistic, as a person reads it
  /// @param statistic its name
  /// @param classes how many classes it explains
  /// @param effect mean effect over those
  public record Common(String title, String statistic, int classes, double effect) {}

  /// {@return the statistic that explains the splits of most classes; of several the one with the
  /// largest mean effect; null where nothing explains any}
  ///
  /// @param splits one for each class
  public static @org.jspecify.annotations.Nullable Common common(List<ClassSplit> splits) {
    Map<String, List<Explanation>> by = new LinkedHashMap<>();
    for (ClassSplit split : splits) {
      Explanation explained = split.explained();
      if (explained != null) {
        by.computeIfAbsent(explained.statistic(), _ -> new java.util.ArrayList<>()).add(explained);
      }
    }
    Common best = null;
    for (List<Explanation> each : by.values()) {
      double effect = each.stream().mapToDouble(Explanation::effect).average().orElse(0);
      Explanation first = each.getFirst();
      Common common = new Common(first.title(), first.statistic(), each.size(), effect);
      if (best == null
          || common.classes() > best.classes()
          || (common.classes() == best.classes() && common.effect() > best.effect())) {
        best = common;
      }
    }
    return best;
  }

  /// {@return the clusters of all classes in a sentence or two}
  ///
  /// @param splits one for each class
  public static String sentence(List<ClassSplit> splits) {
    long judged = splits.stream().filter(split -> split.clusters() != null).count();
    List<String> apart = splits.stream().filter(ClassSplit::split).map(ClassSplit::name).toList();
    if (judged == 0) {
      return "No class has enough observations to tell clusters.";
    }
    if (apart.isEmpty()) {
      return judged == 1
          ? "The class is one cluster."
          : "Each of the " + judged + " classes is one cluster.";
    }
    String text =
        apart.size() == 1
            ? "Class " + apart.getFirst() + " lies in several clusters"
            : apart.size()
                + " of "
                + judged
                + " classes lie in several clusters"
                + (apart.size() == judged ? "" : " (" + String.join(", ", apart) + ")");
    Common common = common(splits);
    return common == null
        ? text + "; no statistic of the input explains them."
        : text
            + "; "
            + common.title()
            + " explains "
            + (common.classes() == apart.size()
                ? apart.size() == 1 ? "them" : "all of them"
                : "those of " + common.classes())
            + ".";
  }
}
