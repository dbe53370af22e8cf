package io.inscape.study.unit;

import io.inscape.evolution.AlignmentRun;
import io.inscape.evolution.Alignments;
import io.inscape.evolution.LayoutSequence;
import io.inscape.evolution.trails.TrailMeasures;
import io.inscape.matrix.Matrix;
import io.inscape.matrix.Progress;
import io.inscape.matrix.Workers;
import io.inscape.neuron.NeuronDissimilarity;
import io.inscape.neuron.NeuronMap;
import io.inscape.projection.mds.Dissimilarities;
import io.inscape.study.Study;
import io.inscape.study.analysis.Column;
import io.inscape.study.analysis.ComputedAnalysis;
import io.inscape.study.sequence.SequenceSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/// Compares the units of each epoch, and aligns the maps of all epochs.
///
/// One epoch's activations are in memory at a time; the tables of all pairs are there all at once.
final class UnitTrails {
  private static final double MOST_OF_HEAP = 0.6;

  private final Study study;
  private final UnitTrailAnalysis analysis;
  private final List<UnitSource> sources;
  private final Workers workers;
  private final Progress progress;

  UnitTrails(Study study, UnitTrailAnalysis analysis, Workers workers, Progress progress) {
    this.study = study;
    this.analysis = analysis;
    this.sources = analysis.sources();
    this.workers = workers;
    this.progress = progress;
  }

  ComputedAnalysis.Outcome compute() {
    int units = sources.getFirst().units(study);
    int[] live = live(units);
    UnitChecks.requireFew(sources.getFirst(), live.length);
    requireRoom(live.length, sources.size(), Runtime.getRuntime().maxMemory());
    List<Dissimilarities> tables = tables(live);
    AlignmentRun run = Alignments.start(tables, analysis.params().fusion(), workers, progress);
    while (!run.done()) {
      run.step(1);
      progress.report("layout", (double) run.iteration() / run.iterations());
    }
    LayoutSequence layouts = run.layouts();
    Map<String, Column> columns = new LinkedHashMap<>();
    columns.put("unit", Column.int32(live, live.length));
    columns.put("layouts", Column.float32(layouts.toArray(), layouts.steps(), live.length, 2));
    columns.put("length", Column.float32(TrailMeasures.of(layouts).length(), live.length));
    return new ComputedAnalysis.Outcome(report(units, live, tables, run), columns);
  }

  /// The units that vary at every epoch.
  private int[] live(int units) {
    boolean[] varies = new boolean[units];
    Arrays.fill(varies, true);
    int left = units;
    for (int t = 0; t < sources.size(); t++) {
      Matrix activations = read(t, 0);
      boolean[] here = UnitFigures.of(activations).varies();
      for (int unit = 0; unit < units; unit++) {
        varies[unit] &= here[unit];
      }
      left = (int) IntStream.range(0, units).filter(unit -> varies[unit]).count();
      requireLeft(sources.get(t), left, units);
    }
    return IntStream.range(0, units).filter(unit -> varies[unit]).toArray();
  }

  static void requireLeft(UnitSource source, int left, int units) {
    if (left < 2) {
      throw new IllegalArgumentException(
          "at least 2 units must vary at every epoch to be followed, but from "
              + source.words()
              + " on "
              + (left == 0 ? "none" : "only 1")
              + " of the "
              + units
              + " does; leave that epoch out, or take another layer");
    }
  }

  private Matrix read(int t, int pass) {
    progress.report("activations", (pass + (double) t / sources.size()) / 2);
    return UnitActivations.read(study, sources.get(t), workers, progress);
  }

  private List<Dissimilarities> tables(int[] live) {
    List<Dissimilarities> tables = new ArrayList<>();
    for (int t = 0; t < sources.size(); t++) {
      Matrix activations = UnitFigures.columns(read(t, 1), live);
      tables.add(
          NeuronDissimilarity.of(activations, analysis.params().measure(), workers, progress)
              .table());
    }
    return tables;
  }

  static void requireRoom(int units, int steps, long heap) {
    long bytes = 4L * units * (units + Dissimilarities.LANES) * (steps + 1);
    if (bytes > MOST_OF_HEAP * heap) {
      throw new IllegalArgumentException(
          "the pairs of "
              + units
              + " units at "
              + steps
              + " epochs take "
              + gigabytes(bytes)
              + ", the heap has "
              + gigabytes(heap)
              + "; take fewer epochs, or a narrower layer");
    }
  }

  private static String gigabytes(long bytes) {
    return String.format(Locale.ROOT, "%.2f GB", bytes / 1e9);
  }

  private Map<String, Object> report(
      int units, int[] live, List<Dissimilarities> tables, AlignmentRun run) {
    List<Double> stress = new ArrayList<>();
    LayoutSequence layouts = run.layouts();
    for (int t = 0; t < tables.size(); t++) {
      stress.add(NeuronMap.stress(tables.get(t), layouts.step(t), workers));
    }
    Map<String, Object> report = new LinkedHashMap<>();
    report.put("names", analysis.steps().steps().stream().map(SequenceSource.Step::name).toList());
    report.put("epochs", analysis.steps().epochs());
    report.put("units", units);
    report.put(
        "excluded",
        IntStream.range(0, units)
            .filter(unit -> Arrays.binarySearch(live, unit) < 0)
            .boxed()
            .toList());
    report.put("measure", analysis.params().measure().name().toLowerCase(Locale.ROOT));
    report.put("pooling", sources.getFirst().chosen().label());
    report.put("stress", stress);
    report.put("sweeps", run.details().get("sweeps"));
    report.put("converged", run.details().get("converged"));
    return report;
  }
}
