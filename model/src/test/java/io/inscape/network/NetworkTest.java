package io.inscape.network;

import static io.inscape.network.Graphs.floats;
import static io.inscape.network.Graphs.model;
import static io.inscape.network.Graphs.node;
import static io.inscape.network.Graphs.output;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import ai.onnx.proto.OnnxMl.GraphProto;
import io.inscape.dataset.ImageShape;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class NetworkTest {
  private static final ImageShape MNIST = new ImageShape(1, 28, 28);

  @Test
  void theArchitecturesHaveThePapersParameterCounts() {
    assertThat(build(Architecture.MLP).parameterCount()).isEqualTo(3_798_010);
    assertThat(build(Architecture.RMLP).parameterCount()).isEqualTo(795_010);
    assertThat(build(Architecture.CNN).parameterCount()).isEqualTo(15_016_938);
    Network cifar = Architectures.build(Architecture.MLP, new ImageShape(3, 32, 32), 10, 0);
    assertThat(cifar.parameterCount()).isEqualTo(6_086_010);
  }

  @Test
  void aPerceptronMayHaveAnyWidths() {
    Network network = Architectures.perceptron(List.of(300, 100), MNIST, 10, 0);
    assertThat(network.parameterCount()).isEqualTo(266_610);
    assertThat(network.name()).isEqualTo("mlp-300-100");
    assertThat(network.layers().stream().map(Layer::name))
        .containsExactly("fc1", "fc2", "logits", "probabilities");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Architectures.perceptron(List.of(3, 0), MNIST, 10, 0))
        .withMessage("a perceptron needs hidden layers of at least 1 unit, got [3, 0]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Architectures.perceptron(List.of(3), MNIST, 1, 0))
        .withMessage("a network needs at least 2 classes, got 1");
  }

  @Test
  void layersAreNamedAsAPersonWould() {
    assertThat(build(Architecture.MLP).layers().stream().map(Layer::name))
        .containsExactly("fc1", "fc2", "fc3", "fc4", "logits", "probabilities");
    assertThat(build(Architecture.RMLP).layers().stream().map(Layer::name))
        .containsExactly("fc1", "logits", "probabilities");
    List<Layer> layers = build(Architecture.CNN).layers();
    assertThat(layers.stream().map(layer -> layer.name() + " " + layer.units()))
        .containsExactly(
            "conv1 25088",
            "conv2 25088",
            "pool1 6272",
            "conv3 12544",
            "conv4 12544",
            "pool2 3136",
            "fc1 4096",
            "fc2 512",
            "logits 10",
            "probabilities 10");
    assertThat(layers.get(2).shape()).containsExactly(32, 14, 14);
  }

  @Test
  void aLayerIsTheValueAfterItsActivationFunction() {
    Network network = build(Architecture.MLP);
    for (String name : List.of("fc1", "fc4")) {
      assertThat(network.producer(network.layer(name).value()).orElseThrow().operator())
          .isEqualTo("Relu");
    }
    assertThat(network.logits()).contains(network.layer("logits").value());
  }

  @Test
  void foreignGraphsGetLayersToo() {
    // MatMul + bias + batch normalisation + Tanh is one layer; a residual sum is another; Sigmoid
    // ends the third.
    Network network =
        parse(graph ->
            graph
                .addInitializer(Tensor.ofFloats("w", new float[16], 4, 4))
                .addInitializer(floats("b", 1, 2, 3, 4))
                .addInitializer(Tensor.ofFloats("v", new float[4], 4, 1))
                .addNode(node("MatMul", "m", "input", "w"))
                .addNode(node("Add", "mb", "b", "m"))
                .addNode(node("BatchNormalization", "n", "mb", "b", "b", "b", "b"))
                .addNode(node("Tanh", "t", "n"))
                .addNode(node("Add", "r", "t", "input"))
                .addNode(node("Gemm", "g", "r", "v"))
                .addNode(node("Sigmoid", "s", "g"))
                .addOutput(output("s")));
    assertThat(network.layers())
        .containsExactly(
            new Layer("fc1", "t", List.of(4), "MatMul"),
            new Layer("sum1", "r", List.of(4), "Add"),
            new Layer("fc2", "s", List.of(1), "Gemm"));
    assertThat(network.layer("t")).isEqualTo(network.layer("fc1"));
    assertThat(network.logits()).contains("s");
  }

  @Test
  void anUnknownLayerIsAnsweredWithWhatThereIs() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> build(Architecture.RMLP).layer("fc9"))
        .withMessage("no layer is called 'fc9'; the network has fc1, logits, probabilities");
  }

  @ParameterizedTest
  @EnumSource(Architecture.class)
  void bytesAreDeterministicAndReadBack(Architecture architecture) {
    Network network = Architectures.build(architecture, new ImageShape(1, 8, 8), 3, 7);
    byte[] bytes = network.toBytes();
    assertThat(Architectures.build(architecture, new ImageShape(1, 8, 8), 3, 7).toBytes())
        .isEqualTo(bytes);
    assertThat(Architectures.build(architecture, new ImageShape(1, 8, 8), 3, 8).toBytes())
        .isNotEqualTo(bytes);
    Network again = Network.parse(bytes, "again");
    assertThat(again.toBytes()).isEqualTo(bytes);
    assertThat(again.name()).isEqualTo(architecture.title());
    assertThat(again.inputs())
        .singleElement()
        .satisfies(input -> {
          assertThat(input.name()).isEqualTo("input");
          assertThat(input.type()).contains(ElementType.FLOAT);
          assertThat(input.shape())
              .contains(
                  List.of(
                      new Dimension.Free("batch"),
                      new Dimension.Fixed(1),
                      new Dimension.Fixed(8),
                      new Dimension.Fixed(8)));
        });
  }

  @Test
  void weightsAreGlorotUniformAndBiasesZero() {
    Network network = build(Architecture.CNN);
    float[] conv = network.parameters().get("conv2.weight").floats();
    double limit = Math.sqrt(6.0 / (9 * 32 + 9 * 32));
    double squares = 0;
    for (float weight : conv) {
      assertThat((double) weight).isBetween(-limit, limit);
      squares += weight * weight;
    }
    assertThat(squares / conv.length).isCloseTo(limit * limit / 3, within(0.03 * limit * limit));
    assertThat(network.parameters().get("conv2.bias").floats()).containsOnly(0f);
    assertThat(network.parameters().get("fc1.weight").shape()).containsExactly(4096, 3136);
  }

  @Test
  void dropoutRestsInInferenceAndItsRatiosAreKept() {
    Network network = build(Architecture.MLP);
    assertThat(network.nodes().stream().filter(node -> node.is("Dropout"))).hasSize(4);
    assertThat(network.parameters().get("dropout4.ratio").floats()).containsExactly(0.5f);
    assertThat(network.parameters().get("training_mode").booleans()).containsExactly(false);
    assertThat(network.trainable()).hasSize(10).doesNotContain("dropout4.ratio");
    Network without =
        Architectures.build(Architecture.MLP, MNIST, 10, List.of(0.0, 0.0, 0.0, 0.0), 0);
    assertThat(without.nodes().stream().filter(node -> node.is("Dropout"))).isEmpty();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Architectures.build(Architecture.RMLP, MNIST, 10, List.of(1.0), 0))
        .withMessage("a dropout ratio must be at least 0 and below 1, got 1.0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Architectures.build(Architecture.RMLP, MNIST, 10, List.of(), 0))
        .withMessage("rmlp takes 1 dropout ratios, got 0");
  }

  @Test
  void otherWeightsMakeAnotherNetwork() {
    Network network = build(Architecture.RMLP);
    float[] bias = new float[10];
    bias[3] = 5;
    Network changed = network.withParameters(Map.of("logits.bias", bias));
    assertThat(changed.parameters().get("logits.bias").floats()).isEqualTo(bias);
    assertThat(network.parameters().get("logits.bias").floats()).containsOnly(0f);
    assertThat(changed.parameters().get("fc1.weight").floats())
        .isEqualTo(network.parameters().get("fc1.weight").floats());
    assertThat(changed.withParameters(Map.of("logits.bias", new float[10])).toBytes())
        .isEqualTo(network.toBytes());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> network.withParameters(Map.of("logits.bias", new float[9])))
        .withMessage("parameter logits.bias is FLOAT [10], got 9 32-bit numbers for it");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> network.withParameters(Map.of("nothing", new float[9])))
        .withMessageStartingWith("no parameter is called nothing; there are [fc1.weight, ");
  }

  @Test
  void nodesAreOrderedEvenWhenTheFileIsNot() {
    Network network =
        parse(graph ->
            graph
                .addNode(node("Relu", "c", "b"))
                .addNode(node("Relu", "b", "a"))
                .addNode(node("Relu", "a", "input"))
                .addOutput(output("c")));
    assertThat(network.nodes().stream().map(node -> node.outputs().getFirst()))
        .containsExactly("a", "b", "c");
  }

  @Test
  void theExecutorComputesWhatAHandWouldAndExposingChangesNothing() {
    Network network =
        parse(graph ->
            graph
                .addInitializer(Tensor.ofFloats("w", new float[] {1, 0, -1, 2, 0, 1, 1, 1}, 4, 2))
                .addInitializer(floats("b", 10, -100))
                .addNode(node("Gemm", "z", "input", "w", "b"))
                .addNode(node("Relu", "y", "z"))
                .addOutput(output("y")));
    float[] rows = {1, 2, 3, 4, 0, 0, 0, 200};
    try (OnnxExecutor inner = OnnxExecutor.open(network, List.of("z", "y"), 1)) {
      Map<String, float[]> values = inner.run(rows, 2);
      assertThat(values.get("z")).containsExactly(13, -89, 210, 100);
      assertThat(values.get("y")).containsExactly(13, 0, 210, 100);
      assertThat(inner.shapes()).isEqualTo(Map.of("z", List.of(-1L, 2L), "y", List.of(-1L, 2L)));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> inner.run(rows, 3))
          .withMessage("a batch of 3 needs 12 numbers, got 8");
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> OnnxExecutor.open(network, List.of("q"), 1))
        .withMessage("no node of test.onnx makes a value called 'q'");
  }

  @Test
  void exposedValuesEqualTheUnexposedRun() {
    for (Architecture architecture : Architecture.values()) {
      Network network = build(architecture);
      float[] input = new float[3 * 784];
      for (int i = 0; i < input.length; i++) {
        input[i] = (i * 31 % 97) / 97f;
      }
      List<String> all = network.layers().stream().map(Layer::value).toList();
      try (OnnxExecutor plain = OnnxExecutor.open(network, List.of("probabilities"), 1);
          OnnxExecutor exposed = OnnxExecutor.open(network, all, 2)) {
        float[] expected = plain.run(input, 3).get("probabilities");
        Map<String, float[]> values = exposed.run(input, 3);
        assertThat(values.get("probabilities")).containsExactly(expected, within(1e-6f));
        assertThat(Arrays.copyOf(values.get("fc1"), 100)).doesNotContain(Float.NaN);
      }
    }
  }

  private static Network parse(Consumer<GraphProto.Builder> content) {
    return Network.parse(model(content).toByteArray(), "test.onnx");
  }

  private static Network build(Architecture architecture) {
    return Architectures.build(architecture, MNIST, 10, 0);
  }

  @Test
  void onnxsOwnCheckerAcceptsWhatWeBuild(@TempDir Path folder) throws Exception {
    Path python = Path.of("/usr/bin/python3");
    Assumptions.assumeTrue(Files.isExecutable(python), "no system Python");
    String script =
        """
        import sys
        try:
            import onnx
        except ImportError:
            sys.exit(77)
        model = onnx.load(sys.argv[1])
        onnx.checker.check_model(model, full_check=True)
        onnx.shape_inference.infer_shapes(model, check_type=True, strict_mode=True)
        """;
    for (Architecture architecture : Architecture.values()) {
      Path file = folder.resolve(architecture.title() + ".onnx");
      Files.write(file, Architectures.build(architecture, new ImageShape(1, 8, 8), 3, 0).toBytes());
      Process process =
          new ProcessBuilder(python.toString(), "-c", script, file.toString()).inheritIO().start();
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      Assumptions.assumeTrue(process.exitValue() != 77, "no ONNX for Python");
      assertThat(process.exitValue()).isZero();
    }
  }
}
