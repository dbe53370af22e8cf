package io.inscape.study.probe;

import io.inscape.dataset.Sample;
import io.inscape.matrix.Matrix;
import io.inscape.matrix.Progress;
import io.inscape.matrix.Workers;
import io.inscape.probe.LinearProbe;
import io.inscape.quality.NeighborhoodHit;
import io.inscape.study.ActivationSource;
import io.inscape.study.Study;
import io.inscape.study.probe.LayerProbes.Target;
import io.inscape.study.probe.ProbeReport.LayerFigures;
import io.inscape.study.run.RunInfo.LayerInfo;
import io.inscape.study.sequence.Steps;
import io.inscape.training.EpochMetrics;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Probes a run whose activations were made elsewhere: there are none of training data, so half of
/// the study's observations are learned from, drawn with the seed, and the other half is judged by.
final class HalfProbes {
  private final Study study;
  private final Target target;
  private final LayerProbeParams params;
  private final Workers workers;
  private final Progress progress;
  private final int[] learned;
  private final int[] held;
  private final int[] compared;

  HalfProbes(
      Study study, Target target, LayerProbeParams params, Workers workers, Progress progress) {
    this.study = study;
    this.target = target;
    this.params = params;
    this.workers = workers;
    this.progress = progress;
    int count = study.count();
    if (count < 4) {
      throw new IllegalArgumentException(
          "probes need at least 4 observations, but study " + study.folder() + " has " + count);
    }
    this.learned = Sample.draw(count, Math.min(params.trainCount(), count / 2), params.seed());
    this.held =
        IntStream.range(0, count).filter(row -> Arrays.binarySearch(learned, row) < 0).toArray();
    this.compared = Sample.draw(count, Math.min(count, LayerProbes.MOST_COMPARED), params.seed());
  }

  ProbeReport probe() {
    List<String> names = new ArrayList<>();
    List<String> skipped = new ArrayList<>();
    if (study.info().dataset().columns() > 0) {
      names.add(ActivationSource.INPUT);
    }
    for (String name : Steps.hiddenLayers(study.run(target.run()))) {
      LayerInfo layer = Steps.requireLayer(study.run(target.run()), name);
      (layer.units() <= params.widest() ? names : skipped).add(name);
    }
    List<LayerFigures> figures = new ArrayList<>();
    for (String name : names) {
      progress.report("probe", (double) figures.size() / names.size());
      figures.add(figures(name));
    }
    return new ProbeReport(
        figures, accuracy(), learned.length, held.length, compared.length, skipped);
  }

  private LayerFigures figures(String name) {
    ActivationSource source =
        name.equals(ActivationSource.INPUT)
            ? new ActivationSource.Input()
            : new ActivationSource.Layer(target.run(), target.epoch(), name);
    Matrix vectors = study.vectors(source, workers, progress);
    int classes = study.info().dataset().classNames().size();
    Matrix rows = vectors.selectRows(learned);
    LinearProbe probe =
        LinearProbe.fit(rows, labels(learned), classes, params.fit(), workers, Progress.none());
    int k = Math.min(LayerProbes.K, compared.length - 1);
    return new LayerFigures(
        name,
        probe.units(),
        probe.accuracy(vectors.selectRows(held), labels(held)),
        probe.accuracy(rows, labels(learned)),
        NeighborhoodHit.of(vectors.selectRows(compared), labels(compared), k, workers).mean());
  }

  private int[] labels(int[] rows) {
    int[] labels = study.labels();
    return Arrays.stream(rows).map(row -> labels[row]).toArray();
  }

  private @Nullable Double accuracy() {
    for (EpochMetrics metrics : study.run(target.run()).info().metrics()) {
      if (metrics.epoch() == target.epoch()) {
        return metrics.testAccuracy();
      }
    }
    return null;
  }
}
