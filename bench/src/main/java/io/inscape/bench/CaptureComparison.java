package io.inscape.bench;

import io.inscape.activation.Capture;
import io.inscape.activation.CaptureRequest;
import io.inscape.dataset.Content;
import io.inscape.dataset.Dataset;
import io.inscape.dataset.Feed;
import io.inscape.dataset.Pipeline;
import io.inscape.dataset.source.Datasets;
import io.inscape.matrix.Progress;
import io.inscape.network.Architecture;
import io.inscape.network.Architectures;
import io.inscape.network.Binding;
import io.inscape.network.Layer;
import io.inscape.network.Network;
import io.inscape.network.OnnxExecutor;
import io.inscape.network.ValueInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Capture (preprocessing and files on disk included) against ONNX Runtime's plain inference of the
/// same network without exposed values on inputs that lie ready, in the same batches, alternately
/// in one run. Both open the network themselves.
///
/// | arguments | what is compared |
/// |---|---|
/// | none | the last and all fully connected layers of the papers' networks on MNIST |
/// | `MODEL.onnx DATA [OBSERVATIONS]` | all proposed layers of any network on the test part of any data set |
final class CaptureComparison {
  private static final int THREADS = 2;
  private static final int ROUNDS = 5;

  private final Network network;
  private final List<Layer> layers;
  private final Feed feed;
  private final int[] observations;

  private CaptureComparison(Network network, List<Layer> layers, Feed feed, int count) {
    this.network = network;
    this.layers = layers;
    this.feed = feed;
    this.observations = IntStream.range(0, count).toArray();
  }

  /// Runs the comparison.
  ///
  /// @param args see above
  /// @throws IOException when the temporary files cannot be written
  public static void main(String[] args) throws IOException {
    if (args.length >= 2) {
      Content content = Datasets.open(args[1]).content();
      int count = args.length > 2 ? Integer.parseInt(args[2]) : content.count();
      Feed feed = Feed.of(content, Pipeline.defaults());
      Network read = Network.read(Path.of(args[0]));
      Network network = read.fitted(Binding.of(read, feed.slots()));
      new CaptureComparison(network, network.layers(), feed, count).compare(args[0]);
      return;
    }
    Dataset mnist = Datasets.open("mnist");
    for (boolean all : List.of(false, true)) {
      compare(mnist, Architecture.MLP, 60_000, all);
      compare(mnist, Architecture.CNN, 4_000, all);
    }
  }

  private static void compare(Dataset mnist, Architecture architecture, int images, boolean all)
      throws IOException {
    Network network = Architectures.build(architecture, mnist.shape(), 10, 0);
    List<Layer> hidden =
        network.layers().stream().filter(layer -> layer.name().startsWith("fc")).toList();
    List<Layer> layers = all ? hidden : List.of(hidden.getLast());
    Feed feed = Feed.of(mnist.train().images(), Pipeline.defaults());
    new CaptureComparison(network, layers, feed, images).compare(architecture.toString());
  }

  private void compare(String name) throws IOException {
    int units = layers.stream().mapToInt(Layer::units).sum();
    float[] rows = new float[observations.length * feed.width()];
    for (int i = 0; i < observations.length; i++) {
      feed.fill(i, rows, i * feed.width());
    }
    List<Double> ratios = new ArrayList<>();
    double plainRate = 0;
    double captureRate = 0;
    for (int round = 0; round <= ROUNDS; round++) { // the first warms up
      double plain = observations.length / plain(rows);
      double capture = observations.length / capture();
      if (round > 0) {
        ratios.add(plain / capture);
        plainRate = Math.max(plainRate, plain);
        captureRate = Math.max(captureRate, capture);
      }
    }
    ratios.sort(null);
    System.out.printf(
        Locale.ROOT,
        "%s, %s (%.0f MB): capture %.0f observations/s, ONNX Runtime alone %.0f; time over its time: median %.2f, %.2f to %.2f%n",
        name,
        layers.stream().map(Layer::name).toList(),
        4e-6 * units * observations.length,
        captureRate,
        plainRate,
        ratios.get(ROUNDS / 2),
        ratios.getFirst(),
        ratios.getLast());
  }

  private double plain(float[] rows) {
    List<String> outputs = network.outputs().stream().map(ValueInfo::name).toList();
    Binding binding = Binding.of(network, feed.slots());
    int width = binding.width();
    int batch = Capture.batchSize(request(Path.of("")), width);
    long begin = System.nanoTime();
    try (OnnxExecutor executor = OnnxExecutor.open(network, binding, outputs, THREADS)) {
      for (int from = 0; from < observations.length; from += batch) {
        int count = Math.min(batch, observations.length - from);
        executor.run(Arrays.copyOfRange(rows, from * width, (from + count) * width), count);
      }
      return (System.nanoTime() - begin) / 1e9;
    }
  }

  private CaptureRequest request(Path folder) {
    return new CaptureRequest(
        network, layers, feed, observations, layer -> folder.resolve(layer.name() + ".npy"));
  }

  private double capture() throws IOException {
    Path folder = Files.createTempDirectory("inscape-capture");
    try {
      long begin = System.nanoTime();
      Capture.run(request(folder), THREADS, Progress.none());
      return (System.nanoTime() - begin) / 1e9;
    } finally {
      try (Stream<Path> files = Files.list(folder)) {
        for (Path file : files.toList()) {
          Files.delete(file);
        }
      }
      Files.delete(folder);
    }
  }
}
