package io.inscape.study.ablation;

import io.inscape.activation.Capture;
import io.inscape.activation.CaptureRequest;
import io.inscape.dataset.Feed;
import io.inscape.dataset.Split;
import io.inscape.matrix.Matrix;
import io.inscape.matrix.Progress;
import io.inscape.matrix.Rng;
import io.inscape.matrix.Workers;
import io.inscape.network.Ablation;
import io.inscape.network.Layer;
import io.inscape.network.Network;
import io.inscape.neuron.UnitFigures;
import io.inscape.study.Study;
import io.inscape.study.analysis.Column;
import io.inscape.study.analysis.ComputedAnalysis.Outcome;
import io.inscape.study.sequence.Steps;
import io.inscape.study.unit.UnitActivations;
import io.inscape.study.unit.UnitPooling;
import io.inscape.study.unit.UnitSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Runs a network as it is, with the units switched off, and with as many others switched off.
final class AblationComputation {
  private final Study study;
  private final UnitSource source;
  private final AblationParams params;
  private final Workers workers;
  private final Progress progress;
  private final Network network;
  private final Layer scores;
  private final Layer last;
  private final Split test;

  AblationComputation(Study study, AblationAnalysis analysis, Workers workers, Progress progress) {
    this.study = study;
    this.source = analysis.source();
    this.params = analysis.params();
    this.workers = workers;
    this.progress = progress;
    this.network = study.run(source.run()).network(source.epoch());
    int classes = study.info().dataset().classNames().size();
    this.scores = new Layer("class scores", network.logits().orElseThrow(), List.of(classes), "");
    this.last = network.layer(Steps.hiddenLayers(study.run(source.run())).getLast());
    this.test = study.dataset().test();
  }

  Outcome compute() {
    progress.report("activations", 0);
    UnitFigures figures =
        UnitFigures.of(UnitActivations.read(study, source, workers, progress), workers);
    float[] instead = instead(figures);
    List<int[]> controls = controls(figures);
    Network ablated = ablated(units(), instead);
    Confusion before = confusion(network, "before");
    Confusion after = confusion(ablated, "after");
    List<Confusion> compared = new ArrayList<>();
    for (int[] control : controls) {
      progress.report("controls", (double) compared.size() / controls.size());
      compared.add(confusion(ablated(control, instead), "controls"));
    }
    List<Matrix> sampleBefore = sample(network);
    List<Matrix> sampleAfter = sample(ablated);
    Map<String, Column> columns = new LinkedHashMap<>();
    columns.put("predictionsAfter", probabilities(sampleAfter.getFirst()));
    Map<String, Object> report = report(before, after, compared);
    report.put("changed", changed(sampleBefore.getFirst(), sampleAfter.getFirst()));
    report.put("dead", Arrays.stream(units()).filter(figures::dead).boxed().toList());
    report.put("lastHidden", last.name());
    Optional<Column> layout = layout(sampleBefore, sampleAfter);
    layout.ifPresent(column -> columns.put("layout", column));
    return new Outcome(report, columns);
  }

  private int[] units() {
    return params.units().stream().mapToInt(Integer::intValue).toArray();
  }

  /// What each unit of the layer gives once it is switched off.
  private float[] instead(UnitFigures figures) {
    float[] instead = new float[figures.units()];
    if (params.replacement() == Replacement.ZERO) {
      return instead;
    }
    UnitFigures means = figures;
    if (source.chosen() == UnitPooling.MAX) { // every position gets it, so it is their mean
      UnitSource mean =
          new UnitSource(
              source.run(), source.epoch(), source.layer(), Optional.of(UnitPooling.MEAN));
      means = UnitFigures.of(UnitActivations.read(study, mean, workers, progress), workers);
    }
    for (int unit = 0; unit < instead.length; unit++) {
      instead[unit] = (float) means.mean(unit);
    }
    return instead;
  }

  private Network ablated(int[] units, float[] instead) {
    float[] values = new float[units.length];
    for (int i = 0; i < units.length; i++) {
      values[i] = instead[units[i]];
    }
    return network.ablated(
        source.layer(),
        source.chosen() == UnitPooling.NONE
            ? Ablation.ofUnits(units, values)
            : Ablation.ofChannels(units, values));
  }

