package io.inscape.study.probe;

import io.inscape.activation.Capture;
import io.inscape.activation.CaptureRequest;
import io.inscape.dataset.Feed;
import io.inscape.dataset.Sample;
import io.inscape.dataset.Split;
import io.inscape.matrix.Matrix;
import io.inscape.matrix.Progress;
import io.inscape.matrix.Workers;
import io.inscape.network.Layer;
import io.inscape.network.Network;
import io.inscape.probe.LinearProbe;
import io.inscape.quality.NeighborhoodHit;
import io.inscape.study.ActivationSource;
import io.inscape.study.Study;
import io.inscape.study.probe.ProbeReport.LayerFigures;
import io.inscape.study.sequence.Steps;
import io.inscape.training.EpochMetrics;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Fits a linear probe on the input and on each hidden layer of a snapshot.
///
/// The activations of the training images are taken in one pass through the network and held in
/// memory; those of the test images come block by block.
public final class LayerProbes {
  private static final double MOST_OF_HEAP = .6;
  private static final int BLOCK = 2000;
  static final int K = 6;

  /// Own-space neighbours are compared pair by pair.
  static final int MOST_COMPARED = 10_000;

  private final Study study;
  private final String run;
  private final int epoch;
  private final LayerProbeParams params;
  private final Workers workers;
  private final Progress progress;
  private final Network network;
  private final List<Layer> layers;
  private final List<String> skipped;

  private LayerProbes(
      Study study, Target target, LayerProbeParams params, Workers workers, Progress progress) {
    this.study = study;
    this.run = target.run();
    this.epoch = target.epoch();
    this.params = params;
    this.workers = workers;
    this.progress = progress;
    this.network = study.run(run).network(epoch);
    List<Layer> hidden = Steps.hiddenLayers(study.run(run)).stream().map(network::layer).toList();
    layers = hidden.stream().filter(layer -> layer.units() <= params.widest()).toList();
    skipped =
        hidden.stream().filter(layer -> layer.units() > params.widest()).map(Layer::name).toList();
  }

  /// Which network is probed.
  ///
  /// @param run the run
  /// @param epoch a kept one
  public record Target(String run, int epoch) {}

  /// Refuses what cannot be probed.
  ///
  /// @param study that has the run
  /// @param target which network
  /// @throws io.inscape.study.file.StudyException if the run or the epoch is not there, or the
  ///   study has no labels
  /// @throws IllegalArgumentException if the study is about vectors
  public static void require(Study study, Target target) {
    study.run(target.run()).requireEpoch(target.epoch());
    study.labels();
  }

  /// Probes a network.
  ///
  /// @param study that has the run
  /// @param target which network
  /// @param params how
  /// @param workers do the arithmetic
  /// @param progress hears how far it is, in stages `training images`, `probe`, `test images` and
  ///   `neighbors`
  /// @return what was found
  /// @throws IllegalArgumentException if the activations would not fit the heap, or a value is no
  ///   finite number
  public static ProbeReport probe(
      Study study, Target target, LayerProbeParams params, Workers workers, Progress progress) {
    return study.run(target.run()).info().hasNetworks()
        ? new LayerProbes(study, target, params, workers, progress).probe()
        : new HalfProbes(study, target, params, workers, progress).probe();
  }

  private ProbeReport probe() {
    Split train = study.dataset().train();
    int[] chosen =
        Sample.draw(train.count(), Math.min(params.trainCount(), train.count()), params.seed());
    requireRoom(chosen.length, Runtime.getRuntime().maxMemory());
    List<Matrix> data = activations(train, chosen, "training images", 0, 1);
    int[] labels = train.labels(chosen);
    int classes = study.dataset().classNames().size();
    List<LinearProbe> probes = new ArrayList<>();
    double[] trainAccuracy = new double[data.size()];
    for (int i = 0; i < trainAccuracy.length; i++) {
      int begun = i;
      Matrix rows = data.set(i, Matrix.of(0, 0, new float[0])); // not held for longer than needed
      LinearProbe probe =
          LinearProbe.fit(
              rows,
              labels,
              classes,
              params.fit(),
              workers,
              (_, part) -> progress.report("probe", (begun + part) / trainAccuracy.length));
      trainAccuracy[i] = probe.accuracy(rows, labels);
      probes.add(probe);
    }
    return report(probes, trainAccuracy, chosen.length);
  }

