package io.inscape.study.probe;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What linear probes found in the layers of a network, and what follows from it.
///
/// @param layers the input and the probed hidden layers, from input to output
/// @param networkAccuracy the network's own accuracy on the test images; null where it was not
///   measured
/// @param trainCount training images that the probes learned from
/// @param testCount test images that they were measured on
/// @param hitCount observations of the sample that the neighborhood hits stand on
/// @param skipped names of hidden layers that were too wide to be probed
public record ProbeReport(
    List<LayerFigures> layers,
    @Nullable Double networkAccuracy,
    int trainCount,
    int testCount,
    int hitCount,
    List<String> skipped) {
  /// How much less than the last layer's counts as nothing lost.
  static final double MARGIN = .005;

  /// Copies the lists.
  public ProbeReport {
    layers = List.copyOf(layers);
    skipped = List.copyOf(skipped);
  }

  /// What was found in a layer.
  ///
  /// @param layer its name; `input` for the data themselves
  /// @param units its width
  /// @param accuracy of the probe on the test images
  /// @param trainAccuracy of the probe on what it learned from
  /// @param ownNeighborhoodHit share of an observation's nearest in the layer that have its class
  public record LayerFigures(
      String layer, int units, double accuracy, double trainAccuracy, double ownNeighborhoodHit) {}

  /// The layers after the first one that a linear reader finds as much in as in the last, within
  /// half a percentage point: the network's answers would hardly miss them.
  ///
  /// @return their names, none where every layer adds something
  public List<String> drop() {
    int enough = enough();
    return layers.subList(enough + 1, layers.size()).stream().map(LayerFigures::layer).toList();
  }

  private int enough() {
    double least = layers.getLast().accuracy() - MARGIN;
    int first = 0;
    while (layers.get(first).accuracy() < least) {
      first++;
    }
    return first;
  }

  /// {@return what the figures advise, in a sentence or two}
  public String advice() {
    if (layers.size() == 1) {
      return "No hidden layer was probed, so nothing can be said of them.";
    }
    LayerFigures first = layers.get(enough());
    LayerFigures last = layers.getLast();
    List<String> drop = drop();
    if (drop.isEmpty()) {
      return "Every layer adds something: none before "
          + last.layer()
          + " comes within 0.5 percentage points of what a linear probe reaches there, "
          + percent(last.accuracy())
          + ".";
    }
    boolean one = drop.size() == 1;
    return String.join(", ", drop)
        + (one ? " adds" : " add")
        + " less than 0.5 percentage points to what a linear probe finds, "
        + percent(first.accuracy())
        + " on "
        + first.layer()
        + " and "
        + percent(last.accuracy())
        + " on "
        + last.layer()
        + ": the network may do as well without "
        + (one ? "it." : "them.")
        + closeness(first, last, one ? "it adds" : "they add");
  }

  private static String closeness(LayerFigures first, LayerFigures last, String adding) {
    String figures =
        percent(first.ownNeighborhoodHit())
            + " on "
            + first.layer()
            + ", "
            + percent(last.ownNeighborhoodHit())
            + " on "
            + last.layer()
            + ".";
    return last.ownNeighborhoodHit() - first.ownNeighborhoodHit() > MARGIN
        ? " What " + adding + " is that classes lie closer together: neighborhood hit " + figures
        : " Nor do classes lie closer together: neighborhood hit " + figures;
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.2f %%", 100 * share);
  }

  /// {@return the figures for JSON, with advice and the layers to drop}
  public Map<String, Object> toMap() {
    Map<String, Object> network = new LinkedHashMap<>();
    if (networkAccuracy != null) {
      network.put("accuracy", networkAccuracy);
    }
    Map<String, Object> report = new LinkedHashMap<>();
    report.put("layers", new ArrayList<>(layers));
    report.put("network", network);
    report.put("trainCount", trainCount);
    report.put("testCount", testCount);
    report.put("hitCount", hitCount);
    report.put("skipped", skipped);
    report.put("advice", advice());
    report.put("drop", drop());
    return report;
  }
}
