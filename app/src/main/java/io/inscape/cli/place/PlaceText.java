package io.inscape.cli.place;

import io.inscape.study.place.Placement;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/// A placement in words.
final class PlaceText {
  private static final int CLASSES = 3;
  private static final int UNITS = 6;

  private final List<String> classNames;

  PlaceText(List<String> classNames) {
    this.classNames = List.copyOf(classNames);
  }

  List<String> of(Path image, Placement placed) {
    List<String> lines = new ArrayList<>();
    lines.add(image + ":");
    Placement.Input input = placed.input();
    lines.add(
        "  input       "
            + String.join(" x ", input.shape().stream().map(String::valueOf).toList())
            + ", "
            + number(input.low())
            + " to "
            + number(input.high())
            + "; "
            + input.made());
    if (placed.positions().size() > 1) {
      for (int t = 0; t < placed.positions().size(); t++) {
        Placement.Step step = placed.steps().get(t);
        List<Float> classes = step.prediction();
        lines.add(
            "  "
                + step.name()
                + ": "
                + position(placed.positions().get(t))
                + (classes == null ? "" : ", " + best(classes, 1)));
      }
    } else {
      lines.add("  position    " + position(placed.position()));
    }
    List<Float> prediction = placed.prediction();
    if (prediction != null) {
      lines.add("  prediction  " + best(prediction, CLASSES));
    }
    lines.add("  neighbours  " + neighbours(placed.neighbours()));
    if (!placed.inputNeighbours().isEmpty()) {
      lines.add("  by input    " + neighbours(placed.inputNeighbours()));
    }
    lines.add("  units       " + units(placed.units()));
    lines.add(
        String.format(
            Locale.ROOT,
            "  far         nearer to its neighbour than %.0f %% of the sample are to theirs",
            100 - placed.far().percentile()));
    String warning = placed.far().warning();
    if (warning != null) {
      lines.add("  warning     " + warning);
    }
    lines.add("  trust       " + placed.quality().sentence());
    return lines;
  }

  private static String position(List<Float> position) {
    return String.join(", ", position.stream().map(PlaceText::number).toList());
  }

  private static String number(Number value) {
    return String.format(Locale.ROOT, "%.4g", value.doubleValue());
  }

  private String best(List<Float> prediction, int count) {
    return String.join(
        ", ",
        IntStream.range(0, prediction.size())
            .boxed()
            .sorted(Comparator.comparingDouble((Integer c) -> -prediction.get(c)))
            .limit(count)
            .map(c -> name(c) + String.format(Locale.ROOT, " %.1f %%", 100 * prediction.get(c)))
            .toList());
  }

  private String name(int label) {
    return label < classNames.size() ? classNames.get(label) : String.valueOf(label);
  }

  private String neighbours(List<Placement.Neighbour> neighbours) {
    return String.join(
        ", ",
        neighbours.stream()
            .map(one -> {
              Integer label = one.label();
              return one.observation()
                  + (label == null ? "" : " (" + name(label) + ")")
                  + " "
                  + number(one.distance());
            })
            .toList());
  }

  private static String units(List<Placement.Unit> units) {
    return String.join(
        ", ",
        units.stream()
            .limit(UNITS)
            .map(unit -> {
              Double z = unit.z();
              return unit.unit()
                  + ": "
                  + number(unit.activation())
                  + (z == null ? "" : String.format(Locale.ROOT, " (z %+.1f)", z));
            })
            .toList());
  }
}
