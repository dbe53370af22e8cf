package io.inscape.recipe;

import io.inscape.evolution.LayoutSequence;
import io.inscape.figure.Block;
import io.inscape.figure.Column;
import io.inscape.figure.SequencePicture;
import io.inscape.sequences.BundledTrails;
import io.inscape.sequences.EvolutionFigures;
import io.inscape.sequences.EvolutionResult;
import io.inscape.sequences.FlowField;
import io.inscape.sequences.FlowWords;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An aligned sequence of one network, with what was made of it, in words and pictures.
///
/// @param title what it is, in words, such as `mlp, fc4 over the epochs`
/// @param result layouts, quality, and trails or field
/// @param digest of the kept sequence
public record LearningSpace(String title, EvolutionResult result, String digest) {
  /// Where the observations go on average.
  ///
  /// @param perStep mean length of the way from one step to the next, in the layout's units
  /// @param outward the part of that way that leads away from the middle, from -1, all inward, to 1
  /// @param firstSpread mean distance from the middle at the first step
  /// @param lastSpread the same at the last step
  public record Movement(double perStep, double outward, double firstSpread, double lastSpread) {}

  /// {@return where the observations go on average}
  public Movement movement() {
    LayoutSequence layouts = result.aligned().layouts();
    double length = 0;
    int ways = layouts.steps() - 1;
    for (int t = 0; t < ways; t++) {
      for (int i = 0; i < layouts.observations(); i++) {
        length +=
            Math.hypot(
                layouts.get(t + 1, i, 0) - layouts.get(t, i, 0),
                layouts.get(t + 1, i, 1) - layouts.get(t, i, 1));
      }
    }
    double mean = length / layouts.observations();
    double first = spread(layouts, 0);
    double last = spread(layouts, ways);
    return new Movement(mean / ways, mean > 0 ? (last - first) / mean : 0, first, last);
  }

  private static double spread(LayoutSequence layouts, int step) {
    double[] middle = middle(layouts, step);
    double sum = 0;
    for (int i = 0; i < layouts.observations(); i++) {
      sum += Math.hypot(layouts.get(step, i, 0) - middle[0], layouts.get(step, i, 1) - middle[1]);
    }
    return sum / layouts.observations();
  }

  private static double[] middle(LayoutSequence layouts, int step) {
    double[] middle = new double[2];
    for (int i = 0; i < layouts.observations(); i++) {
      middle[0] += layouts.get(step, i, 0) / (double) layouts.observations();
      middle[1] += layouts.get(step, i, 1) / (double) layouts.observations();
    }
    return middle;
  }

  /// {@return the quality of each step, as `StepQuality` has it}
  List<Map<?, ?>> steps() {
    List<Map<?, ?>> steps = new ArrayList<>();
    Map<String, ?> quality = result.quality();
    if (quality != null && quality.get("steps") instanceof List<?> list) {
      for (Object step : list) {
        if (step instanceof Map<?, ?> judged) {
          steps.add(judged);
        }
      }
    }
    return steps;
  }

  /// A figure of stability over time, such as `spearman`.
  ///
  /// @param which `aligned` or `unaligned`
  @Nullable Double stability(String which, String name) {
    Map<String, ?> quality = result.quality();
    return quality != null
            && quality.get(which) instanceof Map<?, ?> stability
            && stability.get(name) instanceof Number number
        ? (Double) number.doubleValue()
        : null;
  }

  /// {@return what to keep in mind of it, in sentences}
  List<String> warnings() {
    Map<String, ?> quality = result.quality();
    return quality != null && quality.get("warnings") instanceof List<?> list
        ? list.stream().map(String::valueOf).toList()
        : List.of();
  }

  /// {@return the steps, and the field below them, as in the paper of Cantareira et al.}
  Column spaceAndField() {
    SequencePicture picture = EvolutionFigures.picture(result);
    List<Block> blocks = new ArrayList<>();
    blocks.add(picture.slices(result.quality()));
    FlowField field = result.field();
    if (field != null) {
      Movement movement = movement();
      String words =
          String.format(
              Locale.ROOT,
              "mean movement in a step %.3f, of it %.0f %% %s",
              movement.perStep(),
              100 * Math.abs(movement.outward()),
              movement.outward() < 0 ? "inward" : "outward");
      blocks.add(
          picture.field(
              "Vector field", List.of(words + "; " + FlowWords.field(field)), field.fields(), 0));
    }
    return new Column(title, blocks);
  }

  /// {@return the trails, bundled and straight, as in the paper of Rauber et al.}
  List<Column> trails() {
    SequencePicture picture = EvolutionFigures.picture(result);
    List<Column> columns = new ArrayList<>();
    BundledTrails trails = result.trails();
    if (trails != null) {
      Block bundled =
          picture.trails(
              EvolutionFigures.title(trails), List.of(FlowWords.trails(trails)), trails.samples());
      columns.add(new Column("", List.of(bundled)));
    }
    Block straight = picture.trails("The same trails, straight", List.of(), picture.straight());
    columns.add(new Column("", List.of(straight)));
    return columns;
  }
}
