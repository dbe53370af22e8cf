package io.inscape.vectors;

import io.inscape.neuron.DiscriminativeScores;
import io.inscape.neuron.NeuronDissimilarity;
import io.inscape.neuron.SeedSpread;
import io.inscape.parameter.Parameters;
import io.inscape.projection.Layout;
import io.inscape.projection.Projections;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// What is said about the units of a file.
public final class NeuronReport {
  private static final int NAMED_DEAD = 20;

  private final NeuronRun run;
  private final NeuronRun.Outputs outputs;
  private final @Nullable Placed placed;
  private final @Nullable DiscriminativeScores scores;
  private final @Nullable SeedSpread spread;
  private final Map<String, Double> seconds;

  /// The units in the plane.
  ///
  /// @param units which of them live
  /// @param layout rows = live units
  record Placed(NeuronDissimilarity units, Layout layout) {
    int[] live() {
      return units.live();
    }

    int[] dead() {
      return units.dead();
    }
  }

  NeuronReport(
      NeuronRun run,
      NeuronRun.Outputs outputs,
      @Nullable Placed placed,
      @Nullable DiscriminativeScores scores,
      @Nullable SeedSpread spread,
      Map<String, Double> seconds) {
    this.run = run;
    this.outputs = outputs;
    this.placed = placed;
    this.scores = scores;
    this.spread = spread;
    this.seconds = seconds;
  }

  private List<Integer> dead() {
    int[] dead = scores != null ? scores.dead() : placed != null ? placed.dead() : new int[0];
    return IntStream.of(dead).boxed().toList();
  }

  /// {@return the report for programs}
  ///
  /// @param version of Inscape
  /// @param top how many units are named for each class
  public Map<String, Object> toMap(String version, int top) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("version", version);
    map.put("input", run.source().toMap());
    map.put("dead", dead());
    map.put("layout", placed == null ? null : layout(placed));
    map.put("forests", scores == null ? null : forests(scores, top));
    map.put("seconds", seconds);
    return map;
  }

  private Map<String, Object> layout(Placed units) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("output", text(outputs.layout()));
    map.put("method", run.map().method());
    map.put("parameters", Parameters.toMap((Record) run.map().params(run.forest().seed())));
    map.put("measure", run.map().measure().name().toLowerCase(Locale.ROOT));
    map.put("units", IntStream.of(units.live()).boxed().toList());
    map.put("unitsOutput", text(outputs.units()));
    return map;
  }

  private Map<String, Object> forests(DiscriminativeScores found, int top) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("output", text(outputs.scores()));
    map.put("parameters", Parameters.toMap(run.forest()));
    List<Map<String, Object>> classes = new ArrayList<>();
    for (int target = 0; target < found.classes(); target++) {
      int one = target;
      Map<String, Object> entry = new LinkedHashMap<>();
      entry.put("name", run.source().classNames().get(target));
      entry.put("spearman", spread == null ? null : spread.spearman().get(target));
      entry.put("sharedTop", spread == null ? null : spread.sharedTop().get(target));
      entry.put(
          "strongest",
          IntStream.of(found.strongest(target, top))
              .mapToObj(unit -> Map.of("unit", unit, "score", found.get(one, unit)))
              .toList());
      entry.put(
          "bestOf",
          IntStream.range(0, found.units())
              .filter(unit -> found.bestClass(unit).orElse(-1) == one)
              .count());
      classes.add(entry);
    }
    map.put("classes", classes);
    map.put("comparedTop", spread == null ? null : spread.top());
    return map;
  }

  private static @Nullable String text(@Nullable Path path) {
    return path == null ? null : path.toString();
  }

  /// {@return the report for a person}
  ///
  /// @param top how many units are named for each class
  public List<String> lines(int top) {
    List<String> lines = new ArrayList<>();
    lines.add(
        run.source().file().name()
            + ": "
            + TextTable.count(run.source().rows())
            + " observations of "
            + units(run.source().columns()));
    List<Integer> dead = dead();
    lines.add(
        dead.isEmpty()
            ? "no unit is dead"
            : units(dead.size())
                + " dead, constant over the observations: "
                + dead.stream()
                    .limit(NAMED_DEAD)
                    .map(String::valueOf)
                    .collect(Collectors.joining(", "))
                + (dead.size() > NAMED_DEAD ? ", ... (--json names all)" : ""));
    if (scores != null) {
      lines.add("");
      lines.addAll(table(scores, top));
    }
    if (placed != null) {
      lines.add("");
      lines.add(
          outputs.layout()
              + ": "
              + units(placed.live().length)
              + " by "
              + Projections.method(run.map().method()).title()
              + " of 1 - |"
              + run.map().measure().name().toLowerCase(Locale.ROOT)
              + "|");
      if (placed.dead().length > 0 && outputs.units() == null) {
        lines.add("  its rows are the units that are not dead; --units N.npy writes their numbers");
      }
    }
    return lines;
  }

  private List<String> table(DiscriminativeScores found, int top) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "units that tell a class from the others, strongest first; "
            + TextTable.count(run.forest().trees())
            + " trees for each class");
    TextTable table =
        new TextTable("class", "best of", "seeds agree", "shared top", "unit (score)");
    for (int target = 0; target < found.classes(); target++) {
      int one = target;
      long best =
          IntStream.range(0, found.units())
              .filter(unit -> found.bestClass(unit).orElse(-1) == one)
              .count();
      Double rho = spread == null ? null : spread.spearman().get(target);
      Integer shared = spread == null ? null : spread.sharedTop().get(target);
      table.add(
          run.source().classNames().get(target),
          TextTable.count(best),
          rho == null ? "-" : String.format(Locale.ROOT, "%.2f", rho),
          spread == null || shared == null ? "-" : shared + " of " + spread.top(),
          IntStream.of(found.strongest(target, top))
              .mapToObj(unit -> String.format(Locale.ROOT, "%d (%.4f)", unit, found.get(one, unit)))
              .collect(Collectors.joining("  ")));
    }
    lines.addAll(table.lines());
    lines.add("  best of: units that tell this class better than any other");
    if (spread != null) {
      lines.add(
          "  seeds agree: rank correlation of the scores of two seeds; shared top: strongest units"
              + " that both seeds find");
    }
    return lines;
  }

  private static String units(long count) {
    return TextTable.count(count) + (count == 1 ? " unit" : " units");
  }
}
