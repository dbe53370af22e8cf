package io.inscape.vectors;

import io.inscape.neuron.DiscriminativeScores;
import io.inscape.neuron.ForestParams;
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
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// What is said about units, wherever they come from.
public final class NeuronReport {
  private static final int NAMED_DEAD = 20;

  private final Subject subject;
  private final Asked asked;
  private final @Nullable Placed placed;
  private final @Nullable DiscriminativeScores scores;
  private final @Nullable SeedSpread spread;
  private final @Nullable Keeping keeping;
  private final Map<String, Double> seconds;

  /// Whose units they are.
  ///
  /// @param title as a person reads it
  /// @param observations how many there are
  /// @param units how many, dead ones included
  /// @param classNames of the observations; empty without labels
  /// @param input as JSON has it
  record Subject(
      String title,
      long observations,
      long units,
      List<String> classNames,
      Map<String, Object> input) {}

  /// What was asked for.
  ///
  /// @param map how the units are laid out
  /// @param forest how they are scored
  /// @param outputs where the results go
  record Asked(NeuronRun.Map map, ForestParams forest, NeuronRun.Outputs outputs) {}

  /// What came out; null where it was not asked for.
  ///
  /// @param placed the units in the plane
  /// @param scores of all units
  /// @param spread how far two seeds agree
  record Found(
      @Nullable Placed placed,
      @Nullable DiscriminativeScores scores,
      @Nullable SeedSpread spread) {}

  /// The units in the plane.
  ///
  /// @param live the units of the layout's rows
  /// @param dead the others
  /// @param layout rows = live units
  /// @param stress stress-1 of the layout
  @SuppressWarnings("ArrayRecordComponent") // kept within the package, never compared
  record Placed(int[] live, int[] dead, Layout layout, double stress) {}

  /// Where results are kept.
  ///
  /// @param study folder of the study
  /// @param digests by kind
  /// @param before whether all of it was there already
  record Keeping(String study, Map<String, String> digests, boolean before) {}

  NeuronReport(
      Subject subject,
      Asked asked,
      Found found,
      @Nullable Keeping keeping,
      Map<String, Double> seconds) {
    this.subject = subject;
    this.asked = asked;
    this.placed = found.placed();
    this.scores = found.scores();
    this.spread = found.spread();
    this.keeping = keeping;
    this.seconds = seconds;
  }

  private List<Integer> dead() {
    int[] dead = scores != null ? scores.dead() : placed != null ? placed.dead() : new int[0];
    return IntStream.of(dead).boxed().toList();
  }

  /// {@return where the results are kept, in a sentence; empty if they are of files}
  public Optional<String> kept() {
    return Optional.ofNullable(keeping)
        .map(where ->
            where.before()
                ? where.study() + " had all of it already, so nothing was computed again."
                : "Kept in "
                    + where.study()
                    + "; ./inscape serve "
                    + where.study()
                    + " --open shows it.");
  }

  /// {@return the report for programs}
  ///
  /// @param version of Inscape
  /// @param top how many units are named for each class
  public Map<String, Object> toMap(String version, int top) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("version", version);
    map.put("input", subject.input());
    map.put("dead", dead());
    map.put("layout", placed == null ? null : layout(placed));
    map.put("forests", scores == null ? null : forests(scores, top));
    if (keeping != null) {
      map.put("digests", keeping.digests());
      map.put("keptBefore", keeping.before());
    }
    map.put("seconds", seconds);
    return map;
  }

  private Map<String, Object> layout(Placed units) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("output", text(asked.outputs().layout()));
    map.put("method", asked.map().method());
    map.put("parameters", Parameters.toMap((Record) asked.map().params(asked.forest().seed())));
    map.put("measure", asked.map().measure().name().toLowerCase(Locale.ROOT));
    map.put("stress", units.stress());
    map.put("units", IntStream.of(units.live()).boxed().toList());
    map.put("unitsOutput", text(asked.outputs().units()));
    return map;
  }

  private Map<String, Object> forests(DiscriminativeScores found, int top) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("output", text(asked.outputs().scores()));
    map.put("parameters", Parameters.toMap(asked.forest()));
    List<Map<String, Object>> classes = new ArrayList<>();
    for (int target = 0; target < found.classes(); target++) {
      int one = target;
      Map<String, Object> entry = new LinkedHashMap<>();
      entry.put("name", subject.classNames().get(target));
      entry.put("spearman", spread == null ? null : spread.spearman().get(target));
      entry.put("pearson", spread == null ? null : spread.pearson().get(target));
      entry.put("sharedTop", spread == null ? null : spread.sharedTop().get(target));
      entry.put(
          "strongest",
          IntStream.of(found.strongest(target, top))
              .mapToObj(unit -> score(unit, found.get(one, unit)))
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

  private static Map<String, Object> score(int unit, float score) {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("unit", unit);
    entry.put("score", score);
    return entry;
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
        subject.title()
            + ": "
            + TextTable.count(subject.observations())
            + " observations of "
            + units(subject.units()));
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
      Path file = asked.outputs().layout();
      lines.add("");
      lines.add(
          (file == null ? "map" : file.toString())
              + ": "
              + units(placed.live().length)
              + " by "
              + Projections.method(asked.map().method()).title()
              + " of 1 - |"
              + asked.map().measure().name().toLowerCase(Locale.ROOT)
              + "|"
              + String.format(Locale.ROOT, ", stress %.2f", placed.stress()));
      if (file != null && placed.dead().length > 0 && asked.outputs().units() == null) {
        lines.add("  its rows are the units that are not dead; --units N.npy writes their numbers");
      }
    }
    return lines;
  }

  private List<String> table(DiscriminativeScores found, int top) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "units that tell a class from the others, strongest first; "
            + TextTable.count(asked.forest().trees())
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
          subject.classNames().get(target),
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
