package io.inscape.evolution;

import io.inscape.evolution.params.StepScale;
import io.inscape.evolution.params.VffParams;
import io.inscape.evolution.vff.Fusion;
import io.inscape.evolution.vff.FusionSettings;
import io.inscape.evolution.vff.LocalMap;
import io.inscape.matrix.Matrix;
import io.inscape.matrix.Progress;
import io.inscape.matrix.Workers;
import io.inscape.projection.ProjectionRun;
import io.inscape.projection.Projections;
import io.inscape.projection.mds.Dissimilarities;
import io.inscape.projection.params.SmacofParams;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Visual Feature Fusion as a run: sweeps of a [Fusion]; where there are more observations than the
/// sample holds, then one iteration per step that places the others by a [LocalMap].
///
/// Until their step's turn the others are where the nearest of the sample is. See
/// `docs/methods/alignment.md`.
final class VffRun implements AlignmentRun {
  private static final SmacofParams COMMON =
      SmacofParams.defaults().withIterations(100).withTolerance(1e-4);
  private static final int SEARCHED_BYTES = 1 << 25; // what a search for neighbours takes at most

  private final Extent extent;
  private final VffParams params;
  private final Workers workers;
  private final Split split;
  private final Fusion fusion;
  private final Maps maps;
  private final List<float[]> placed = new ArrayList<>(); // of the steps done, [other * 2 + dim]
  private int sweeps;
  private boolean converged;

  private VffRun(
      Extent extent, VffParams params, Split split, Fusion fusion, Maps maps, Workers workers) {
    this.extent = extent;
    this.params = params;
    this.workers = workers;
    this.split = split;
    this.fusion = fusion;
    this.maps = maps;
    converged = fusion.energy() == 0;
  }

  /// What is laid out.
  ///
  /// @param constant numbers of the steps that tell nobody apart, joined by commas
  private record Extent(int steps, int observations, String constant) {
    static Extent of(int steps, int observations, IntPredicate constant) {
      return new Extent(
          steps,
          observations,
          IntStream.range(0, steps)
              .filter(constant)
              .mapToObj(Integer::toString)
              .collect(Collectors.joining(", ")));
    }
  }

  /// How the others are placed.
  ///
  /// @param each one per step, none if nobody is left over
  /// @param common unit of all layouts; 0 where each step has its own
  private record Maps(List<LocalMap> each, double common) {
    int size() {
      return each.size();
    }

    float[] place(int t, float[] layout, Workers workers) {
      LocalMap map = each.get(t);
      return map.place(layout, common > 0 ? common : map.largest(), workers);
    }
  }

  static VffRun start(Sequence sequence, VffParams params, Workers workers, Progress progress) {
    Split split = Split.draw(sequence.observations(), params.sample(), params.seed());
    List<Dissimilarities> tables = new ArrayList<>();
    for (int t = 0; t < sequence.steps(); t++) {
      progress.report("distances", (double) t / sequence.steps());
      Matrix step = sequence.step(t);
      boolean all = split.others().length == 0;
      tables.add(Dissimilarities.euclidean(all ? step : step.selectRows(split.sample()), workers));
    }
    List<LocalMap> maps = maps(sequence, split, tables, workers, progress);
    Fusion fusion = fusion(tables, params, workers, progress);
    double unit = params.scale() == StepScale.COMMON ? Fusion.largest(tables) : 0;
    Extent extent = Extent.of(sequence.steps(), sequence.observations(), sequence::constant);
    return new VffRun(extent, params, split, fusion, new Maps(maps, unit), workers);
  }

  /// Of dissimilarities that are there already; all observations are aligned pair by pair.
  static VffRun start(
      List<Dissimilarities> tables, VffParams params, Workers workers, Progress progress) {
    int observations = tables.getFirst().count();
    Fusion fusion = fusion(tables, params, workers, progress);
    return new VffRun(
        Extent.of(tables.size(), observations, t -> tables.get(t).largestKept() == 0),
        params,
        Split.draw(observations, observations, params.seed()),
        fusion,
        new Maps(List.of(), 0),
        workers);
  }

  private static Fusion fusion(
      List<Dissimilarities> tables, VffParams params, Workers workers, Progress progress) {
    progress.report("start", 0);
    FusionSettings settings = new FusionSettings(params.lambda(), params.target(), params.scale());
    Fusion fusion = Fusion.start(tables, commonStart(tables, workers), settings, workers);
    progress.report("start", 1);
    return fusion;
  }

