package io.inscape.study.bring;

import io.inscape.study.bring.Understanding.ActivationsPart;
import io.inscape.study.bring.Understanding.DataPart;
import io.inscape.study.bring.Understanding.OutsidePart;
import io.inscape.study.bring.Understanding.View;
import java.util.ArrayList;
import java.util.List;

/// The table of views of activations: what there will be to see without a network, and why not.
final class ActivationViews {
  private static final String YES = "yes";
  private static final String REDUCED = "reduced";
  private static final String NO = "no";

  private final List<View> views = new ArrayList<>();
  private final boolean classes;
  private final boolean input;
  private final String noLabels;
  private final int epochs;
  private final int layers;

  private ActivationViews(ActivationsPart part, int epochs, DataPart data) {
    this.classes = data.labels().equals("classes");
    this.input = data.columns() > 0;
    this.noLabels =
        data.labels().equals("values")
            ? "labels.npy has numbers instead of classes"
            : "there is no labels.npy";
    this.epochs = epochs;
    this.layers =
        part.runs().stream().map(OutsidePart::layers).mapToInt(List::size).max().orElse(0);
  }

  /// @param epochs of the longest run, once all is in
  static List<View> of(ActivationsPart part, int epochs, DataPart data) {
    ActivationViews table = new ActivationViews(part, epochs, data);
    table.projections();
    table.observations(data);
    table.networks();
    return table.views;
  }

  private void add(String view, String title, String available, String why) {
    views.add(new View(view, title, available, why));
  }

  private void projections() {
    String unlabelled = "without neighborhood hit and class colours: " + noLabels;
    String available = classes ? YES : REDUCED;
    add(
        "overview",
        "Overview",
        available,
        classes ? "the layers, first and last epoch" : unlabelled);
    String what = layers + (layers == 1 ? " layer" : " layers");
    String shown = input ? what + " and the input" : what + "; there is no input to project";
    add("projection", "Projection", available, classes ? shown : unlabelled);
    boolean several = epochs > 1 || layers > 1;
    add(
        "compare",
        "Compare",
        several ? YES : REDUCED,
        several ? "layers and epochs side by side" : "one layer and one epoch");
    add(
        "evolution",
        "Evolution",
        epochs > 1 ? YES : layers > 1 ? REDUCED : NO,
        epochs > 1
            ? "over " + epochs + " epochs" + (layers > 1 ? ", and from layer to layer" : "")
            : layers > 1
                ? "from layer to layer only: there is one epoch"
                : "one layer at one epoch does not move");
    add(
        "neurons",
        "Neurons",
        classes ? YES : REDUCED,
        classes
            ? "map, roles, what each tells apart"
            : "map and activations, not what each tells apart: " + noLabels);
  }

  private void observations(DataPart data) {
    boolean images = data.kind().equals("images");
    add(
        "explore",
        "Explore",
        input ? YES : NO,
        input
            ? (images ? "pixels" : "columns") + ", axes, distances"
            : "there is no images.npy or vectors.npy");
  }

  private void networks() {
    add("ablation", "Ablation", NO, "needs a network to run");
    add("weights", "Weights", NO, "activations come without weights");
    add("network", "Network", NO, "activations come without a graph");
    add("classes", "Classes", NO, "needs a network to ask");
    add("findings", "What stands out", NO, "needs a network to test against");
  }
}
