package io.inscape.vectors;

import io.inscape.matrix.Matrix;
import io.inscape.matrix.Progress;
import io.inscape.matrix.Workers;
import io.inscape.neuron.DiscriminativeScores;
import io.inscape.neuron.ForestParams;
import io.inscape.neuron.SeedSpread;
import io.inscape.projection.Layout;
import io.inscape.study.Study;
import io.inscape.study.analysis.AnalysisResult;
import io.inscape.study.analysis.Column;
import io.inscape.study.analysis.ComputedAnalysis;
import io.inscape.study.analysis.Results;
import io.inscape.study.unit.ScoreAnalysis;
import io.inscape.study.unit.ScoreParams;
import io.inscape.study.unit.UnitMapAnalysis;
import io.inscape.study.unit.UnitSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/// The units of a layer of a study: scored, laid out, and kept there, or found there.
///
/// @param study open for writing
/// @param source which units
/// @param map how they are laid out
/// @param forest how they are scored
/// @param compared whether a second seed is scored too, to see how far the two agree
public record StudyNeurons(
    Study study, UnitSource source, NeuronRun.Map map, ForestParams forest, boolean compared) {
  /// Does it all.
  ///
  /// @param outputs where the results go besides
  /// @param workers do the arithmetic
  /// @param progress hears of every stage
  /// @param talk hears what a person should know, in sentences
  /// @return what came out
  /// @throws java.util.concurrent.CancellationException if the thread is interrupted
  public NeuronReport report(
      NeuronRun.Outputs outputs, Workers workers, Progress progress, Consumer<String> talk) {
    Results results = new Results(study);
    Keeper keeper = new Keeper(results, workers, progress);
    AnalysisResult scored =
        keeper.compute(new ScoreAnalysis(source, ScoreParams.of(forest, compared)));
    NeuronReport.Placed placed = null;
    int units = source.units(study);
    if (outputs.layout() != null || units <= UnitMapAnalysis.MOST) {
      placed = placed(results, keeper.compute(mapped()));
    } else {
      talk.accept(
          "The map is left out, for the layer has "
              + units
              + " units and maps have at most "
              + UnitMapAnalysis.MOST
              + "; --pooling mean or --pooling max takes one for each channel of maps.");
    }
    DiscriminativeScores scores = scores(results, scored, "scores");
    SeedSpread spread =
        compared ? SeedSpread.of(scores, scores(results, scored, "second"), workers) : null;
    outputs.write(placed, scores);
    return new NeuronReport(
        subject(units),
        new NeuronReport.Asked(map, forest, outputs),
        new NeuronReport.Found(placed, scores, spread),
        keeper.keeping(),
        keeper.seconds);
  }

  private UnitMapAnalysis mapped() {
    String measure = map.measure().name().toLowerCase(Locale.ROOT);
    return UnitMapAnalysis.of(
        source, map.method(), Map.of("measure", measure, "seed", forest.seed()));
  }

  private NeuronReport.Subject subject(int units) {
    Map<String, Object> input = new LinkedHashMap<>();
    input.put("study", study.folder().toString());
    input.putAll(source.describe());
    input.put("rows", study.count());
    input.put("columns", units);
    input.put("classes", study.info().dataset().classNames().size());
    return new NeuronReport.Subject(
        source.words(), study.count(), units, study.info().dataset().classNames(), input);
  }

  private static DiscriminativeScores scores(
      Results results, AnalysisResult scored, String column) {
    Column values = results.column(scored.digest(), column);
    return DiscriminativeScores.restore(
        values.shape()[1],
        values.floats(),
        IntStream.of(numbers(scored, "skipped")).boxed().toList(),
        numbers(scored, "dead"));
  }

  private static NeuronReport.Placed placed(Results results, AnalysisResult mapped) {
    int[] live = results.column(mapped.digest(), "unit").ints();
    float[] layout = results.column(mapped.digest(), "layout").floats();
    return new NeuronReport.Placed(
        live,
        numbers(mapped, "dead"),
        Layout.of(Matrix.of(live.length, 2, layout)),
        mapped.report().get("stress") instanceof Number stress ? stress.doubleValue() : Double.NaN);
  }

  private static int[] numbers(AnalysisResult result, String field) {
    return result.report().get(field) instanceof List<?> list
        ? list.stream().mapToInt(one -> one instanceof Integer number ? number : -1).toArray()
        : new int[0];
  }

  /// Computes, and remembers where.
  private final class Keeper {
    private final Results results;
    private final Workers workers;
    private final Progress progress;
    private final Map<String, String> digests = new LinkedHashMap<>();
    private final Map<String, Double> seconds = new LinkedHashMap<>();
    private boolean before = true;

    Keeper(Results results, Workers workers, Progress progress) {
      this.results = results;
      this.workers = workers;
      this.progress = progress;
    }

    AnalysisResult compute(ComputedAnalysis analysis) {
      before &= results.find(analysis).isPresent();
      AnalysisResult result = results.compute(analysis, workers, progress);
      digests.put(result.kind(), result.digest());
      result.seconds().forEach((stage, time) -> seconds.merge(stage, time, Double::sum));
      return result;
    }

    NeuronReport.Keeping keeping() {
      return new NeuronReport.Keeping(study.folder().toString(), digests, before);
    }
  }
}
