package io.inscape.snapshot;

import io.inscape.figure.HintonFigure;
import io.inscape.figure.HistogramFigure;
import io.inscape.figure.HistogramPanel;
import io.inscape.network.LayerTensor;
import io.inscape.network.Network;
import io.inscape.weight.HintonDiagram;
import io.inscape.weight.Histogram;
import io.inscape.weight.Summary;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Weights as pictures.
public final class WeightFigures {
  private WeightFigures() {}

  /// Histograms of a report: a column for each tensor, a row for each snapshot.
  ///
  /// @param report what to draw
  /// @return an SVG document
  /// @throws IllegalArgumentException if no tensor has a finite weight
  public static String histograms(WeightReport report) {
    Map<String, List<HistogramPanel>> columns = new LinkedHashMap<>();
    for (TensorRow row : report.rows()) {
      Histogram histogram = row.distribution().histogram();
      Summary summary = row.distribution().summary();
      if (histogram != null && summary != null) {
        String caption =
            String.format(
                Locale.ROOT,
                "mean %.4g, variance %.4g, sd %.4g",
                summary.mean(),
                summary.variance(),
                summary.sd());
        columns
            .computeIfAbsent(row.key(), _ -> new ArrayList<>())
            .add(
                new HistogramPanel(
                    row.tensor().title() + ", " + row.snapshot().title(),
                    caption
                        + (row.distribution().sound()
                            ? ""
                            : ", "
                                + (row.distribution().nan() + row.distribution().infinite())
                                + " not finite"),
                    histogram.bins().edges(),
                    histogram.counts(),
                    summary.mean()));
      }
    }
    if (columns.isEmpty()) {
      throw new IllegalArgumentException(
          "there is nothing to draw: no weight of the chosen tensors is finite");
    }
    return new HistogramFigure(
            "Distributions of weights",
            List.copyOf(columns.values()),
            "Same bins and axes within a column; the red line is the mean.")
        .svg();
  }

  /// Hinton diagrams of one layer's weights, one for each snapshot, in one scale.
  ///
  /// @param snapshots at least one
  /// @param choice the layer
  /// @param most cells on a side; larger matrices are shown by block means
  /// @return an SVG document
  /// @throws IllegalArgumentException if a network has no such layer, or its weights are no matrix
  public static String hinton(List<Snapshot> snapshots, TensorChoice choice, int most) {
    List<HintonDiagram> diagrams = new ArrayList<>();
    List<String> names = new ArrayList<>();
    TensorChoice weights =
        new TensorChoice(choice.tensor(), choice.layer(), TensorChoice.Kind.WEIGHTS);
    for (Snapshot snapshot : snapshots) {
      Network network = snapshot.read();
      LayerTensor tensor =
          snapshot.choose(network, weights).stream()
              .filter(one -> one.shape().size() > 1)
              .findFirst()
              .orElseThrow(() ->
                  new IllegalArgumentException(
                      snapshot.title() + " has no matrix of weights in the chosen layer to draw"));
      diagrams.add(
          HintonDiagram.of(
              tensor.bySender(Snapshot.values(network, tensor)),
              tensor.senders(),
              tensor.receivers(),
              most));
      names.add(tensor.title() + " (" + tensor.size() + "), " + snapshot.title());
    }
    return new HintonFigure(
            "Hinton diagram",
            names,
            diagrams,
            "White: above zero, black: below; the area of a square is the size of the weight.")
        .svg();
  }
}
