package io.inscape.study.finding;

import io.inscape.quality.NeighborhoodHit;
import io.inscape.study.finding.Finding.About;
import io.inscape.study.finding.Finding.Effect;
import io.inscape.study.finding.Verdict.Silence;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What the untrained network's last hidden layer tells apart already, and what training added.
final class BeforeTraining {
  static final String SEPARATES = "untrained-separates";
  static final String GAIN = "training-gain";

  /// How far above chance, of the way from chance to perfection, is worth a sentence.
  private static final double LEAST = .1;

  private static final double LEAST_GAIN = .02;

  private BeforeTraining() {}

  static Verdict separates(Evidence evidence) {
    Optional<String> layer = evidence.lastHidden();
    if (layer.isEmpty() || !evidence.untrainedIsKept()) {
      return new Silence(
          SEPARATES,
          layer.isEmpty()
              ? "The network has no hidden layer."
              : "The untrained network is not kept.");
    }
    double[] hits = evidence.testHits(0, layer.get());
    double chance = NeighborhoodHit.baseline(evidence.testImages().labels());
    double[] above = hits.clone();
    for (int i = 0; i < above.length; i++) {
      above[i] -= chance;
    }
    Bootstrap.Difference beyond = Bootstrap.mean(above, evidence.params().seed());
    String untrained = Words.percent(Bootstrap.mean(hits));
    double share = beyond.value() / (1 - chance);
    if (beyond.low() <= 0 || share < LEAST) {
      return new Silence(
          SEPARATES,
          "Before training "
              + untrained
              + " of an image's neighbors in "
              + layer.get()
              + " have its class, and chance is "
              + Words.percent(chance)
              + ": hardly more.");
    }
    Map<String, Object> link = evidence.link("projection", layer.get());
    link.put("epoch", 0);
    return new Finding(
        SEPARATES,
        "Before any training "
            + layer.get()
            + " already keeps the classes apart: "
            + untrained
            + " of an image's neighbors have its class, where chance is "
            + Words.percent(chance)
            + ". The pixels themselves reach "
            + Words.percent(Bootstrap.mean(evidence.testHitsOfPixels()))
            + ", so this much is in the images, not learned.",
        new Effect(beyond.value(), "neighborhood hit above chance"),
        "chance, and the preprocessed pixels",
        share,
        link,
        About.layers(List.of(layer.get())));
  }

  static Verdict gain(Evidence evidence) {
    Optional<String> layer = evidence.lastHidden();
    if (layer.isEmpty() || !evidence.untrainedIsKept()) {
      return new Silence(
          GAIN,
          layer.isEmpty()
              ? "The network has no hidden layer."
              : "The untrained network is not kept.");
    }
    double[] before = evidence.testHits(0, layer.get());
    double[] after = evidence.testHits(evidence.epoch(), layer.get());
    double[] differences = after.clone();
    Arrays.setAll(differences, i -> after[i] - before[i]);
    Bootstrap.Difference gain = Bootstrap.mean(differences, evidence.params().seed());
    double first = Bootstrap.mean(before);
    double now = Bootstrap.mean(after);
    if ((gain.low() < 0 && gain.high() > 0) || Math.abs(gain.value()) < LEAST_GAIN) {
      return new Silence(
          GAIN,
          "The neighborhood hit of "
              + layer.get()
              + " is as before training: "
              + Words.percent(first)
              + " then, "
              + Words.percent(now)
              + " now.");
    }
    boolean raised = gain.value() > 0;
    return new Finding(
        GAIN,
        sentence(layer.get(), first, now, gain, Bootstrap.mean(evidence.testHitsOfPixels())),
        new Effect(gain.value(), "neighborhood hit now less that of the untrained network"),
        "the untrained network, and the preprocessed pixels, on the same images",
        raised ? gain.value() / (1 - first) : -gain.value() / first,
        evidence.link("projection", layer.get()),
        About.layers(List.of(layer.get())));
  }

  private static String sentence(
      String layer, double first, double now, Bootstrap.Difference gain, double pixels) {
    boolean raised = now > first;
    return "Training "
        + (raised ? "raised" : "lowered")
        + " the neighborhood hit of "
        + layer
        + " from "
        + Words.percent(first)
        + " to "
        + Words.percent(now)
        + " ("
        + Words.interval(gain)
        + " points); the pixels have "
        + Words.percent(pixels)
        + (now > pixels || !raised ? "." : ", so the layer is no better than they are.");
  }
}
