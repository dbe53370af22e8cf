package io.inscape.network;

import static io.inscape.network.Graphs.floats;
import static io.inscape.network.Graphs.node;
import static io.inscape.network.Graphs.output;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import io.inscape.dataset.ImageShape;
import io.inscape.network.layer.Reading;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

  /// A transformer of two blocks on three tokens of four numbers, from some value to scores of what
  /// it reads: the first token, or the mean over all.
  private static ModelProto transformer(boolean second, boolean firstToken) {
    GraphProto.Builder graph = GraphProto.newBuilder().setName("tokens");
    graph.addInput(Graphs.input("input", 3, 4));
    graph.addInitializer(Tensor.ofFloats("query", numbers(16, 1), 4, 4));
    graph.addInitializer(Tensor.ofFloats("up", numbers(16, 2), 4, 4));
    graph.addInitializer(Tensor.ofFloats("head", numbers(8, 3), 4, 2));
    graph.addInitializer(TensorProto.newBuilder().setName("first").setDataType(7).addInt64Data(0));
    String value = second ? "input" : block(graph, "one", "input");
    value = block(graph, "two", value);
    graph.addNode(
        firstToken
            ? node("Gather", "read", value, "first").toBuilder()
                .addAttribute(ints("axis", false, 1))
                .build()
            : node("ReduceMean", "read", value).toBuilder()
                .addAttribute(ints("axes", true, 1))
                .addAttribute(ints("keepdims", false, 0))
                .build());
    graph.addNode(node("MatMul", "scores", "read", "head")).addOutput(output("scores"));
    ModelProto.Builder model = ModelProto.newBuilder().setIrVersion(8).setGraph(graph);
    model.addOpsetImportBuilder().setVersion(17);
    return model.build();
  }

  private static String block(GraphProto.Builder graph, String name, String from) {
    graph.addNode(node("MatMul", name + " q", from, "query"));
    graph.addNode(
        node("Transpose", name + " k", from).toBuilder().addAttribute(ints("perm", true, 0, 2, 1)));
    graph.addNode(node("MatMul", name + " pairs", name + " q", name + " k"));
    graph.addNode(node("Softmax", name + " shares", name + " pairs"));
    graph.addNode(node("MatMul", name + " mixed", name + " shares", from));
    graph.addNode(node("Add", name + " seen", from, name + " mixed"));
    graph.addNode(node("MatMul", name + " high", name + " seen", "up"));
    graph.addNode(node("Relu", name + " bent", name + " high"));
    graph.addNode(node("Add", name, name + " seen", name + " bent"));
    return name;
  }

  private static AttributeProto ints(String name, boolean list, long... values) {
    AttributeProto.Builder attribute = AttributeProto.newBuilder().setName(name);
    if (!list) {
      return attribute.setType(AttributeProto.AttributeType.INT).setI(values[0]).build();
    }
    attribute.setType(AttributeProto.AttributeType.INTS);
    for (long value : values) {
      attribute.addInts(value);
    }
    return attribute.build();
  }

  private static float[] numbers(int count, int seed) {
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = (float) Math.sin(7 * seed + i);
    }
    return numbers;
  }

  /// However a layer is read, its units are switched off at every token: what the other tokens hand
  /// on to the one that is read is without them too.
  @ParameterizedTest
  @CsvSource({"true,FIRST_TOKEN", "false,MEAN_TOKENS"})
  void aUnitOfTokensIsSwitchedOffAtEveryToken(boolean firstToken, Reading reading) {
    Network network = Network.parse(transformer(false, firstToken).toByteArray(), "tokens");
    Layer layer = network.layer("block1");
    assertThat(layer.reading()).isEqualTo(reading);
    assertThat(layer.value()).isEqualTo("one");
    Network ablated =
        network.ablated("block1", Ablation.ofUnits(new int[] {0, 2}, new float[] {0, .5f}));
    float[] rows = numbers(24, 5);
    float[] everywhere = run(network, "one", rows, 2);
    float[] readOnly = everywhere.clone();
    for (int at = 0; at < everywhere.length; at += 4) {
      everywhere[at] = 0;
      everywhere[at + 2] = .5f;
      if (at % 12 == 0) {
        readOnly[at] = 0;
        readOnly[at + 2] = .5f;
      }
    }
    assertThat(run(ablated, "one", rows, 2)).containsExactly(everywhere);
    Network rest = Network.parse(transformer(true, firstToken).toByteArray(), "rest");
    float[] scores = run(ablated, "scores", rows, 2);
    assertThat(scores)
        .usingComparatorWithPrecision(1e-5f)
        .containsExactly(run(rest, "scores", everywhere, 2));
    float[] onlyFirst = run(rest, "scores", readOnly, 2);
    assertThat(Math.abs(scores[0] - onlyFirst[0])).isGreaterThan(1e-3f);
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
