package io.inscape.study.finding;

import io.inscape.study.finding.Evidence.Probed;
import io.inscape.study.finding.Finding.About;
import io.inscape.study.finding.Finding.Effect;
import io.inscape.study.finding.Verdict.Silence;
import io.inscape.study.probe.ProbeReport;
import io.inscape.study.probe.ProbeReport.LayerFigures;
import java.util.List;

/// Layers that a linear reader finds no more in than in the one before them.
final class IdleLayers {
  static final String ID = "idle-layers";

  /// More than this must be out of the question for a layer to be called idle.
  private static final double MOST_GAIN = .02;

  /// One-sided 95 %.
  private static final double ONE_SIDED = 1.644854;

  private IdleLayers() {}

  static Verdict judge(Evidence evidence) {
    Probed probed = evidence.probed();
    List<LayerFigures> layers = probed.layers();
    if (layers.size() < 3) {
      return new Silence(ID, "It takes two hidden layers for one of them to add nothing.");
    }
    ProbeReport report =
        new ProbeReport(layers, null, probed.trainCount(), probed.testCount(), 0, List.of());
    List<String> drop = report.drop();
    LayerFigures last = layers.getLast();
    if (drop.isEmpty()) {
      return new Silence(ID, report.advice());
    }
    LayerFigures enough = layers.get(layers.size() - drop.size() - 1);
    double gain = last.accuracy() - enough.accuracy();
    double most = gain + ONE_SIDED * error(enough.accuracy(), last.accuracy(), probed.testCount());
    if (most > MOST_GAIN) {
      return new Silence(
          ID,
          Words.whole(probed.testCount())
              + " test images are too few to say that "
              + Words.list(drop)
              + (drop.size() == 1 ? " adds" : " add")
              + " nothing: up to "
              + Words.points(most)
              + " are possible.");
    }
    String before = enough.layer().equals("input") ? "the input" : enough.layer();
    return new Finding(
        ID,
        sentence(drop, before, enough, last),
        new Effect(gain, "gain in accuracy of a linear probe"),
        "a linear probe on "
            + before
            + ", "
            + Words.whole(probed.trainCount())
            + " training images"
            + (probed.kept() ? "" : " (a kept probe would stand on more)")
            + "; with 95 % confidence the gain is below "
            + Words.points(most),
        1 - most / MOST_GAIN,
        evidence.link("overview"),
        About.layers(drop));
  }

  private static String sentence(
      List<String> drop, String before, LayerFigures enough, LayerFigures last) {
    boolean one = drop.size() == 1;
    return (one ? "Layer " : "Layers ")
        + Words.list(drop)
        + (one ? " adds " : " add ")
        + amount(last.accuracy() - enough.accuracy())
        + " to what a linear reader finds: "
        + Words.percent(enough.accuracy())
        + " of the test images right on "
        + before
        + ", "
        + Words.percent(last.accuracy())
        + " on "
        + last.layer()
        + ". The network may do as well without "
        + (one ? "it." : "them.");
  }

  private static String amount(double gain) {
    return gain < .0005 ? "nothing" : Words.points(gain);
  }

  /// Of a difference of two shares of so many images; as if they were different images, which is
  /// more than it is.
  private static double error(double one, double other, int count) {
    return Math.sqrt((one * (1 - one) + other * (1 - other)) / count);
  }
}
