package io.inscape.autograd;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import io.inscape.network.Network;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/// Writes small graphs, one node after the other.
public final class TestGraph {
  private final GraphProto.Builder graph = GraphProto.newBuilder().setName("test");
  private final RandomGenerator random;
  private final int opset;
  private String last = "x";
  private int names;

  public TestGraph(int opset, RandomGenerator random, long... observation) {
    this.opset = opset;
    this.random = random;
    graph.addInput(value("x", observation));
  }

  private static ValueInfoProto value(String name, long... observation) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    shape.addDimBuilder().setDimParam("batch");
    for (long size : observation) {
      shape.addDimBuilder().setDimValue(size);
    }
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(
            TypeProto.newBuilder()
                .setTensorType(TypeProto.Tensor.newBuilder().setElemType(1).setShape(shape)))
        .build();
  }

  /// Random weights in [-1, 1].
  public String weight(long... shape) {
    int count = 1;
    for (long size : shape) {
      count *= Math.toIntExact(size);
    }
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = 2 * random.nextFloat() - 1;
    }
    return floats(values, shape);
  }

  /// Random multiples of 0.05 other than 0, in between the inputs' grid: no maximum is a tie.
  public String steps(long... shape) {
    int count = 1;
    for (long size : shape) {
      count *= Math.toIntExact(size);
    }
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = 0.05f * (1 + random.nextInt(8)) * (random.nextBoolean() ? 1 : -1);
    }
    return floats(values, shape);
  }

  public String floats(float[] values, long... shape) {
    TensorProto.Builder tensor = TensorProto.newBuilder().setName("w" + names++).setDataType(1);
    for (long size : shape) {
      tensor.addDims(size);
    }
    for (float element : values) {
      tensor.addFloatData(element);
    }
    graph.addInitializer(tensor);
    return tensor.getName();
  }

  public String longs(long... values) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder().setName("i" + names++).setDataType(7).addDims(values.length);
    for (long element : values) {
      tensor.addInt64Data(element);
    }
    graph.addInitializer(tensor);
    return tensor.getName();
  }

  /// Adds a node over the newest value and further inputs.
  public TestGraph then(String operator, Map<String, Object> attributes, String... more) {
    String input = last;
    String[] inputs = new String[more.length + 1];
    inputs[0] = input;
    System.arraycopy(more, 0, inputs, 1, more.length);
    return node(operator, attributes, inputs);
  }

  /// Adds a node over any inputs.
  public TestGraph node(String operator, Map<String, Object> attributes, String... inputs) {
    last = operator + names++;
    NodeProto.Builder node =
        graph
            .addNodeBuilder()
            .setOpType(operator)
            .setName(last + "-node")
            .addAllInput(List.of(inputs))
            .addOutput(last);
    attributes.forEach((name, setting) -> node.addAttribute(attribute(name, setting)));
    return this;
  }

  private static AttributeProto attribute(String name, Object setting) {
    AttributeProto.Builder attribute = AttributeProto.newBuilder().setName(name);
    switch (setting) {
      case Integer value -> attribute.setType(AttributeProto.AttributeType.INT).setI(value);
      case Double value ->
          attribute.setType(AttributeProto.AttributeType.FLOAT).setF(value.floatValue());
      case String value ->
          attribute
              .setType(AttributeProto.AttributeType.STRING)
              .setS(com.google.protobuf.ByteString.copyFromUtf8(value));
      case long[] values -> {
        attribute.setType(AttributeProto.AttributeType.INTS);
        for (long value : values) {
          attribute.addInts(value);
        }
      }
      case TensorProto tensor ->
          attribute.setType(AttributeProto.AttributeType.TENSOR).setT(tensor);
      default -> throw new IllegalArgumentException("no attribute from " + setting);
    }
    return attribute.build();
  }

  public String last() {
    return last;
  }

  public Network network() {
    ModelProto.Builder model =
        ModelProto.newBuilder()
            .setIrVersion(8)
            .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(opset))
            .setGraph(graph.clone().addOutput(ValueInfoProto.newBuilder().setName(last)));
    return Network.parse(model.build().toByteArray(), "test graph");
  }
}
