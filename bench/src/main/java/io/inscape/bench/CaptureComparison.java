package io.inscape.bench;

import io.inscape.activation.Capture;
import io.inscape.activation.CaptureRequest;
import io.inscape.dataset.Dataset;
import io.inscape.dataset.Feed;
import io.inscape.dataset.Pipeline;
import io.inscape.dataset.source.Datasets;
import io.inscape.matrix.Progress;
import io.inscape.network.Architecture;
import io.inscape.network.Architectures;
import io.inscape.network.Layer;
import io.inscape.network.Network;
import io.inscape.network.OnnxExecutor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Images per second of capture (preprocessing and files on disk included) against ONNX Runtime's
/// plain inference of the same network without exposed values, alternately in one run.
final class CaptureComparison {
  private static final int THREADS = 2;
  private static final int ROUNDS = 5;
  private static final int BATCH = 500;

  private CaptureComparison() {}

  /// Runs the comparison.
  ///
  /// @param args none
  /// @throws IOException when the temporary files cannot be written
  public static void main(String[] args) throws IOException {
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
    int units = layers.stream().mapToInt(Layer::units).sum();
    int[] observations = IntStream.range(0, images).toArray();
    float[] pixels = new float[images * mnist.shape().size()];
    for (int i = 0; i < images; i++) {
      Pipeline.defaults().apply(mnist.train().images(), i, pixels, i * mnist.shape().size());
    }
    List<Double> ratios = new ArrayList<>();
    double plainRate = 0;
    double captureRate = 0;
    for (int round = 0; round <= ROUNDS; round++) { // the first warms up
      double plain = images / plain(network, pixels, images);
      double capture = images / capture(network, layers, mnist, observations);
      if (round > 0) {
        ratios.add(capture / plain);
        plainRate = Math.max(plainRate, plain);
        captureRate = Math.max(captureRate, capture);
      }
    }
    ratios.sort(null);
    System.out.printf(
        Locale.ROOT,
        "%s, %s (%.0f MB): capture %.0f images/s, ONNX Runtime alone %.0f; ratio: median %.2f, %.2f to %.2f%n",
        architecture,
        layers.stream().map(Layer::name).toList(),
        4e-6 * units * images,
        captureRate,
        plainRate,
        ratios.get(ROUNDS / 2),
        ratios.getFirst(),
        ratios.getLast());
  }

  private static double plain(Network network, float[] pixels, int images) {
    String output = network.outputs().getFirst().name();
    long begin = System.nanoTime();
    try (OnnxExecutor executor = OnnxExecutor.open(network, List.of(output), THREADS)) {
      int size = pixels.length / images;
      FloatBuffer batch = direct(BATCH * size);
      FloatBuffer probabilities = direct(BATCH * 10);
      for (int from = 0; from < images; from += BATCH) {
        batch.clear().put(pixels, from * size, BATCH * size).flip();
        probabilities.clear();
        executor.run(batch, BATCH, Map.of(output, probabilities));
      }
      return (System.nanoTime() - begin) / 1e9;
    }
  }

  private static FloatBuffer direct(int count) {
    return ByteBuffer.allocateDirect(count * Float.BYTES)
        .order(ByteOrder.nativeOrder())
        .asFloatBuffer();
  }

  private static double capture(
      Network network, List<Layer> layers, Dataset mnist, int[] observations) throws IOException {
    Path folder = Files.createTempDirectory("inscape-capture");
    try {
      long begin = System.nanoTime();
      Capture.run(
          new CaptureRequest(
              network,
              layers,
              Feed.of(mnist.train().images(), Pipeline.defaults()),
              observations,
              layer -> folder.resolve(layer.name() + ".npy")),
          THREADS,
          Progress.none());
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
