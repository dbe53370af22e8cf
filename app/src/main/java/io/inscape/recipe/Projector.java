package io.inscape.recipe;

import io.inscape.figure.Panel;
import io.inscape.matrix.Progress;
import io.inscape.matrix.Workers;
import io.inscape.projection.params.ProjectionParams;
import io.inscape.study.ActivationSource;
import io.inscape.study.Study;
import io.inscape.study.analysis.AnalysisResult;
import io.inscape.study.analysis.ProjectionAnalysis;
import io.inscape.study.analysis.Quality;
import io.inscape.study.analysis.Results;
import io.inscape.study.run.Run;
import io.inscape.study.run.RunInfo;
import io.inscape.training.EpochMetrics;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Projects what a study has, and says in words and pictures what came out.
public final class Projector {
  private static final Set<String> OUTPUT_LAYERS = Set.of("logits", "probabilities");

  private final Study study;
  private final Results results;

  /// A projector for one study.
  ///
  /// @param study open for writing, unless everything asked for is kept already
  public Projector(Study study) {
    this.study = study;
    this.results = new Results(study);
  }

  /// Projects, or finds what is kept.
  ///
  /// @param source what to project
  /// @param params how
  /// @param workers do the arithmetic
  /// @param progress hears how far it is
  /// @return the numbers
  public Row project(
      ActivationSource source, ProjectionParams params, Workers workers, Progress progress) {
    study.labels(); // without them there is little to say, and the study says so
    return row(
        source, results.compute(ProjectionAnalysis.of(source, params), workers, progress).digest());
  }

  /// The numbers of a kept result.
  ///
  /// @param source what was projected
  /// @param digest of the result
  /// @return the numbers
  public Row row(ActivationSource source, String digest) {
    AnalysisResult result = results.get(digest);
    Quality quality = result.layoutQuality();
    return new Row(
        words(source),
        source,
        testAccuracy(source),
        sampleAccuracy(source),
        quality.neighborhoodHit().orElseThrow(),
        quality.ownNeighborhoodHit().orElseThrow(),
        quality.trustworthiness().orElseThrow(),
        digest);
  }

  /// A picture of a kept result.
  ///
  /// @param row the result
  /// @return the panel, with its numbers as the caption
  public Panel panel(Row row) {
    var layout = results.column(row.digest(), "layout");
    float[] positions = new float[layout.littleEndian().length / 4];
    ByteBuffer.wrap(layout.littleEndian())
        .order(ByteOrder.LITTLE_ENDIAN)
        .asFloatBuffer()
        .get(positions);
    int[] labels = study.labels();
    return new Panel(
        row.what(),
        caption(row),
        positions,
        positions.length / labels.length,
        labels,
        wrong(row.source()));
  }

  /// The hidden layers of a run, from input to output.
  ///
  /// @param run the run
  /// @return their names
  public static List<String> hiddenLayers(RunInfo run) {
    return run.layers().stream()
        .map(layer -> layer.name())
        .filter(name -> !OUTPUT_LAYERS.contains(name))
        .toList();
  }

  /// {@return a source in words, such as `fc4 of mlp after 5 epochs`}
  ///
  /// @param source what is projected
  public static String words(ActivationSource source) {
    return switch (source) {
      case ActivationSource.Input _ -> "raw pixels";
      case ActivationSource.Layer(var run, var epoch, var layer) ->
          layer
              + " of "
              + run
              + (epoch == 0
                  ? ", untrained"
                  : epoch == 1 ? " after 1 epoch" : " after " + epoch + " epochs");
    };
  }

  private static String caption(Row row) {
    Double accuracy = row.sampleAccuracy();
    return "NH "
        + percent(row.neighborhoodHit())
        + " (own space "
        + percent(row.neighborhoodHitOwnSpace())
        + "), trust "
        + String.format(Locale.ROOT, "%.3f", row.trustworthiness())
        + (accuracy == null ? "" : ", accuracy " + percent(accuracy));
  }

  static String percent(double share) {
    return String.format(Locale.ROOT, "%.2f %%", 100 * share);
  }

  private @Nullable Double testAccuracy(ActivationSource source) {
    if (!(source instanceof ActivationSource.Layer(var run, var epoch, _))) {
      return null;
    }
    for (EpochMetrics metrics : study.run(run).info().metrics()) {
      if (metrics.epoch() == epoch) {
        return metrics.testAccuracy();
      }
    }
    return null;
  }

  private @Nullable Double sampleAccuracy(ActivationSource source) {
    if (source instanceof ActivationSource.Input) {
      return null;
    }
    int observations = study.labels().length;
    return (observations - wrong(source).cardinality()) / (double) observations;
  }

  /// The observations that the network takes for another class.
  private BitSet wrong(ActivationSource source) {
    BitSet wrong = new BitSet();
    if (source instanceof ActivationSource.Layer(var name, var epoch, _)) {
      Run run = study.run(name);
      float[] predictions = run.predictions(epoch); // [observation * classes + class]
      int[] labels = study.labels();
      int classes = predictions.length / labels.length;
      for (int i = 0; i < labels.length; i++) {
        int best = 0;
        for (int c = 1; c < classes; c++) {
          if (predictions[i * classes + c] > predictions[i * classes + best]) {
            best = c;
          }
        }
        wrong.set(i, best != labels[i]);
      }
    }
    return wrong;
  }
}
