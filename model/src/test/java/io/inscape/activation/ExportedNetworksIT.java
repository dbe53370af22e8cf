package io.inscape.activation;

import static org.assertj.core.api.Assertions.assertThat;

import io.inscape.dataset.Feed;
import io.inscape.matrix.Matrix;
import io.inscape.matrix.Progress;
import io.inscape.network.Binding;
import io.inscape.network.Layer;
import io.inscape.network.Network;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Networks exported from PyTorch by the script `export.py`: the layers that are proposed, and that
/// capture gives what PyTorch computes.
final class ExportedNetworksIT {
  private static final Path PYTHON = Path.of("/usr/bin/python3");
  private static final double TOLERANCE = 1e-5; // of the largest number of the layer
  private static final double HALF = 2e-2; // 11 bits, through many layers

  @TempDir static Path folder;

  @BeforeAll
  static void export() throws IOException, InterruptedException {
    Assumptions.assumeTrue(Files.isExecutable(PYTHON), "no system Python");
    Path script = folder.resolve("export.py");
    try (InputStream content = Network.class.getResourceAsStream("export.py")) {
      Files.copy(content, script);
    }
    Process process =
        new ProcessBuilder(PYTHON.toString(), script.toString(), folder.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("export.log").toFile())
            .start();
    assertThat(process.waitFor(10, TimeUnit.MINUTES)).isTrue();
    Assumptions.assumeTrue(process.exitValue() != 77, "no torch, torchvision or onnx for Python");
    assertThat(process.exitValue()).as(Files.readString(folder.resolve("export.log"))).isZero();
  }

  @Test
  void residualNetworksAreProposedBlockByBlock() {
    for (String name : List.of("resnet18-11", "resnet18-13", "resnet18-15", "resnet18-17")) {
      assertThat(captured(name, TOLERANCE))
          .containsExactly(
              "conv1",
              "block1",
              "block2",
              "block3",
              "block4",
              "block5",
              "block6",
              "block7",
              "block8",
              "embedding",
              "logits");
    }
    assertThat(captured("resnet18-static", TOLERANCE)).hasSize(11);
    assertThat(captured("resnet18-half", HALF)).hasSize(11);
  }

  @Test
  void everyInvertedResidualBlockIsFound() {
    List<String> names = new ArrayList<>(List.of("conv1"));
    IntStream.rangeClosed(1, 17).forEach(block -> names.add("block" + block));
    names.addAll(List.of("embedding", "logits"));
    assertThat(captured("mobilenet_v2", TOLERANCE)).isEqualTo(names);
  }

  @Test
  void transformersOverPatchesAreReadAtTheirClassToken() {
    for (String name : List.of("vit-14", "vit-17", "vit-static")) {
      assertThat(captured(name, TOLERANCE))
          .containsExactly("block1", "block2", "block3", "block4", "embedding", "logits");
      assertThat(fitted(name).layer("block2").reading().title()).isEqualTo("class token");
    }
  }

  @Test
  void transformersOverTokensAreReadByTheirMean() {
    for (String name : List.of("post-batch", "post-token", "pre-batch", "pre-token")) {
      assertThat(captured("encoder-" + name, TOLERANCE))
          .containsExactly("block1", "block2", "block3", "embedding", "logits");
      Layer block = fitted("encoder-" + name).layer("block2");
      assertThat(block.reading().title()).isEqualTo("mean over tokens");
      assertThat(block.batchAxis()).isEqualTo(name.endsWith("token") ? 1 : 0);
    }
  }

  @Test
  void autoencodersHaveACodeAndRecurrentCellsTheirSteps() {
    assertThat(captured("autoencoder", TOLERANCE))
        .containsExactly("fc1", "code", "fc3", "reconstruction");
    assertThat(captured("lstm", TOLERANCE)).containsExactly("lstm1", "logits");
    assertThat(fitted("lstm").layer("lstm1").shape()).containsExactly(7, 12);
  }

  private static NpyFile array(String name) {
    return NpyFile.read(folder.resolve(name + ".npy"));
  }

  private static Feed feed(String name) {
    NpyFile input = array(name + ".input");
    float[] values = input.floats();
    List<Integer> shape = new ArrayList<>();
    Arrays.stream(input.shape()).skip(1).forEach(size -> shape.add((int) size));
    Feed.Slot slot = new Feed.Slot("", shape);
    return Feed.of(
        (int) input.shape()[0],
        List.of(slot),
        (observation, target, offset) ->
            System.arraycopy(values, observation * slot.size(), target, offset, slot.size()));
  }

  private static Network fitted(String name) {
    Network network = Network.read(folder.resolve(name + ".onnx"));
    return network.fitted(Binding.of(network, feed(name).slots()));
  }

  /// Captures what is proposed and compares it with what PyTorch computed.
  private static List<String> captured(String name, double tolerance) {
    Network network = fitted(name);
    List<Layer> layers = network.layers();
    Feed feed = feed(name);
    int[] all = IntStream.range(0, feed.count()).toArray();
    List<Matrix> matrices =
        Capture.matrices(CaptureRequest.inMemory(network, layers, feed, all), 1, Progress.none());
    int compared = 0;
    for (int i = 0; i < layers.size(); i++) {
      String layer = name + "." + layers.get(i).name();
      if (Files.exists(folder.resolve(layer + ".npy"))) {
        compare(layer, array(layer).floats(), matrices.get(i).toArray(), tolerance);
        compared++;
      }
    }
    try (Stream<Path> files = Files.list(folder)) {
      long expected =
          files.filter(f -> f.getFileName().toString().matches(name + "\\.(?!input).*npy")).count();
      assertThat(compared).as(name).isEqualTo((int) expected);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return layers.stream().map(Layer::name).toList();
  }

  private static void compare(String layer, float[] theirs, float[] ours, double tolerance) {
    assertThat(ours).as(layer).hasSameSizeAs(theirs);
    double scale = 1e-6;
    double largest = 0;
    for (int i = 0; i < ours.length; i++) {
      scale = Math.max(scale, Math.abs(theirs[i]));
      largest = Math.max(largest, Math.abs(theirs[i] - ours[i]));
    }
    assertThat(largest / scale).as(layer).isLessThan(tolerance);
  }
}
