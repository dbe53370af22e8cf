package io.inscape.study.finding;

import io.inscape.study.finding.Finding.About;
import io.inscape.study.finding.Finding.Effect;
import io.inscape.study.finding.Verdict.Silence;
import java.util.List;
import java.util.Optional;

/// Whether the images that the network learned from lie more among their own than test images do.
final class Overfitting {
  static final String ID = "overfitting";

  private static final double LEAST = .02;
  private static final double MUCH = .05;

  private Overfitting() {}

  static Verdict judge(Evidence evidence) {
    Optional<String> layer = evidence.lastHidden();
    if (layer.isEmpty()) {
      return new Silence(ID, "The network has no hidden layer.");
    }
    double[] train = evidence.trainHits(layer.get());
    double[] test = evidence.testHits(evidence.epoch(), layer.get());
    double[] trainPixels = evidence.trainHitsOfPixels();
    double[] testPixels = evidence.testHitsOfPixels();
    double pixels = Bootstrap.mean(trainPixels) - Bootstrap.mean(testPixels);
    // what the layer adds to the pixels, so that training images that are easier do not count
    Bootstrap.Difference beyond =
        Bootstrap.between(
            less(train, trainPixels), less(test, testPixels), evidence.params().seed());
    Bootstrap.Difference gap = Bootstrap.between(train, test, evidence.params().seed());
    String figures =
        Words.percent(Bootstrap.mean(train))
            + " of the training images' neighbors in "
            + layer.get()
            + " have their class, "
            + Words.percent(Bootstrap.mean(test))
            + " of the test images'";
    if (gap.low() <= 0 || beyond.low() <= 0 || Math.min(gap.value(), beyond.value()) < LEAST) {
      return new Silence(
          ID, figures + ": no gap of at least " + Words.points(LEAST) + " that is beyond chance.");
    }
    return new Finding(
        ID,
        (beyond.value() < MUCH ? "The network begins to overfit: " : "The network overfits: ")
            + figures
            + ", a gap of "
            + Words.points(gap.value())
            + " ("
            + Words.interval(gap)
            + ").",
        new Effect(gap.value(), "neighborhood hit of training less that of test images"),
        "as many test images, "
            + Words.whole(test.length)
            + "; in the pixels themselves the gap is "
            + Words.points(pixels),
        beyond.value() / .1,
        evidence.link("projection", layer.get()),
        About.layers(List.of(layer.get())));
  }

  private static double[] less(double[] values, double[] others) {
    double[] less = values.clone();
    for (int i = 0; i < less.length; i++) {
      less[i] -= others[i];
    }
    return less;
  }
}
