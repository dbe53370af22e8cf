package io.inscape.network;

import static io.inscape.network.Graphs.model;
import static io.inscape.network.Graphs.node;
import static io.inscape.network.Graphs.output;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import io.inscape.dataset.InputException;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/// Networks that ask for more than there is, and values that are no numbers.
final class AbsurdNetworkTest {
  @Test
  void aConstantThatClaimsMoreThanItHasIsRefused() {
    assertThatExceptionOfType(InputException.class)
        .isThrownBy(() ->
            parse(graph ->
                graph
                    .addInitializer(
                        TensorProto.newBuilder()
                            .setName("w")
                            .setDataType(1)
                            .addDims(1L << 30)
                            .addDims(1L << 30))
                    .addNode(node("Relu", "y", "input"))
                    .addOutput(output("y"))))
        .withMessage(
            "test.onnx: found the shape [1073741824, 1073741824] at constant 'w', expected 0 to 2^31 "
                + "elements; the file is damaged, export the network again");
  }

  @Test
  void aValueOfAbsurdSizeIsRefusedBeforeAnythingRuns() {
    Network network =
        parse(graph ->
            graph
                .addInitializer(whole("shape", 1_000_000, 1_000_000))
                .addNode(node("ConstantOfShape", "bomb", "shape"))
                .addNode(node("ReduceMax", "m", "bomb"))
                .addNode(node("Add", "y", "input", "m"))
                .addOutput(output("y")));
    assertThatExceptionOfType(InputException.class)
        .isThrownBy(network::layers)
        .withMessage(
            "test.onnx: found the shape [1000000, 1000000] for a batch of 2 at value 'bomb', expected "
                + "less than 2^31 numbers for each observation; the file is damaged or was not made "
                + "to be run");
    assertThatExceptionOfType(InputException.class)
        .isThrownBy(() -> OnnxExecutor.open(network, List.of("y"), 1));
  }

  @Test
  void anOutputThatIsNoTensorIsPassedOver() {
    Network network =
        parse(graph ->
            graph
                .addInitializer(Tensor.ofFloats("w", new float[8], 4, 2))
                .addNode(node("Gemm", "scores", "input", "w"))
                .addNode(node("SequenceConstruct", "both", "scores", "input"))
                .addOutput(
                    ValueInfoProto.newBuilder()
                        .setName("both")
                        .setType(
                            TypeProto.newBuilder()
                                .setSequenceType(
                                    TypeProto.Sequence.newBuilder()
                                        .setElemType(Graphs.input("x").getType()))))
                .addOutput(Graphs.input("scores", 2)));
    assertThat(network.layers()).extracting(Layer::name).containsExactly("logits");
    try (OnnxExecutor executor = OnnxExecutor.open(network, List.of("scores"), 1)) {
      assertThat(executor.run(new float[4], 1).get("scores")).containsExactly(0, 0);
    }
    assertThatExceptionOfType(InputException.class)
        .isThrownBy(() -> OnnxExecutor.open(network, List.of("both"), 1))
        .withMessage(
            "test.onnx: found a sequence or map at value 'both', expected a tensor; choose another "
                + "layer, or export the network without it");
  }

  @Test
  void aQuantisedLayerIsHandedOutAsTheNumbersItStandsFor() {
    Network network =
        parse(graph ->
            graph
                .addInitializer(Tensor.ofFloats("s", new float[] {0.5f}))
                .addInitializer(byteZero())
                .addNode(node("QuantizeLinear", "q", "input", "s", "z"))
                .addNode(node("DequantizeLinear", "y", "q", "s", "z"))
                .addOutput(output("y")));
    try (OnnxExecutor executor = OnnxExecutor.open(network, List.of("q", "y"), 1)) {
      float[] expected = {0.5f, 1, 0, 3};
      var values = executor.run(new float[] {0.6f, 1, -2, 3.1f}, 1);
      assertThat(values.get("q")).containsExactly(expected);
      assertThat(values.get("y")).containsExactly(expected);
    }
  }

  private static TensorProto whole(String name, long... values) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder().setName(name).setDataType(7).addDims(values.length);
    for (long value : values) {
      tensor.addInt64Data(value);
    }
    return tensor.build();
  }

  private static TensorProto byteZero() {
    return TensorProto.newBuilder().setName("z").setDataType(2).addInt32Data(0).build();
  }

  private static Network parse(Consumer<GraphProto.Builder> content) {
    return Network.parse(model(content).toByteArray(), "test.onnx");
  }
}
