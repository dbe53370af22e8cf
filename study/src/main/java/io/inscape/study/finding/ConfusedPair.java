package io.inscape.study.finding;

import io.inscape.study.Study;
import io.inscape.study.finding.Finding.About;
import io.inscape.study.finding.Finding.Effect;
import io.inscape.study.finding.Verdict.Silence;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The two classes that are taken for each other most.
final class ConfusedPair {
  static final String ID = "confused-pair";

  private static final int FEWEST = 5;
  private static final double LARGEST_P = .01;

  private ConfusedPair() {}

  static Verdict judge(Evidence evidence) {
    Confusions confusions = evidence.confusions();
    int classes = confusions.counts().length;
    if (classes < 3) {
      return new Silence(ID, "With fewer than three classes there is only one pair.");
    }
    int one = 0;
    int other = 1;
    for (int a = 0; a < classes; a++) {
      for (int b = a + 1; b < classes; b++) {
        if (between(confusions, a, b) > between(confusions, one, other)) {
          one = a;
          other = b;
        }
      }
    }
    int count = between(confusions, one, other);
    double expected = confusions.expected(one, other);
    int pairs = classes * (classes - 1) / 2;
    double p = Math.min(1, pairs * Proportions.atLeast(count, confusions.errors(), expected));
    if (count < FEWEST || p > LARGEST_P) {
      return new Silence(
          ID,
          "No pair of classes stands out among "
              + Words.whole(confusions.errors())
              + " errors on "
              + Words.whole(confusions.images())
              + " test images.");
    }
    return judge(evidence, one, other, count / (expected * confusions.errors()));
  }

  private static int between(Confusions confusions, int one, int other) {
    return confusions.counts()[one][other] + confusions.counts()[other][one];
  }

  private static Verdict judge(Evidence evidence, int one, int other, double ratio) {
    Confusions confusions = evidence.confusions();
    int forth = confusions.counts()[one][other];
    int back = confusions.counts()[other][one];
    boolean turned = back > forth;
    String first = evidence.classNames().get(turned ? other : one);
    String second = evidence.classNames().get(turned ? one : other);
    boolean oneWay = Proportions.uneven(forth, back) <= LARGEST_P;
    List<Integer> rows = rows(evidence, one, other);
    Map<String, Object> link = evidence.link("classes");
    link.put("selection", rows);
    return new Finding(
        ID,
        first
            + " and "
            + second
            + " are confused most: "
            + Words.whole(forth + back)
            + " of "
            + Words.whole(confusions.errors())
            + " errors on "
            + Words.whole(confusions.images())
            + " test images, "
            + Words.number(ratio)
            + " times as many as if errors fell where they may. "
            + Math.max(forth, back)
            + " times "
            + first
            + " was taken for "
            + second
            + ", "
            + Math.min(forth, back)
            + " times "
            + second
            + " for "
            + first
            + (oneWay ? ": mostly one way." : ": no clear direction."),
        new Effect(ratio, "errors of the pair over those expected"),
        "errors spread by how often each class is mistaken and wrongly guessed, corrected for all"
            + " pairs",
        1 - 1 / ratio,
        link,
        new About(rows, List.of(one, other), List.of()));
  }

  /// The study's own observations that are taken so.
  private static List<Integer> rows(Evidence evidence, int one, int other) {
    Study study = evidence.study();
    float[] predictions = study.run(evidence.info().name()).predictions(evidence.epoch());
    int[] labels = study.labels();
    int classes = predictions.length / labels.length;
    List<Integer> rows = new ArrayList<>();
    for (int row = 0; row < labels.length; row++) {
      int predicted = LabelSuspects.largest(predictions, row, classes);
      if ((labels[row] == one && predicted == other)
          || (labels[row] == other && predicted == one)) {
        rows.add(row);
      }
    }
    return rows;
  }
}
