package io.inscape.cli;

import io.inscape.study.bring.Understanding;
import io.inscape.study.bring.Understanding.DataPart;
import io.inscape.study.bring.Understanding.InputPart;
import io.inscape.study.bring.Understanding.LayerPart;
import io.inscape.study.bring.Understanding.ModelPart;
import io.inscape.study.bring.Understanding.ValuePart;
import io.inscape.vectors.TextTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Puts what was understood of networks and data into lines.
final class ImportWords {
  private ImportWords() {}

  static List<String> of(Understanding found) {
    List<String> lines = new ArrayList<>();
    if (found.model() != null && found.model().problem() == null) {
      model(found.model(), lines);
    }
    if (found.data() != null && found.data().problem() == null) {
      data(found.data(), lines);
    }
    if (found.input() != null) {
      input(found.input(), lines);
    }
    if (found.check() != null) {
      lines.add(found.check().sentence());
    }
    if (!found.views().isEmpty()) {
      TextTable table = new TextTable("view", "available", "why");
      found.views().forEach(view -> table.add(view.title(), view.available(), view.why()));
      lines.addAll(table.lines());
    }
    return lines;
  }

  private static void model(ModelPart model, List<String> lines) {
    lines.add(
        model.name()
            + ": "
            + TextTable.count(model.parameters())
            + " parameters, operator set "
            + model.opset()
            + (model.runs().isEmpty() ? "" : ", runs " + String.join(", ", model.runs())));
    lines.add("takes " + values(model.inputs()) + "; gives " + values(model.outputs()));
    lines.add(
        model.files().size() == 1
            ? "one checkpoint, epoch " + model.files().getFirst().epoch()
            : model.files().size()
                + " checkpoints, epochs "
                + String.join(
                    ", ",
                    model.files().stream().map(file -> String.valueOf(file.epoch())).toList()));
    TextTable table = new TextTable("layer", "units", "shape", "operator, value");
    for (LayerPart layer : model.layers()) {
      if (layer.proposed()) {
        table.add(
            layer.name(),
            TextTable.count(layer.units()),
            shape(layer.shape()) + (layer.reading().equals("all") ? "" : ", " + layer.reading()),
            layer.operator() + ", " + layer.value());
      }
    }
    lines.addAll(table.lines());
  }

  private static String values(List<ValuePart> values) {
    return String.join(
        ", ",
        values.stream()
            .map(value -> value.name() + " (" + value.type() + " " + shape(value.shape()) + ")")
            .toList());
  }

  private static String shape(List<? extends @Nullable Integer> shape) {
    List<String> sizes = new ArrayList<>();
    for (Integer size : shape) {
      sizes.add(size == null ? "?" : size.toString());
    }
    return sizes.isEmpty() ? "-" : String.join(" x ", sizes);
  }

  private static void data(DataPart data, List<String> lines) {
    lines.add(
        data.name()
            + ": "
            + TextTable.count(data.train())
            + " training and "
            + TextTable.count(data.test())
            + " test "
            + data.kind()
            + (data.shape() == null ? "" : " of " + shape(data.shape()))
            + ", "
            + switch (data.labels()) {
              case "classes" -> data.classes().size() + " classes";
              case "values" -> "a target value each";
              default -> "no labels";
            }
            + (data.kind().equals("images") ? ", prepared by " + data.preprocess() : ""));
  }

  private static void input(InputPart input, List<String> lines) {
    lines.add(
        input.sentence()
            + String.format(
                Locale.ROOT,
                " Numbers from %.4g to %.4g, mean %.4g.",
                input.low(),
                input.high(),
                input.mean()));
    for (Understanding.BindingPart part : input.binding()) {
      lines.add(
          "  "
              + part.input()
              + " <- "
              + (part.part().isEmpty() ? "the observation" : part.part())
              + " as "
              + part.type()
              + " "
              + shape(part.shape())
              + ", "
              + part.layout());
    }
  }
}
