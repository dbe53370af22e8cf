package io.inscape.study.unit;

import io.inscape.matrix.Matrix;
import io.inscape.matrix.Progress;
import io.inscape.matrix.Workers;
import io.inscape.neuron.DiscriminativeScores;
import io.inscape.neuron.ForestParams;
import io.inscape.neuron.SeedSpread;
import io.inscape.study.Study;
import io.inscape.study.analysis.Column;
import io.inscape.study.analysis.ComputedAnalysis;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Scores units, tries a second seed, and sees whether the strongest of a class do the same.
final class UnitScores {
  /// How many units of a class are named.
  static final int TOP = 20;

  private final Study study;
  private final ScoreAnalysis analysis;
  private final Workers workers;
  private final Progress progress;

  UnitScores(Study study, ScoreAnalysis analysis, Workers workers, Progress progress) {
    this.study = study;
    this.analysis = analysis;
    this.workers = workers;
    this.progress = progress;
  }

  ComputedAnalysis.Outcome compute() {
    progress.report("activations", 0);
    UnitSource source = analysis.source();
    Matrix activations = UnitActivations.read(study, source, workers, progress);
    UnitFigures figures = UnitFigures.of(activations);
    int[] live = figures.live();
    UnitChecks.requireLive(source, live.length, activations.cols(), activations.rows());
    boolean twice = analysis.params().spread();
    ForestParams forest = analysis.params().forest();
    DiscriminativeScores first = scores(activations, forest, 0, twice ? .5 : 1);
    DiscriminativeScores second =
        twice ? scores(activations, forest.withSeed(forest.seed() + 1), .5, .5) : null;
    SeedSpread spread = second == null ? null : SeedSpread.of(first, second, workers);
    UnitCompactness compactness =
        UnitCompactness.of(activations, live, tops(first), workers, progress);
    return new ComputedAnalysis.Outcome(
        report(first, figures, spread, compactness), columns(activations, figures, first, second));
  }

  private DiscriminativeScores scores(
      Matrix activations, ForestParams params, double begun, double share) {
    return DiscriminativeScores.of(
        activations,
        study.labels(),
        classes(),
        params,
        workers,
        (stage, part) -> progress.report(stage, begun + share * part));
  }

  private int classes() {
    return study.info().dataset().classNames().size();
  }

  private static List<int[]> tops(DiscriminativeScores scores) {
    return IntStream.range(0, scores.classes())
        .mapToObj(target -> scores.strongest(target, TOP))
        .toList();
  }

  private Map<String, Column> columns(
      Matrix activations,
      UnitFigures figures,
      DiscriminativeScores first,
      @Nullable DiscriminativeScores second) {
    int classes = first.classes();
    int units = first.units();
    Map<String, Column> columns = new LinkedHashMap<>();
    columns.put("scores", Column.float32(first.toArray(), classes, units));
    if (second != null) {
      columns.put("second", Column.float32(second.toArray(), classes, units));
    }
    float[] means = UnitFigures.classMeans(activations, study.labels(), classes);
    columns.put("mean", Column.float32(means, classes, units));
    columns.put("overall", Column.float32(figures.mean(), units));
    columns.put("deviation", Column.float32(figures.deviation(), units));
    return columns;
  }

  private Map<String, Object> report(
      DiscriminativeScores scores,
      UnitFigures figures,
      @Nullable SeedSpread spread,
      UnitCompactness compactness) {
    List<@Nullable Object> spreads = new ArrayList<>();
    List<List<Integer>> top = new ArrayList<>();
    List<@Nullable Object> best = new ArrayList<>();
    for (int target = 0; target < scores.classes(); target++) {
      int[] strongest = scores.strongest(target, TOP);
      top.add(IntStream.of(strongest).boxed().toList());
      best.add(
          strongest.length == 0
              ? null
              : Map.of("unit", strongest[0], "score", scores.get(target, strongest[0])));
      spreads.add(spread == null ? null : spread(spread, target));
    }
    Map<String, Object> report = new LinkedHashMap<>();
    report.put("units", scores.units());
    report.put("pooling", analysis.source().chosen().label());
    report.put("dead", figures.dead());
    report.put("skipped", scores.skipped());
    report.put("classNames", study.info().dataset().classNames());
    report.put("spread", spread == null ? null : spreads);
    report.put("sharedOf", spread == null ? null : spread.top());
    report.put("top", top);
    report.put("best", best);
    report.put("bestOf", bestOf(scores));
    report.put("compactness", compactness.byClass());
    report.put("compared", compactness.compared());
    return report;
  }

  private static @Nullable Map<String, Object> spread(SeedSpread spread, int target) {
    Double spearman = spread.spearman().get(target);
    Integer shared = spread.sharedTop().get(target);
    if (spearman == null || shared == null) {
      return null;
    }
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("spearman", spearman);
    fields.put("shared10", shared);
    return fields;
  }

  private static List<Integer> bestOf(DiscriminativeScores scores) {
    int[] counts = new int[scores.classes()];
    for (int unit = 0; unit < scores.units(); unit++) {
      scores.bestClass(unit).ifPresent(target -> counts[target]++);
    }
    return IntStream.of(counts).boxed().toList();
  }
}