  private ProbeReport report(List<LinearProbe> probes, double[] trainAccuracy, int trainCount) {
    double[] accuracy = testAccuracy(probes);
    List<LayerFigures> figures = new ArrayList<>();
    int[] compared = compared();
    for (int i = 0; i < probes.size(); i++) {
      progress.report("neighbors", (double) i / probes.size());
      String name = i == 0 ? ActivationSource.INPUT : layers.get(i - 1).name();
      figures.add(
          new LayerFigures(
              name,
              probes.get(i).units(),
              accuracy[i],
              trainAccuracy[i],
              ownNeighborhoodHit(name, compared)));
    }
    return new ProbeReport(
        figures,
        networkAccuracy(),
        trainCount,
        study.dataset().test().count(),
        compared.length,
        skipped);
  }

  private double[] testAccuracy(List<LinearProbe> probes) {
    Split test = study.dataset().test();
    int[] all = Sample.draw(test.count(), test.count(), 0);
    long[] right = new long[probes.size()];
    for (int from = 0; from < all.length; from += BLOCK) {
      int[] block = Arrays.copyOfRange(all, from, Math.min(all.length, from + BLOCK));
      List<Matrix> data =
          activations(
              test,
              block,
              "test images",
              (double) from / all.length,
              (double) block.length / all.length);
      int[] labels = test.labels(block);
      for (int i = 0; i < right.length; i++) {
        right[i] += Math.round(probes.get(i).accuracy(data.get(i), labels) * block.length);
      }
    }
    return Arrays.stream(right).mapToDouble(count -> (double) count / all.length).toArray();
  }

  /// The input and the layers, in this order.
  private List<Matrix> activations(
      Split split, int[] images, String stage, double begun, double share) {
    List<Matrix> data = new ArrayList<>();
    Feed feed = study.feed(split);
    data.add(feed.matrix(images, workers));
    if (!layers.isEmpty()) {
      CaptureRequest request = CaptureRequest.inMemory(network, layers, feed, images);
      try {
        data.addAll(
            Capture.matrices(
                request,
                workers.threads(),
                (_, part) -> progress.report(stage, begun + share * part)));
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(
            "run "
                + run
                + ", epoch "
                + epoch
                + " cannot be probed: "
                + e.getMessage()
                + "; a run that diverged keeps such numbers",
            e);
      }
    }
    return data;
  }

  private int[] compared() {
    int count = study.count();
    return Sample.draw(count, Math.min(count, MOST_COMPARED), params.seed());
  }

  private double ownNeighborhoodHit(String layer, int[] compared) {
    ActivationSource source =
        layer.equals(ActivationSource.INPUT)
            ? new ActivationSource.Input()
            : new ActivationSource.Layer(run, epoch, layer);
    Matrix vectors = study.vectors(source, workers, progress);
    int[] labels = study.labels();
    int[] classes = Arrays.stream(compared).map(row -> labels[row]).toArray();
    Matrix rows = compared.length == vectors.rows() ? vectors : vectors.selectRows(compared);
    return NeighborhoodHit.of(rows, classes, Math.min(K, rows.rows() - 1), workers).mean();
  }

  private @Nullable Double networkAccuracy() {
    for (EpochMetrics metrics : study.run(run).info().metrics()) {
      if (metrics.epoch() == epoch) {
        return metrics.testAccuracy();
      }
    }
    return null;
  }

  private void requireRoom(int images, long heap) {
    long units = study.info().dataset().columns() + layers.stream().mapToLong(Layer::units).sum();
    requireRoom(images, units, heap);
  }

  static void requireRoom(int images, long units, long heap) {
    long bytes = Math.multiplyExact(4L * images, units);
    if (bytes > MOST_OF_HEAP * heap) {
      throw new IllegalArgumentException(
          "the activations of "
              + images
              + " training images in all layers take "
              + gigabytes(bytes)
              + ", the heap has "
              + gigabytes(heap)
              + "; lower trainCount to at most "
              + (long) (MOST_OF_HEAP * heap / (4 * units))
              + ", or widest");
    }
  }

  private static String gigabytes(long bytes) {
    return String.format(Locale.ROOT, "%.2f GB", bytes / 1e9);
  }
}
