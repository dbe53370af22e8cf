package io.inscape.study.place;

import io.inscape.evolution.Alignments;
import io.inscape.evolution.LayoutSequence;
import io.inscape.evolution.SequencePlacement;
import io.inscape.evolution.params.AlignmentParams;
import io.inscape.matrix.Matrix;
import io.inscape.matrix.Progress;
import io.inscape.matrix.Workers;
import io.inscape.neighbors.Metric;
import io.inscape.projection.Layout;
import io.inscape.projection.Projections;
import io.inscape.projection.params.MdsParams;
import io.inscape.projection.params.PcaParams;
import io.inscape.projection.params.ProjectionParams;
import io.inscape.projection.params.SmacofParams;
import io.inscape.projection.params.StochasticMdsParams;
import io.inscape.projection.params.TsneParams;
import io.inscape.projection.params.UmapParams;
import io.inscape.study.ActivationSource;
import io.inscape.study.analysis.AnalysisResult;
import io.inscape.study.analysis.Column;
import io.inscape.study.analysis.Results;
import io.inscape.study.sequence.SequenceSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The layouts of a kept projection or sequence, and how something is placed into them.
final class KeptLayout {
  private final AnalysisResult result;
  private final List<SequenceSource.Step> steps;
  private final List<Layout> layouts;
  private final Placing placing;

  private KeptLayout(
      AnalysisResult result,
      List<SequenceSource.Step> steps,
      List<Layout> layouts,
      Placing placing) {
    this.result = result;
    this.steps = List.copyOf(steps);
    this.layouts = List.copyOf(layouts);
    this.placing = placing;
  }

  /// Gives the vectors of a step.
  interface Vectors {
    Matrix of(int step);
  }

  /// Places rows into the layout of a step.
  private interface Placing {
    Layout place(int step, Matrix data, Layout layout, Matrix added, Vectors vectors);
  }

  /// @throws io.inscape.study.file.StudyException if there is no such result
  /// @throws IllegalArgumentException if it has no layout of the observations
  static KeptLayout read(Results results, String digest, Workers workers) {
    AnalysisResult result = results.get(digest);
    return switch (result.kind()) {
      case "projection" -> projection(results, result, workers);
      case "sequence" -> sequence(results, result, workers);
      default ->
          throw new IllegalArgumentException(
              "new observations are placed into projections and sequences, but result "
                  + digest
                  + " is of the kind "
                  + result.kind());
    };
  }

  private static KeptLayout projection(Results results, AnalysisResult result, Workers workers) {
    Map<String, Object> about = result.source();
    ActivationSource source =
        ActivationSource.of(
            about.get("run") instanceof String run ? run : null,
            about.get("epoch") instanceof Number epoch ? (Integer) epoch.intValue() : null,
            String.valueOf(about.get("layer")));
    Column column = results.column(result.digest(), "layout");
    int[] shape = column.shape();
    Layout layout = Layout.of(Matrix.of(shape[0], shape[1], column.floats()));
    ProjectionParams params = Projections.method(result.method()).params(result.parameters());
    return new KeptLayout(
        result,
        List.of(new SequenceSource.Step(name(source), source)),
        List.of(layout),
        (_, data, into, added, _) ->
            Projections.place(data, into, params, added, workers, Progress.none()));
  }

  private static String name(ActivationSource source) {
    return switch (source) {
      case ActivationSource.Input _ -> "input";
      case ActivationSource.Layer(_, var epoch, var layer) -> layer + ", epoch " + epoch;
    };
  }

  private static KeptLayout sequence(Results results, AnalysisResult result, Workers workers) {
    LayoutSequence sequence = results.layouts(result.digest());
    List<Layout> layouts = new ArrayList<>();
    for (int t = 0; t < sequence.steps(); t++) {
      layouts.add(sequence.step(t));
    }
    AlignmentParams params = Alignments.method(result.method()).params(result.parameters());
    return new KeptLayout(
        result, steps(result.source()), layouts, new Aligned(params, layouts.size(), workers));
  }

  /// The steps of a kept source, in which nothing is left out.
  private static List<SequenceSource.Step> steps(Map<String, Object> source) {
    SequenceSource read =
        switch (String.valueOf(source.get("by"))) {
          case "epoch" ->
              new SequenceSource.ByEpoch(
                  text(source, "run"), text(source, "layer"), numbers(source.get("epochs")));
          case "layer" ->
              new SequenceSource.ByLayer(
                  text(source, "run"), number(source), texts(source.get("layers")));
          default ->
              new SequenceSource.ByRun(
                  texts(source.get("runs")), number(source), text(source, "layer"));
        };
    return read.steps();
  }

  private static String text(Map<String, Object> source, String key) {
    return String.valueOf(source.get(key));
  }

  private static int number(Map<String, Object> source) {
    return source.get("epoch") instanceof Number epoch ? epoch.intValue() : 0;
  }

  private static List<Integer> numbers(@Nullable Object value) {
    List<Integer> numbers = new ArrayList<>();
    if (value instanceof List<?> list) {
      list.forEach(one -> numbers.add(((Number) one).intValue()));
    }
    return numbers;
  }

  private static List<String> texts(@Nullable Object value) {
    return value instanceof List<?> list ? list.stream().map(String::valueOf).toList() : List.of();
  }

  AnalysisResult result() {
    return result;
  }

  List<SequenceSource.Step> steps() {
    return steps;
  }

  Layout layout(int step) {
    return layouts.get(step);
  }

  /// What near means to the method.
  Metric metric() {
    if (!result.kind().equals("projection")) {
      return Metric.EUCLIDEAN;
    }
    return switch (Projections.method(result.method()).params(result.parameters())) {
      case TsneParams tsne -> tsne.metric();
      case UmapParams umap -> umap.metric();
      case PcaParams _, MdsParams _, SmacofParams _, StochasticMdsParams _ -> Metric.EUCLIDEAN;
    };
  }

  /// Places into a step's layout.
  Layout place(int step, Matrix added, Vectors vectors) {
    return placing.place(step, vectors.of(step), layouts.get(step), added, vectors);
  }

  /// Places rows of the sample as if they were new, into the layout of the others.
  Layout placeAgain(int step, int[] others, Matrix again, Vectors vectors) {
    Layout rest = Layout.of(layouts.get(step).positions().selectRows(others));
    return placing.place(step, vectors.of(step).selectRows(others), rest, again, vectors);
  }

  /// Into the steps of a sequence, whose units are found once.
  private static final class Aligned implements Placing {
    private final SequencePlacement placement;
    private final double[] units;
    private boolean found;

    Aligned(AlignmentParams params, int steps, Workers workers) {
      placement = new SequencePlacement(params, workers);
      units = new double[steps];
    }

    @Override
    public Layout place(int step, Matrix data, Layout layout, Matrix added, Vectors vectors) {
      return placement.place(data, layout, unit(step, vectors), added);
    }

    private synchronized double unit(int step, Vectors vectors) {
      if (!found) {
        for (int t = 0; t < units.length; t++) {
          units[t] = placement.unit(vectors.of(t));
        }
        found = true;
      }
      return placement.unit(units, step);
    }
  }
}
