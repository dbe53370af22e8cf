package io.inscape.study.bring;

import io.inscape.dataset.Dataset;
import io.inscape.dataset.Images;
import io.inscape.dataset.Targets;
import io.inscape.network.ElementType;
import io.inscape.network.Layer;
import io.inscape.network.Network;
import io.inscape.network.Tensor;
import io.inscape.study.bring.Understanding.Check;
import io.inscape.study.bring.Understanding.ModelPart;
import io.inscape.study.bring.Understanding.View;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// The table of views: what there will be to see of a network and a data set, and why not.
final class Views {
  private static final String YES = "yes";
  private static final String REDUCED = "reduced";
  private static final String NO = "no";

  private final List<View> views = new ArrayList<>();
  private final boolean classes;
  private final boolean scores;
  private final int epochs;
  private final int layers;
  private final boolean images;
  private final String noLabels;

  private Views(Network network, Dataset dataset, Check check, ModelPart model) {
    this.classes = dataset.labelled();
    this.scores = check.answers().equals("classes");
    this.epochs = model.files().size();
    this.layers = network.layers().size();
    this.images = dataset.content() instanceof Images;
    this.noLabels =
        dataset.test().targets() instanceof Targets.Values
            ? "the data set has numbers instead of classes"
            : "the data set has no labels";
  }

  static List<View> of(Network network, Dataset dataset, Check check, ModelPart model) {
    Views table = new Views(network, dataset, check, model);
    table.projections();
    table.networks(network);
    table.classes();
    return table.views;
  }

  private void add(String view, String title, String available, String why) {
    views.add(new View(view, title, available, why));
  }

  private void projections() {
    String unlabelled = "without neighborhood hit and class colours: " + noLabels;
    add(
        "overview",
        "Overview",
        classes ? YES : REDUCED,
        classes ? "the input and the last layer, first and last epoch" : unlabelled);
    add(
        "projection",
        "Projection",
        classes ? YES : REDUCED,
        classes ? layers + " layers and the input" : unlabelled);
    boolean several = epochs > 1 || layers > 1;
    add(
        "compare",
        "Compare",
        several ? YES : REDUCED,
        several
            ? "layers and epochs side by side"
            : "one layer and one epoch: the input beside it");
    add("explore", "Explore", YES, images ? "pixels, axes, distances" : "columns, axes, distances");
    String evolution =
        epochs > 1
            ? "over " + epochs + " epochs" + (layers > 1 ? ", and from layer to layer" : "")
            : "from layer to layer only: one checkpoint; bring several for the epochs";
    String available = epochs > 1 ? YES : layers > 1 ? REDUCED : NO;
    add(
        "evolution",
        "Evolution",
        available,
        available.equals(NO) ? "one layer at one epoch does not move" : evolution);
  }

  private void networks(Network network) {
    add(
        "neurons",
        "Neurons",
        classes ? YES : REDUCED,
        classes
            ? "map, roles, what each tells apart"
            : "map and activations, not what each tells apart: " + noLabels);
    boolean ablation = classes && scores;
    add(
        "ablation",
        "Ablation",
        ablation ? YES : NO,
        ablation
            ? "switch units off and see which classes fail"
            : classes ? "the network gives no class scores" : noLabels);
    weights(network);
    long spatial = network.layers().stream().map(Layer::shape).filter(s -> s.size() > 1).count();
    String positions = "; " + spatial + (spatial == 1 ? " layer" : " layers") + " with positions";
    add("network", "Network", YES, "the graph" + (spatial > 0 ? positions : ""));
  }

  private void weights(Network network) {
    Map<String, Tensor> constants = network.parameters();
    List<ElementType> types =
        network.weights().stream()
            .map(weight -> Objects.requireNonNull(constants.get(weight.name())).type())
            .toList();
    if (types.isEmpty()) {
      boolean whole = constants.values().stream().anyMatch(one -> isPacked(one.type()));
      add(
          "weights",
          "Weights",
          NO,
          whole
              ? "the file holds weights as whole numbers in a form that is not unpacked: their scales"
                  + " are no constants beside them"
              : "the file holds no learned weights");
      return;
    }
    String quantised =
        types.stream().anyMatch(ElementType::isInteger)
            ? "; quantised ones as the real numbers that they stand for"
            : "";
    add(
        "weights",
        "Weights",
        epochs > 1 ? YES : REDUCED,
        (epochs > 1
                ? "distributions over " + epochs + " epochs, Hinton diagrams"
                : "one epoch: distributions and Hinton diagrams, without updates")
            + quantised);
  }

  private static boolean isPacked(ElementType type) {
    return switch (type) {
      case INT8, UINT8, INT4, UINT4 -> true;
      default -> false;
    };
  }

  private void classes() {
    boolean both = classes && scores;
    String why = classes ? "the network gives no class scores" : noLabels;
    add(
        "classes",
        "Classes",
        both ? YES : NO,
        both ? "predictions of each image, confusion matrix, flips" : why);
    add(
        "findings",
        "What stands out",
        both ? YES : NO,
        both ? "sentences with a control each" : why);
  }
}
