package io.inscape.study.finding;

import io.inscape.study.finding.Finding.About;
import io.inscape.study.finding.Finding.Effect;
import io.inscape.study.finding.Verdict.Silence;

/// Whether the network has learned anything that holds on test images. Where it has not, the other
/// tests have nothing to judge.
final class Learning {
  static final String ID = "learned-nothing";

  /// How much of the way from guessing to perfection counts as learning. An untrained network is
  /// one draw of weights and not one of images: it lands some points beside chance, always the same
  /// ones, so an interval of the share alone would not do.
  private static final double LEAST = .1;

  private Learning() {}

  static boolean learned(Confusions confusions) {
    double chance = confusions.chance();
    double share = (double) confusions.right() / confusions.images();
    Proportions.Interval interval =
        Proportions.wilson(confusions.right(), confusions.images(), Proportions.USUAL);
    return interval.low() > chance && (share - chance) / (1 - chance) >= LEAST;
  }

  static Verdict judge(Evidence evidence) {
    if (evidence.epoch() == 0) {
      return new Silence(ID, "Epoch 0 is the untrained network: there is nothing to learn yet.");
    }
    Confusions confusions = evidence.confusions();
    double share = (double) confusions.right() / confusions.images();
    double chance = confusions.chance();
    if (learned(confusions)) {
      return new Silence(
          ID,
          "The network has learned: "
              + Words.percent(share)
              + " of the test images are right, where guessing gets "
              + Words.percent(chance)
              + ".");
    }
    boolean shuffled = evidence.info().shuffledLabels();
    return new Finding(
        ID,
        "The network has learned nothing that holds on test images: "
            + Words.percent(share)
            + " of "
            + Words.whole(confusions.images())
            + " are right, where always guessing the largest class gets "
            + Words.percent(chance)
            + "."
            + (shuffled
                ? " So it must be: its training labels were shuffled."
                : " Check learning rate, labels and preprocessing."),
        new Effect(share - chance, "accuracy less that of guessing"),
        "always guessing the largest class",
        1,
        evidence.link("overview"),
        About.NETWORK);
  }
}