  /// The layout that fits the mean of all steps' distances: the best one if all steps had to share
  /// it, and so where alignment alone would end, whatever lambda.
  private static float[][] commonStart(List<Dissimilarities> tables, Workers workers) {
    Dissimilarities mean = Dissimilarities.mean(tables, workers);
    ProjectionRun run = Projections.start(mean, COMMON, workers, Progress.none());
    run.step(COMMON.iterations());
    float[] layout = run.layout().toArray();
    float[][] start = new float[2][layout.length / 2];
    for (int at = 0; at < layout.length; at++) {
      start[at % 2][at / 2] = layout[at];
    }
    return start;
  }

  /// Who follows whom at every step. A step that tells nobody apart borrows from the nearest one
  /// that does.
  private static List<LocalMap> maps(
      Sequence sequence,
      Split split,
      List<Dissimilarities> tables,
      Workers workers,
      Progress progress) {
    LocalMap[] found = new LocalMap[split.others().length == 0 ? 0 : sequence.steps()];
    List<LocalMap> maps = new ArrayList<>();
    for (int t = 0; t < found.length; t++) {
      progress.report("neighbors", (double) t / found.length);
      int source = varying(sequence, t);
      if (found[source] == null) {
        found[source] =
            LocalMap.of(
                sequence.step(source), split.sample(), split.others(), tables.get(source), workers);
      }
      maps.add(found[source]);
    }
    return List.copyOf(maps);
  }

  /// The step nearest to one at which observations differ; the step itself if there is none.
  private static int varying(Sequence sequence, int t) {
    for (int away = 0; away < sequence.steps(); away++) {
      for (int near : new int[] {t - away, t + away}) {
        if (near >= 0 && near < sequence.steps() && !sequence.constant(near)) {
          return near;
        }
      }
    }
    return t;
  }

  static long bytesNeeded(Sequence sequence, VffParams params) {
    long steps = sequence.steps();
    long sample = Math.min(sequence.observations(), params.sample());
    long others = sequence.observations() - sample;
    long widest = 0;
    for (int t = 0; t < steps; t++) {
      widest = Math.max(widest, sequence.step(t).cols());
    }
    long tables = (steps + 1) * 4 * sample * (sample + Dissimilarities.LANES);
    long positions = steps * (100 * sample + 16L * sequence.observations());
    long search = others == 0 ? 0 : LocalMap.bytes(others) * steps + SEARCHED_BYTES;
    long rows = (others == 0 ? 12 : 16) * (sample + LocalMap.searchedAtOnce(others)) * widest;
    return tables + positions + search + rows;
  }

  @Override
  public boolean done() {
    return laidOut() && placed.size() == maps.size();
  }

  private boolean laidOut() {
    return converged || sweeps >= params.sweeps();
  }

  @Override
  public int iteration() {
    return sweeps + placed.size();
  }

  @Override
  public int iterations() {
    return (laidOut() ? sweeps : params.sweeps()) + maps.size();
  }

  @Override
  public String stage() {
    return laidOut() ? "extension" : "layout";
  }

  @Override
  public void step(int iterations) {
    for (int step = 0; step < iterations && !done(); step++) {
      if (laidOut()) {
        int t = placed.size();
        placed.add(maps.place(t, fusion.layout(t), workers));
      } else {
        double before = fusion.energy();
        boolean fell = fusion.step();
        sweeps++;
        converged = !fell || before - fusion.energy() <= params.tolerance() * before;
      }
    }
  }

  @Override
  public LayoutSequence layouts() {
    int observations = extent.observations();
    float[] values = new float[2 * extent.steps() * observations];
    for (int t = 0; t < extent.steps(); t++) {
      float[] layout = fusion.layout(t);
      int first = t * observations;
      for (int at = 0; at < split.sample().length; at++) {
        copy(layout, at, values, first + split.sample()[at]);
      }
      for (int other = 0; other < split.others().length; other++) {
        boolean done = t < placed.size();
        int from = done ? other : maps.each().get(t).nearest(other);
        copy(done ? placed.get(t) : layout, from, values, first + split.others()[other]);
      }
    }
    return LayoutSequence.checked(extent.steps(), observations, 2, values);
  }

  private static void copy(float[] from, int point, float[] to, int other) {
    to[2 * other] = from[2 * point];
    to[2 * other + 1] = from[2 * point + 1];
  }

  @Override
  public OptionalDouble energy() {
    return OptionalDouble.of(fusion.energy());
  }

  @Override
  public Map<String, Object> details() {
    Map<String, Object> details = new LinkedHashMap<>();
    details.put("sample", split.sample().length);
    details.put("extended", split.others().length);
    details.put("sweeps", sweeps);
    details.put("converged", converged);
    details.put("stress", fusion.stress());
    details.put("alignment", fusion.alignment());
    details.put("constantSteps", extent.constant());
    return details;
  }
}
