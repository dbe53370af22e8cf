package io.inscape.study.finding;

import io.inscape.study.finding.Finding.About;
import io.inscape.study.finding.Finding.Effect;
import io.inscape.study.finding.Verdict.Silence;
import java.util.Optional;

/// The class that trains worst: the one with the lowest recall, if its observations are also the
/// ones that lie least among their own in the last hidden layer, and its recall is below that of
/// the others by more than chance.
final class WorstClass {
  static final String ID = "worst-class";

  /// Two-sided 95 % for the lowest of ten classes: .05 / 10.
  private static final double FOR_THE_LOWEST = 2.807034;

  private static final double LEAST = .01;

  private WorstClass() {}

  static Verdict judge(Evidence evidence) {
    Optional<String> layer = evidence.lastHidden();
    Confusions confusions = evidence.confusions();
    if (confusions.counts().length < 3) {
      return new Silence(ID, "Of fewer than three classes none is the worst.");
    }
    if (layer.isEmpty()) {
      return new Silence(ID, "The network has no hidden layer to see the class in.");
    }
    int worst = lowestRecall(confusions);
    String name = evidence.classNames().get(worst);
    int count = confusions.of(worst);
    double recall = (double) confusions.right(worst) / count;
    int others = confusions.images() - count;
    double rest = (double) (confusions.right() - confusions.right(worst)) / others;
    Proportions.Interval interval =
        Proportions.wilson(confusions.right(worst), count, FOR_THE_LOWEST);
    Proportions.Interval restInterval =
        Proportions.wilson(confusions.right() - confusions.right(worst), others, Proportions.USUAL);
    if (interval.high() >= restInterval.low() || rest - recall < LEAST) {
      return new Silence(
          ID,
          "No class trains clearly worse than the others: the lowest recall is that of class "
              + name
              + ", "
              + Words.percent(recall)
              + " (interval up to "
              + Words.percent(interval.high())
              + "), the others have "
              + Words.percent(rest)
              + ".");
    }
    return judge(evidence, layer.get(), worst, recall, rest);
  }

  private static Verdict judge(
      Evidence evidence, String layer, int worst, double recall, double rest) {
    double[] hits = evidence.testHits(evidence.epoch(), layer);
    int[] labels = evidence.testImages().labels();
    String name = evidence.classNames().get(worst);
    double[] means = means(hits, labels, evidence.classNames().size());
    int lowest = worst;
    for (int label = 0; label < means.length; label++) {
      if (means[label] < means[lowest]) { // false for a class without images, which has NaN
        lowest = label;
      }
    }
    if (lowest != worst) {
      return new Silence(
          ID,
          "Recall and neighborhood hit disagree: class "
              + name
              + " has the lowest recall, class "
              + evidence.classNames().get(lowest)
              + " the lowest neighborhood hit.");
    }
    double others = others(hits, labels, worst);
    return new Finding(
        ID,
        "Class "
            + name
            + " trains worst: it has the lowest recall ("
            + Words.percent(recall)
            + ", the others "
            + Words.percent(rest)
            + ") and the lowest neighborhood hit in "
            + layer
            + " ("
            + Words.percent(means[worst])
            + ", the others "
            + Words.percent(others)
            + "). More samples of it would help.",
        new Effect(rest - recall, "recall of the others less that of the class"),
        "the pooled recall and neighborhood hit of the other classes",
        1 - (1 - rest) / (1 - recall),
        evidence.link("classes", layer),
        About.classes(worst));
  }

  private static int lowestRecall(Confusions confusions) {
    int worst = -1;
    double lowest = Double.POSITIVE_INFINITY;
    for (int label = 0; label < confusions.counts().length; label++) {
      int count = confusions.of(label);
      double recall = count == 0 ? 2 : (double) confusions.right(label) / count;
      if (recall < lowest) {
        lowest = recall;
        worst = label;
      }
    }
    return worst;
  }

  private static double[] means(double[] hits, int[] labels, int classes) {
    double[] sums = new double[classes];
    int[] counts = new int[classes];
    for (int i = 0; i < hits.length; i++) {
      sums[labels[i]] += hits[i];
      counts[labels[i]]++;
    }
    for (int label = 0; label < classes; label++) {
      sums[label] = counts[label] == 0 ? Double.NaN : sums[label] / counts[label];
    }
    return sums;
  }

  private static double others(double[] hits, int[] labels, int label) {
    double sum = 0;
    int count = 0;
    for (int i = 0; i < hits.length; i++) {
      if (labels[i] != label) {
        sum += hits[i];
        count++;
      }
    }
    return sum / count;
  }
}
