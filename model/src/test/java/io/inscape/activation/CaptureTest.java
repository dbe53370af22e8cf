package io.inscape.activation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.inscape.dataset.Feed;
import io.inscape.dataset.ImageShape;
import io.inscape.dataset.Images;
import io.inscape.dataset.InputException;
import io.inscape.dataset.Pipeline;
import io.inscape.dataset.Sample;
import io.inscape.matrix.Progress;
import io.inscape.matrix.Rng;
import io.inscape.network.Architecture;
import io.inscape.network.Architectures;
import io.inscape.network.Layer;
import io.inscape.network.Network;
import io.inscape.network.OnnxExecutor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class CaptureTest {
  private static final ImageShape SHAPE = new ImageShape(1, 12, 12);

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(Architecture.class)
  void writesWhatTheNetworkComputes(Architecture architecture) {
    Network network = Architectures.build(architecture, SHAPE, 4, 3);
    Images images = images(700);
    int[] observations = Sample.draw(700, 611, 1); // whole batches and a rest
    List<Layer> layers = network.layers();
    capture(network, layers, images, observations, Progress.none());
    float[] input = new float[observations.length * SHAPE.size()];
    for (int i = 0; i < observations.length; i++) {
      Pipeline.defaults().apply(images, observations[i], input, i * SHAPE.size());
    }
    List<String> values = layers.stream().map(Layer::value).toList();
    Map<String, float[]> expected;
    try (OnnxExecutor executor = OnnxExecutor.open(network, values, 1)) {
      expected = executor.run(input, observations.length);
    }
    for (Layer layer : layers) {
      compare(layer, expected.getOrDefault(layer.value(), new float[0]), observations.length);
    }
  }

  private void compare(Layer layer, float[] direct, int rows) {
    try (ActivationStore store = ActivationStore.open(file(layer))) {
      assertThat(store.rows()).isEqualTo(rows);
      assertThat(store.cols()).isEqualTo(layer.units());
      float[] kept = store.readAll().toArray();
      assertThat(kept).hasSameSizeAs(direct);
      double largest = 0;
      for (int i = 0; i < kept.length; i++) {
        largest = Math.max(largest, Math.abs(kept[i] - direct[i]));
      }
      assertThat(largest).as(layer.name()).isLessThan(1e-5);
      assertThat(store.read(300, 302).toArray())
          .isEqualTo(Arrays.copyOfRange(kept, 300 * store.cols(), 302 * store.cols()));
    }
  }

  @Test
  void theSameRequestGivesTheSameBytesOnAnyNumberOfThreads() throws IOException {
    Network network = Architectures.build(Architecture.CNN, SHAPE, 4, 3);
    Layer layer = network.layer("fc2");
    CaptureRequest request =
        new CaptureRequest(
            network,
            List.of(layer),
            Feed.of(images(300), Pipeline.defaults()),
            Sample.draw(300, 290, 1),
            this::file);
    Capture.run(request, 1, Progress.none());
    byte[] one = Files.readAllBytes(file(layer));
    Capture.run(request, 2, Progress.none());
    assertThat(Files.readAllBytes(file(layer))).isEqualTo(one);
  }

  @Test
  void memoryDoesNotGrowWithTheObservations() {
    ImageShape shape = new ImageShape(1, 28, 28);
    Network network = Architectures.build(Architecture.CNN, shape, 10, 0);
    Images images = Images.of(shape, new byte[784]);
    long[] bytes = new long[2];
    for (int i = 0; i < 2; i++) {
      int[] observations = new int[i == 0 ? 1_000 : 1_000_000];
      CaptureRequest request =
          new CaptureRequest(
              network,
              network.layers(),
              Feed.of(images, Pipeline.defaults()),
              observations,
              this::file);
      int batch = Capture.batchSize(request, 784);
      bytes[i] = new CaptureBatch(batch, 784, network.layers()).byteSize();
    }
    assertThat(bytes[1]).isEqualTo(bytes[0]).isLessThanOrEqualTo(16L << 20);
  }

  @Test
  void reportsProgressToTheEnd() {
    Network network = Architectures.build(Architecture.RMLP, SHAPE, 4, 3);
    List<Double> fractions = new ArrayList<>();
    capture(
        network,
        List.of(network.layer("fc1")),
        images(600),
        Sample.draw(600, 600, 0),
        (_, fraction) -> fractions.add(fraction));
    assertThat(fractions).isSorted().endsWith(1.0).hasSizeGreaterThan(1);
  }

  @Test
  void anInterruptLeavesNoFileBehind() throws IOException {
    Network network = Architectures.build(Architecture.RMLP, SHAPE, 4, 3);
    assertThatExceptionOfType(CancellationException.class)
        .isThrownBy(() ->
            capture(
                network,
                List.of(network.layer("fc1")),
                images(600),
                Sample.draw(600, 600, 0),
                (_, _) -> Thread.currentThread().interrupt()));
    assertThat(Thread.interrupted()).isTrue();
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).isEmpty();
    }
  }

  @Test
  void refusesImagesOfAnotherSize() throws IOException {
    Network network = Architectures.build(Architecture.RMLP, new ImageShape(1, 28, 28), 4, 3);
    assertThatExceptionOfType(InputException.Unsupported.class)
        .isThrownBy(() ->
            capture(
                network, List.of(network.layer("fc1")), images(3), new int[] {0}, Progress.none()))
        .withMessage(
            "rmlp: found the shape [batch, 1, 28, 28] at input 'input', expected [batch, 1, 12, 12], "
                + "the shape of the prepared data; add the step resize(28) to the preprocessing");
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).isEmpty();
    }
  }

  @Test
  void aStoreRefusesOtherArraysAndRowsThatAreNotThere() {
    Path file = folder.resolve("ints.npy");
    NpyFile.writeInts(file, new int[4], 2, 2);
    assertThatExceptionOfType(InputException.Unsupported.class)
        .isThrownBy(() -> ActivationStore.open(file))
        .withMessage(
            file
                + ": found INT32 [2, 2] at the header, expected a matrix of little-endian 32-bit "
                + "floats in C order; capture the activations again");
    NpyFile.writeFloats(file, new float[4], 2, 2);
    try (ActivationStore store = ActivationStore.open(file)) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> store.read(1, 3))
          .withMessage("rows must lie in [0, 2), got [1, 3)");
      assertThat(store.read(1, 1).rows()).isZero();
    }
  }

  private void capture(
      Network network, List<Layer> layers, Images images, int[] observations, Progress progress) {
    Capture.run(
        new CaptureRequest(
            network, layers, Feed.of(images, Pipeline.defaults()), observations, this::file),
        2,
        progress);
  }

  private Path file(Layer layer) {
    return folder.resolve(layer.name() + ".npy");
  }

  private static Images images(int count) {
    byte[] pixels = new byte[count * SHAPE.size()];
    Rng.of(count, "pixels").nextBytes(pixels);
    return Images.of(SHAPE, pixels);
  }
}