  /// Random sets of live units that are not switched off, as many as those.
  private List<int[]> controls(UnitFigures figures) {
    int[] others =
        IntStream.of(figures.live()).filter(unit -> !params.units().contains(unit)).toArray();
    int size = params.units().size();
    if (params.controls() > 0 && others.length < size) {
      throw new IllegalArgumentException(
          "controls are as many other live units, "
              + size
              + ", but "
              + source.words()
              + " has "
              + others.length
              + "; switch fewer units off, or set controls to 0");
    }
    RandomGenerator rng = Rng.of(params.seed(), "ablation controls");
    List<int[]> controls = new ArrayList<>();
    for (int set = 0; set < params.controls(); set++) {
      int[] pool = others.clone();
      for (int i = 0; i < size; i++) {
        int chosen = i + rng.nextInt(pool.length - i);
        int held = pool[i];
        pool[i] = pool[chosen];
        pool[chosen] = held;
      }
      int[] control = Arrays.copyOf(pool, size);
      Arrays.sort(control);
      controls.add(control);
    }
    return controls;
  }

  private Confusion confusion(Network run, String stage) {
    int[] all = IntStream.range(0, test.count()).toArray();
    Progress shown =
        stage.equals("controls") ? Progress.none() : (_, part) -> progress.report(stage, part);
    Matrix answers = values(run, List.of(scores), study.feed(test), all, shown).getFirst();
    return Confusion.of(answers, test.labels(all));
  }

  /// Class scores and last hidden layer of the study's sample.
  private List<Matrix> sample(Network run) {
    progress.report("sample", 0);
    Feed observed = study.feed(study.dataset().part(study.info().sample().split()));
    return values(run, List.of(scores, last), observed, study.sample(), Progress.none());
  }

  private List<Matrix> values(
      Network run, List<Layer> layers, Feed feed, int[] rows, Progress shown) {
    CaptureRequest request = CaptureRequest.inMemory(run, layers, feed, rows);
    try {
      return Capture.matrices(request, workers.threads(), shown);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          source.words()
              + " cannot be switched off: "
              + e.getMessage()
              + "; a run that diverged keeps such numbers, so take an earlier epoch",
          e);
    }
  }

  private Map<String, Object> report(Confusion before, Confusion after, List<Confusion> controls) {
    Map<String, Object> accuracy = new LinkedHashMap<>();
    accuracy.put("before", before.accuracy());
    accuracy.put("after", after.accuracy());
    accuracy.put("control", controls.stream().map(Confusion::accuracy).toList());
    Map<String, Object> recall = new LinkedHashMap<>();
    recall.put("before", before.recall());
    recall.put("after", after.recall());
    recall.put("control", spread(controls, before.recall().size()));
    Map<String, Object> report = new LinkedHashMap<>();
    report.put("units", params.units());
    report.put("pooling", source.chosen().label());
    report.put("testCount", test.count());
    report.put("accuracy", accuracy);
    report.put("recall", recall);
    report.put("confusionBefore", before.toLists());
    report.put("confusionAfter", after.toLists());
    return report;
  }

  /// Mean and standard deviation of the recall over the controls; null where there is none.
  private static Map<String, Object> spread(List<Confusion> controls, int classes) {
    List<@Nullable Double> mean = new ArrayList<>();
    List<@Nullable Double> deviation = new ArrayList<>();
    for (int c = 0; c < classes; c++) {
      double sum = 0;
      double squares = 0;
      int count = 0;
      for (Confusion control : controls) {
        Double recall = control.recall().get(c);
        if (recall != null) {
          sum += recall;
          squares += recall * recall;
          count++;
        }
      }
      double centre = sum / count;
      mean.add(count == 0 ? null : (Double) centre);
      deviation.add(
          count == 0 ? null : (Double) Math.sqrt(Math.max(0, squares / count - centre * centre)));
    }
    Map<String, Object> spread = new LinkedHashMap<>();
    spread.put("mean", mean);
    spread.put("deviation", deviation);
    return spread;
  }

  private static int changed(Matrix before, Matrix after) {
    int[] then = Confusion.winners(before);
    int[] now = Confusion.winners(after);
    return (int) IntStream.range(0, then.length).filter(row -> then[row] != now[row]).count();
  }

  private static Column probabilities(Matrix scores) {
    int classes = scores.cols();
    float[] all = scores.toArray();
    for (int base = 0; base < all.length; base += classes) {
      double most = Double.NEGATIVE_INFINITY;
      for (int at = base; at < base + classes; at++) {
        most = Math.max(most, all[at]);
      }
      double sum = 0;
      for (int at = base; at < base + classes; at++) {
        sum += Math.exp(all[at] - most);
      }
      for (int at = base; at < base + classes; at++) {
        all[at] = (float) (Math.exp(all[at] - most) / sum);
      }
    }
    return Column.float32(all, scores.rows(), classes);
  }

  private Optional<Column> layout(List<Matrix> before, List<Matrix> after) {
    return AblationLayout.of(before.get(1), after.get(1), workers, progress);
  }
}
