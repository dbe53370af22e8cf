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

  /// The layers after the first one that is as good as the last, which add nothing that a linear
  /// reader or the neighbourhoods would show: within half a percentage point of the last in both.
  ///
  /// @return their names, none where every layer adds something
  public List<String> drop() {
    int enough = enough();
    return layers.subList(enough + 1, layers.size()).stream().map(LayerFigures::layer).toList();
  }

  /// The layers after the first one that a linear reader finds as much in as in the last, whatever
  /// the neighbourhoods say.
  ///
  /// @return their names
  public List<String> dropByAccuracy() {
    int enough = enoughByAccuracy();
    return layers.subList(enough + 1, layers.size()).stream().map(LayerFigures::layer).toList();
  }

  /// The first layer that is as good as the last one in both figures.
  private int enough() {
    double least = layers.getLast().ownNeighborhoodHit() - MARGIN;
    int first = enoughByAccuracy();
    while (layers.get(first).ownNeighborhoodHit() < least || !accurate(first)) {
      first++;
    }
    return first;
  }

  private int enoughByAccuracy() {
    int first = 0;
    while (!accurate(first)) {
      first++;
    }
    return first;
  }

  private boolean accurate(int layer) {
    return layers.get(layer).accuracy() >= layers.getLast().accuracy() - MARGIN;
  }

  /// {@return what the figures advise, in a sentence or two}
  public String advice() {
    if (layers.size() == 1) {
      return "No hidden layer was probed, so nothing can be said of them.";
    }
    List<String> drop = drop();
    List<String> byAccuracy = dropByAccuracy();
    String advice = drop.isEmpty() ? keep() : dropping(drop);
    if (byAccuracy.size() > drop.size()) {
      LayerFigures first = layers.get(enoughByAccuracy());
      advice +=
          " By accuracy alone, "
              + percent(first.accuracy())
              + " on "
              + first.layer()
              + " would do, and what "
              + String.join(", ", byAccuracy)
              + (byAccuracy.size() == 1 ? " adds" : " add")
              + " is that classes lie closer together.";
    }
    return advice;
  }

  private String keep() {
    LayerFigures last = layers.getLast();
    return "No layer should be dropped: none before "
        + last.layer()
        + " is within 0.5 percentage points of its accuracy, "
        + percent(last.accuracy())
        + ", and of its neighborhood hit, "
        + percent(last.ownNeighborhoodHit())
        + ".";
  }

  private String dropping(List<String> drop) {
    LayerFigures first = layers.get(enough());
    LayerFigures last = layers.getLast();
    return String.join(", ", drop)
        + (drop.size() == 1 ? " adds" : " add")
        + " nothing that shows here and could be dropped: a linear probe on "
        + first.layer()
        + " reaches "
        + percent(first.accuracy())
        + " and its neighborhood hit is "
        + percent(first.ownNeighborhoodHit())
        + ", against "
        + percent(last.accuracy())
        + " and "
        + percent(last.ownNeighborhoodHit())
        + " on "
        + last.layer()
        + ".";
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
    report.put("dropByAccuracy", dropByAccuracy());
    return report;
  }
}
