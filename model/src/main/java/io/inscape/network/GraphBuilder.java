package io.inscape.network;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import io.inscape.dataset.ImageShape;
import java.util.List;

/// Writes a chain of operations as an ONNX graph. Each call takes the value that the one before it
/// made.
final class GraphBuilder {
  /// The newest operator set and file version that tools of 2022 read as well.
  private static final int OPERATOR_SET = 17;

  private static final int FILE_VERSION = 8;
  private static final String BATCH = "batch";

  private final GraphProto.Builder graph = GraphProto.newBuilder();
  private String value = "input";
  private boolean hasTrainingMode;

  GraphBuilder(String name, ImageShape input) {
    graph.setName(name);
    graph.addInput(
        floats(value, List.of((long) input.channels(), (long) input.rows(), (long) input.cols())));
  }

  void flatten() {
    node("Flatten", "flatten", "flat", value).addAttribute(integer("axis", 1));
  }

  /// A fully connected layer; weights are `[to, from]`.
  void gemm(String name, int from, int to, float[] weights) {
    graph.addInitializer(Tensor.ofFloats(name + ".weight", weights, to, from));
    graph.addInitializer(Tensor.ofFloats(name + ".bias", new float[to], to));
    node("Gemm", name, name + ".linear", value, name + ".weight", name + ".bias")
        .addAttribute(integer("transB", 1));
  }

  /// A 3 x 3 convolution that keeps the image's size; weights are `[to, from, row, col]`.
  void conv(String name, int from, int to, float[] weights) {
    graph.addInitializer(Tensor.ofFloats(name + ".weight", weights, to, from, 3, 3));
    graph.addInitializer(Tensor.ofFloats(name + ".bias", new float[to], to));
    node("Conv", name, name + ".linear", value, name + ".weight", name + ".bias")
        .addAttribute(integers("kernel_shape", 3, 3))
        .addAttribute(integers("pads", 1, 1, 1, 1))
        .addAttribute(integers("strides", 1, 1));
  }

  void relu(String name) {
    node("Relu", name + ".relu", name, value);
  }

  void maxPool(String name) {
    node("MaxPool", name, name, value)
        .addAttribute(integers("kernel_shape", 2, 2))
        .addAttribute(integers("strides", 2, 2));
  }

  /// Dropout that rests in inference; a ratio of 0 adds nothing.
  void dropout(String name, double ratio) {
    if (ratio == 0) {
      return;
    }
    graph.addInitializer(Tensor.ofFloats(name + ".ratio", new float[] {(float) ratio}));
    if (!hasTrainingMode) {
      graph.addInitializer(Tensor.ofBoolean("training_mode", false));
      hasTrainingMode = true;
    }
    node("Dropout", name, name, value, name + ".ratio", "training_mode");
  }

  void softmax(String name, int classes) {
    node("Softmax", name, name, value).addAttribute(integer("axis", 1));
    graph.addOutput(floats(name, List.of((long) classes)));
  }

  /// Gives the newest value another name.
  void rename(String name) {
    graph.getNodeBuilder(graph.getNodeCount() - 1).setOutput(0, name);
    value = name;
  }

  ModelProto build() {
    return ModelProto.newBuilder()
        .setIrVersion(FILE_VERSION)
        .setProducerName("inscape")
        .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(OPERATOR_SET))
        .setGraph(graph)
        .build();
  }

  private NodeProto.Builder node(String operator, String name, String output, String... inputs) {
    value = output;
    return graph
        .addNodeBuilder()
        .setOpType(operator)
        .setName(name)
        .addAllInput(List.of(inputs))
        .addOutput(output);
  }

  private static ValueInfoProto floats(String name, List<Long> sizes) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    shape.addDimBuilder().setDimParam(BATCH);
    for (long size : sizes) {
      shape.addDimBuilder().setDimValue(size);
    }
    TypeProto.Tensor.Builder tensor =
        TypeProto.Tensor.newBuilder().setElemType(ElementType.FLOAT.code()).setShape(shape);
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(TypeProto.newBuilder().setTensorType(tensor))
        .build();
  }

  private static AttributeProto integer(String name, long value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeProto.AttributeType.INT)
        .setI(value)
        .build();
  }

  private static AttributeProto integers(String name, long... values) {
    AttributeProto.Builder attribute =
        AttributeProto.newBuilder().setName(name).setType(AttributeProto.AttributeType.INTS);
    for (long element : values) {
      attribute.addInts(element);
    }
    return attribute.build();
  }
}
