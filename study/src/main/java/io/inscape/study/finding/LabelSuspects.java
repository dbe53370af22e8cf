package io.inscape.study.finding;

import io.inscape.study.Study;
import io.inscape.study.finding.Finding.About;
import io.inscape.study.finding.Finding.Effect;
import io.inscape.study.finding.Verdict.Silence;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Observations of the sample that the network is sure are something else, epoch after epoch.
final class LabelSuspects {
  static final String ID = "label-suspects";

  private static final double SURE = .9;
  private static final int FEWEST_EPOCHS = 3;

  private LabelSuspects() {}

  static Verdict judge(Evidence evidence) {
    List<Integer> epochs =
        evidence.info().snapshots().stream()
            .filter(epoch -> epoch > 0 && epoch <= evidence.epoch())
            .toList();
    if (epochs.size() < FEWEST_EPOCHS) {
      return new Silence(
          ID,
          "It takes "
              + FEWEST_EPOCHS
              + " kept epochs after training began to tell a wrong label from a slip; there are "
              + epochs.size()
              + " up to epoch "
              + evidence.epoch()
              + ".");
    }
    Study study = evidence.study();
    int[] labels = study.labels();
    int[] sure = new int[labels.length];
    double[] share = new double[epochs.size()];
    for (int at = 0; at < share.length; at++) {
      float[] predictions = study.run(evidence.info().name()).predictions(epochs.get(at));
      share[at] = (double) addSure(predictions, labels, sure) / labels.length;
    }
    List<Integer> rows = new ArrayList<>();
    for (int row = 0; row < sure.length; row++) {
      if (2 * sure[row] > epochs.size()) {
        rows.add(row);
      }
    }
    double expected = labels.length * Proportions.most(share);
    return rows.isEmpty() || rows.size() < 2 * expected
        ? new Silence(
            ID,
            "No observation is mistaken with at least 90 % confidence in more than half of the"
                + " epochs "
                + Words.list(epochs.stream().map(String::valueOf).toList())
                + ".")
        : finding(evidence, epochs, rows, expected);
  }

  /// Counts up each observation that is surely taken for another class.
  private static int addSure(float[] predictions, int[] labels, int[] sure) {
    int classes = predictions.length / labels.length;
    int count = 0;
    for (int row = 0; row < labels.length; row++) {
      int predicted = largest(predictions, row, classes);
      if (predicted != labels[row] && predictions[row * classes + predicted] >= SURE) {
        sure[row]++;
        count++;
      }
    }
    return count;
  }

  private static Verdict finding(
      Evidence evidence, List<Integer> epochs, List<Integer> rows, double expected) {
    Map<String, Object> link = evidence.link("classes");
    link.put("selection", rows);
    boolean one = rows.size() == 1;
    return new Finding(
        ID,
        Words.whole(rows.size())
            + " of "
            + Words.whole(evidence.study().count())
            + " observations "
            + (one ? "is" : "are")
            + " taken for another class with at least 90 % confidence in more than half of the"
            + " epochs "
            + Words.list(epochs.stream().map(String::valueOf).toList())
            + ": look at "
            + (one ? "it, its label may be wrong." : "them, their labels may be wrong."),
        new Effect(rows.size(), "observations"),
        "if each epoch erred on its own, "
            + Words.number(expected)
            + " such observations would be expected",
        rows.size() / (rows.size() + expected),
        link,
        new About(rows, List.of(), List.of()));
  }

  static int largest(float[] predictions, int row, int classes) {
    int best = 0;
    for (int label = 1; label < classes; label++) {
      if (predictions[row * classes + label] > predictions[row * classes + best]) {
        best = label;
      }
    }
    return best;
  }
}
