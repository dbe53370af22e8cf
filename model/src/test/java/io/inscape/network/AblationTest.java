package io.inscape.network;

import static io.inscape.network.Graphs.floats;
import static io.inscape.network.Graphs.node;
import static io.inscape.network.Graphs.output;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import ai.onnx.proto.OnnxMl.ModelProto;
import io.inscape.dataset.ImageShape;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AblationTest {
  private static final float[] FIRST = {
    .5f, -1, 2, .25f, 1, -.5f, -2, .5f, 1, 1, 1, -1 // [from 4, to 3]
  };
  private static final float[] SECOND = {1, -2, .5f, 3, -1, .25f}; // [from 3, to 2]
  private static final float[] ROWS = {1, 2, 3, 4, -1, .5f, 2, 0, 0, 1, 0, 1};

  /// Two fully connected layers; the hidden one is an output too.
  private static ModelProto twoLayers() {
    return Graphs.model(graph ->
        graph
            .addInitializer(Tensor.ofFloats("v", FIRST, 4, 3))
            .addInitializer(floats("b", .1f, .2f, .3f))
            .addInitializer(Tensor.ofFloats("w", SECOND, 3, 2))
            .addNode(node("Gemm", "sum", "input", "v", "b"))
            .addNode(node("Relu", "hidden", "sum"))
            .addNode(node("MatMul", "scores", "hidden", "w"))
            .addOutput(output("scores"))
            .addOutput(output("hidden")));
  }

  private static Network network() {
    return Network.parse(twoLayers().toByteArray(), "two");
  }

  private static float[] scores(Network network) {
    return run(network, "scores", ROWS, 3);
  }

  private static float[] run(Network network, String value, float[] rows, int count) {
    try (OnnxExecutor executor = OnnxExecutor.open(network, List.of(value), 1)) {
      return executor.run(rows, count).getOrDefault(value, new float[0]);
    }
  }

  @Test
  void switchingAUnitOffEqualsTakingItsOutgoingWeights() {
    Network network = network();
    for (int unit = 0; unit < 3; unit++) {
      float[] without = SECOND.clone();
      without[2 * unit] = 0;
      without[2 * unit + 1] = 0;
      Network ablated = network.ablated("fc1", Ablation.ofUnits(new int[] {unit}, new float[] {0}));
      assertThat(scores(ablated))
          .containsExactly(scores(network.withParameters(Map.of("w", without))));
      assertThat(scores(ablated)).isNotEqualTo(scores(network));
    }
  }

  @Test
  void equalsEditingTheActivationsByHand() {
    Network network = network();
    Network ablated =
        network.ablated("fc1", Ablation.ofUnits(new int[] {2, 0}, new float[] {1.5f, -4}));
    float[] hidden = run(network, "hidden", ROWS, 3);
    for (int row = 0; row < 3; row++) {
      hidden[3 * row] = -4;
      hidden[3 * row + 2] = 1.5f;
    }
    assertThat(run(ablated, "hidden", ROWS, 3)).containsExactly(hidden);
    float[] scores = scores(ablated);
    for (int row = 0; row < 3; row++) {
      for (int col = 0; col < 2; col++) {
        double sum = 0;
        for (int unit = 0; unit < 3; unit++) {
          sum += hidden[3 * row + unit] * SECOND[2 * unit + col];
        }
        assertThat((double) scores[2 * row + col]).isCloseTo(sum, within(1e-5));
      }
    }
  }

  @Test
  void layersAndParametersStayWhatTheyWere() {
    Network network = network();
    Ablation ablation = Ablation.ofUnits(new int[] {1}, new float[] {0});
    Network ablated = network.ablated("fc1", ablation);
    assertThat(ablated.layers()).isEqualTo(network.layers());
    assertThat(ablated.trainable()).isEqualTo(network.trainable());
    assertThat(ablated.outputs()).isEqualTo(network.outputs());
    assertThat(ablated.logits()).isEqualTo(network.logits());
    // Once more, on the same layer: names do not collide, and what was off stays off.
    Network both = ablated.ablated("fc1", Ablation.ofUnits(new int[] {2}, new float[] {0}));
    assertThat(run(both, "hidden", ROWS, 3))
        .containsExactly(
            run(
                network.ablated("fc1", Ablation.ofUnits(new int[] {1, 2}, new float[2])),
                "hidden",
                ROWS,
                3));
  }

  @Test
  void aChannelIsSwitchedOffAtEveryPosition() {
    Network network = Architectures.build(Architecture.CNN, new ImageShape(1, 8, 8), 3, 0);
    Layer layer = network.layer("pool1"); // 32 x 4 x 4
    float[] image = new float[64];
    for (int i = 0; i < image.length; i++) {
      image[i] = (float) Math.sin(i);
    }
    Network whole =
        network.ablated("pool1", Ablation.ofChannels(new int[] {3, 7}, new float[] {0, .5f}));
    float[] expected = run(network, layer.value(), image, 1);
    Arrays.fill(expected, 3 * 16, 4 * 16, 0);
    Arrays.fill(expected, 7 * 16, 8 * 16, .5f);
    assertThat(run(whole, layer.value(), image, 1)).containsExactly(expected);
    int[] positions = new int[32];
    float[] values = new float[32];
    for (int i = 0; i < 32; i++) {
      positions[i] = i < 16 ? 3 * 16 + i : 7 * 16 + i - 16;
      values[i] = i < 16 ? 0 : .5f;
    }
    Network single = network.ablated("pool1", Ablation.ofUnits(positions, values));
    String answer = network.layer("probabilities").value();
    assertThat(run(single, answer, image, 1)).containsExactly(run(whole, answer, image, 1));
    assertThat(run(whole, answer, image, 1)).isNotEqualTo(run(network, answer, image, 1));
  }

  @Test
  void refusesWhatCannotBeSwitchedOff() {
    Network network = network();
    refuses(
        () -> network.ablated("fc1", Ablation.ofUnits(new int[] {3}, new float[1])),
        "layer fc1 has the units 0 to 2, got 3");
    refuses(
        () -> network.ablated("fc1", Ablation.ofUnits(new int[] {-1}, new float[1])),
        "layer fc1 has the units 0 to 2, got -1");
    refuses(
        () -> network.ablated("fc1", Ablation.ofChannels(new int[] {0}, new float[1])),
        "layer fc1 has the shape [3] and no channels; name its units");
    refuses(
        () -> network.ablated("fc9", Ablation.ofUnits(new int[] {0}, new float[1])),
        "no layer is called 'fc9'; the network has fc1, logits");
    refuses(
        () -> Ablation.ofUnits(new int[] {1, 1}, new float[2]),
        "each unit is named once, got twice 1");
    refuses(
        () -> Ablation.ofChannels(new int[] {1}, new float[] {Float.NaN}),
        "channel 1 needs a finite number, got NaN");
    refuses(
        () -> Ablation.ofUnits(new int[0], new float[0]),
        "an ablation needs at least 1 unit and a value for each, got 0 with 0 values");
  }

  private static void refuses(Runnable ask, String sentence) {
    assertThatIllegalArgumentException().isThrownBy(ask::run).withMessage(sentence);
  }

  @Test
  void onnxsOwnCheckerAccepts(@TempDir Path folder) throws Exception {
    Path python = Path.of("/usr/bin/python3");
    Assumptions.assumeTrue(Files.isExecutable(python));
    String script =
        """
        import sys
        try:
            import onnx
        except ImportError:
            sys.exit(77)
        for file in sys.argv[1:]:
            model = onnx.load(file)
            onnx.checker.check_model(model, full_check=True)
            onnx.shape_inference.infer_shapes(model, check_type=True, strict_mode=True)
        """;
    Path flat = folder.resolve("flat.onnx");
    Network mlp = Architectures.build(Architecture.MLP, new ImageShape(1, 8, 8), 3, 0);
    Files.write(
        flat, mlp.ablated("fc2", Ablation.ofUnits(new int[] {5, 9}, new float[] {0, 1})).toBytes());
    Path spatial = folder.resolve("spatial.onnx");
    Network cnn = Architectures.build(Architecture.CNN, new ImageShape(1, 8, 8), 3, 0);
    Files.write(
        spatial, cnn.ablated("conv1", Ablation.ofChannels(new int[] {1}, new float[1])).toBytes());
    Process process =
        new ProcessBuilder(python.toString(), "-c", script, flat.toString(), spatial.toString())
            .inheritIO()
            .start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    Assumptions.assumeTrue(process.exitValue() != 77, "no ONNX for Python");
    assertThat(process.exitValue()).isZero();
  }
}
