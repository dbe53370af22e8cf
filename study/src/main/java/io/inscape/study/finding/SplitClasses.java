package io.inscape.study.finding;

import io.inscape.study.cluster.ClassSplit;
import io.inscape.study.cluster.SplitWords;
import io.inscape.study.finding.Finding.About;
import io.inscape.study.finding.Finding.Effect;
import io.inscape.study.finding.Verdict.Silence;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// Whether most classes lie in several clusters in the kept projection of the last hidden layer,
/// for one reason.
final class SplitClasses {
  static final String ID = "split-classes";

  /// What a preprocessing by edges does away with.
  private static final List<String> OF_POLARITY = List.of("polarity", "meanLuminance");

  private SplitClasses() {}

  static Verdict judge(Evidence evidence) {
    Optional<String> layer = evidence.lastHidden();
    if (layer.isEmpty()) {
      return new Silence(ID, "The network has no hidden layer.");
    }
    Optional<List<ClassSplit>> splits = evidence.splits();
    if (splits.isEmpty()) {
      return new Silence(
          ID,
          "No t-SNE or UMAP layout of "
              + layer.get()
              + " at epoch "
              + evidence.epoch()
              + " is kept; project it, and ask again.");
    }
    return judge(evidence, layer.get(), splits.get());
  }

  private static Verdict judge(Evidence evidence, String layer, List<ClassSplit> splits) {
    long judged = splits.stream().filter(split -> split.clusters() != null).count();
    List<ClassSplit> apart = splits.stream().filter(ClassSplit::split).toList();
    SplitWords.Common common = SplitWords.common(splits);
    if (common == null || common.classes() < 2 || 2L * common.classes() < judged) {
      return new Silence(
          ID,
          "In the "
              + evidence.projectionTitle()
              + " layout of "
              + layer
              + ": "
              + SplitWords.sentence(splits));
    }
    Map<String, Object> link = evidence.link("projection", layer);
    link.put("method", evidence.projectionMethod());
    link.put("color", "statistic." + common.statistic());
    return new Finding(
        ID,
        sentence(apart, judged, common, evidence.projectionTitle() + " layout of " + layer),
        new Effect(common.effect(), "mean probability of superiority, .5 to 1"),
        "1,999 permutations of the clusters, corrected for the statistics and classes tried",
        (2 * common.effect() - 1) * common.classes() / judged,
        link,
        About.classes(apart.stream().map(ClassSplit::label).toArray(Integer[]::new)));
  }

  private static String sentence(
      List<ClassSplit> apart, long judged, SplitWords.Common common, String layout) {
    boolean two =
        apart.stream().allMatch(split -> Objects.requireNonNull(split.clusters()).count() == 2);
    boolean all = apart.size() == judged;
    return (all ? "Each class lies in " : apart.size() + " of " + judged + " classes lie in ")
        + (two ? "two" : "several")
        + " clusters in the "
        + layout
        + ", and "
        + common.title()
        + " tells them apart"
        + (common.classes() == apart.size() ? "" : " in " + common.classes() + " of them")
        + ": of two images, one from each cluster, it says "
        + Words.percent(common.effect())
        + " of the time which is which."
        + (OF_POLARITY.contains(common.statistic())
            ? " Edges look alike in both: preprocessing with sobel makes them one."
            : "");
  }
}
