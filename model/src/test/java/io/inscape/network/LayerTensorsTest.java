package io.inscape.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import io.inscape.dataset.ImageShape;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class LayerTensorsTest {
  @Test
  void namesTheTensorsOfThePapersNetworks() {
    Network mlp = Architectures.build(Architecture.MLP, new ImageShape(1, 28, 28), 10, 0);
    List<LayerTensor> weights = mlp.weights();
    assertThat(weights.stream().map(LayerTensor::title))
        .containsExactly(
            "fc1 weights",
            "fc1 biases",
            "fc2 weights",
            "fc2 biases",
            "fc3 weights",
            "fc3 biases",
            "fc4 weights",
            "fc4 biases",
            "logits weights",
            "logits biases");
    LayerTensor first = weights.getFirst();
    assertThat(first.name()).isEqualTo("fc1.weight");
    assertThat(first.size()).isEqualTo("1000 x 784");
    assertThat(first.senders()).isEqualTo(784);
    assertThat(first.receivers()).isEqualTo(1000);
  }

  @Test
  void leavesOutWhatOnlySetsAnOperationUp() {
    Network cnn = Architectures.build(Architecture.CNN, new ImageShape(1, 8, 8), 10, 0);
    assertThat(cnn.weights()).hasSize(14).noneMatch(one -> one.name().contains("ratio"));
    LayerTensor conv = cnn.weights().get(2);
    assertThat(conv.title()).isEqualTo("conv2 weights");
    assertThat(conv.senders()).isEqualTo(32 * 9);
    assertThat(conv.receivers()).isEqualTo(32);
  }

  @Test
  void findsTheBiasOfAnAddAndWeightsBehindATranspose() {
    ModelProto model =
        Graphs.model(graph -> {
          graph.addInitializer(Tensor.ofFloats("w", new float[12], 3, 4));
          graph.addInitializer(Tensor.ofFloats("b", new float[3], 3));
          graph.addNode(Graphs.node("Transpose", "turned", "w").toBuilder());
          graph.addNode(Graphs.node("MatMul", "product", "input", "turned"));
          graph.addNode(Graphs.node("Add", "sum", "product", "b"));
          graph.addNode(Graphs.node("Relu", "out", "sum"));
          graph.addOutput(Graphs.output("out"));
        });
    List<LayerTensor> weights = Network.parse(model.toByteArray(), "test").weights();
    assertThat(weights.stream().map(LayerTensor::kind))
        .containsExactly(LayerTensor.Kind.WEIGHTS, LayerTensor.Kind.BIASES);
    assertThat(weights.getFirst().senders()).isEqualTo(4);
    assertThat(weights.getFirst().layer()).isEqualTo(weights.get(1).layer());
  }

  /// As PyTorch exports an untrained network: equal constants are kept once, under one name.
  @Test
  void equalConstantsAreTakenApartAgain() {
    ModelProto model =
        Graphs.model(graph -> {
          graph.addInitializer(Tensor.ofFloats("first.weight", new float[] {1, 2, 3, 4}, 4));
          graph.addNode(Graphs.node("Identity", "second.weight", "first.weight"));
          graph.addNode(Graphs.node("Identity", "third.weight", "second.weight"));
          graph.addNode(Graphs.node("Identity", "given", "first.weight"));
          graph.addNode(inModule("Mul", "one", "/first/Mul", "input", "first.weight"));
          graph.addInitializer(Tensor.ofFloats("onnx::Mul_7", new float[4], 4));
          graph.addNode(inModule("Mul", "more", "/net/net.1/Mul", "one", "onnx::Mul_7"));
          graph.addNode(inModule("Add", "two", "/net/net.1/Add", "more", "second.weight"));
          graph.addNode(inModule("Mul", "out", "/net/net.2/Mul", "two", "third.weight"));
          graph.addOutput(Graphs.output("out"));
          graph.addOutput(Graphs.output("given"));
        });
    Network network = Network.parse(model.toByteArray(), "test");
    assertThat(network.parameters().keySet())
        .containsExactly("first.weight", "onnx::Mul_7", "second.weight", "third.weight");
    assertThat(network.nodes().stream().map(Node::operator))
        .containsExactlyInAnyOrder("Identity", "Mul", "Mul", "Add", "Mul");
    assertThat(network.weights().stream().map(one -> one.name() + " of " + one.layer()))
        .containsExactly(
            "first.weight of first",
            "onnx::Mul_7 of net.1",
            "second.weight of second",
            "third.weight of third");
    assertThat(network.parameters().get("third.weight").floats()).containsExactly(1, 2, 3, 4);
    Network changed = network.withParameters(Map.of("second.weight", new float[4]));
    assertThat(changed.parameters().get("first.weight").floats()).containsExactly(1, 2, 3, 4);
    assertThat(Network.parse(network.toBytes(), "again").toBytes()).isEqualTo(network.toBytes());
  }

  private static NodeProto inModule(String operator, String output, String name, String... inputs) {
    return Graphs.node(operator, output, inputs).toBuilder().setName(name).build();
  }

  @Test
  void putsSendersIntoRows() {
    LayerTensor gemm = new LayerTensor("w", "fc1", LayerTensor.Kind.WEIGHTS, List.of(2L, 3L), true);
    assertThat(gemm.bySender(new float[] {1, 2, 3, 4, 5, 6})).containsExactly(1, 4, 2, 5, 3, 6);
    LayerTensor product =
        new LayerTensor("w", "fc1", LayerTensor.Kind.WEIGHTS, List.of(2L, 3L), false);
    assertThat(product.bySender(new float[] {1, 2, 3, 4, 5, 6})).containsExactly(1, 2, 3, 4, 5, 6);
    assertThatThrownBy(() -> product.bySender(new float[5]))
        .hasMessage("w is 2 x 3, got 5 numbers for it");
  }
}
