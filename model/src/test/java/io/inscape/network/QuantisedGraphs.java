package io.inscape.network;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Random;

/// Small networks as quantisers write them; `input` is `[batch, 1, 6, 6]`, three classes.
final class QuantisedGraphs {
  private final GraphProto.Builder graph = GraphProto.newBuilder().setName("test");
  private final Random random = new Random(4);
  private int made;

  private QuantisedGraphs() {
    graph.addInput(Graphs.input("input", 1, 6, 6));
  }

  /// Real operations between pairs of `QuantizeLinear` and `DequantizeLinear`; the pooled value is
  /// quantised once and turned back for each of its two readers.
  static Network pairs() {
    QuantisedGraphs q = new QuantisedGraphs();
    String image = q.pair("input", "input", 1f / 255, 0);
    q.wholes("conv.weight_quantized", TensorProto.DataType.INT8, 3, 1, 3, 3);
    q.floats("conv.weight_scale", .01f, .02f, .03f);
    q.bytes("conv.weight_zero", TensorProto.DataType.INT8, 0, 0, 0);
    String weight = q.dequantised("conv.weight", integer("axis", 0));
    q.wholes32("conv.bias_quantized", 100, -50, 7);
    q.floats("conv.bias_scale", .01f / 255, .02f / 255, .03f / 255);
    q.wholes32("conv.bias_zero", 0, 0, 0);
    String bias = q.dequantised("conv.bias", integer("axis", 0));
    String convolved = q.node("Conv", new String[] {image, weight, bias}, pads());
    String bent = q.pair("conv", q.node("Relu", new String[] {convolved}), .02f, 0);
    String pooled = q.node("GlobalAveragePool", new String[] {bent});
    q.graph.addNode(Graphs.node("QuantizeLinear", "pool_q", pooled, "conv_scale", "conv_zero"));
    q.graph.addNode(Graphs.node("DequantizeLinear", "pool_1", "pool_q", "conv_scale", "conv_zero"));
    q.graph.addNode(Graphs.node("DequantizeLinear", "pool_2", "pool_q", "conv_scale", "conv_zero"));
    String flat = q.node("Flatten", new String[] {"pool_1"});
    String doubled = q.node("Mul", new String[] {flat, q.node("Flatten", new String[] {"pool_2"})});
    q.wholes("fc.weight_quantized", TensorProto.DataType.UINT8, 3, 3);
    q.floats("fc.weight_scale", .005f);
    q.bytes("fc.weight_zero", TensorProto.DataType.UINT8, 128);
    String scores = q.node("MatMul", new String[] {doubled, q.dequantised("fc.weight")});
    return q.network(q.pair("scores", scores, .05f, 120));
  }

  /// Probabilities that are quantised, or 16-bit floats, before they become the output.
  static Network probabilities(boolean quantised) {
    QuantisedGraphs q = new QuantisedGraphs();
    String flat = q.node("Flatten", new String[] {"input"});
    if (quantised) {
      q.wholes("fc.weight_quantized", TensorProto.DataType.INT8, 36, 3);
      q.floats("fc.weight_scale", .005f);
      q.bytes("fc.weight_zero", TensorProto.DataType.INT8, 0);
      String scores = q.node("MatMul", new String[] {flat, q.dequantised("fc.weight")});
      String read = q.pair("scores", scores, .1f, 128);
      return q.network(q.pair("shares", q.node("Softmax", new String[] {read}), 1f / 255, 0));
    }
    q.halves("fc.weight", 36, 3);
    String half = q.node("Cast", new String[] {flat}, integer("to", 10));
    String scores = q.node("MatMul", new String[] {half, "fc.weight"});
    String shares = q.node("Softmax", new String[] {scores});
    return q.network(q.node("Cast", new String[] {shares}, integer("to", 1)));
  }

  /// Operations on whole numbers all the way.
  static Network operators() {
    QuantisedGraphs q = new QuantisedGraphs();
    q.quantisation("image", 1f / 255, 0);
    String image = q.node("QuantizeLinear", new String[] {"input", "image_scale", "image_zero"});
    q.wholes("conv.weight", TensorProto.DataType.INT8, 3, 1, 3, 3);
    q.floats("conv.weight_scale", .01f, .02f, .03f);
    q.bytes("conv.weight_zero", TensorProto.DataType.INT8, 0, 0, 0);
    q.wholes32("conv.bias", 100, -50, 7);
    q.quantisation("conv", .02f, 3);
    String convolved =
        q.node(
            "QLinearConv",
            new String[] {
              image,
              "image_scale",
              "image_zero",
              "conv.weight",
              "conv.weight_scale",
              "conv.weight_zero",
              "conv_scale",
              "conv_zero",
              "conv.bias"
            },
            pads());
    String pooled =
        q.node(
            "MaxPool",
            new String[] {convolved},
            integers("kernel_shape", 2, 2),
            integers("strides", 2, 2));
    String flat = q.node("Flatten", new String[] {pooled});
    q.wholes("fc.weight", TensorProto.DataType.UINT8, 27, 3);
    q.floats("fc.weight_scale", .01f);
    q.bytes("fc.weight_zero", TensorProto.DataType.UINT8, 128);
    q.quantisation("scores", .05f, 120);
    String scores =
        q.node(
            "QLinearMatMul",
            new String[] {
              flat,
              "conv_scale",
              "conv_zero",
              "fc.weight",
              "fc.weight_scale",
              "fc.weight_zero",
              "scores_scale",
              "scores_zero"
            });
    return q.network(
        q.node("DequantizeLinear", new String[] {scores, "scores_scale", "scores_zero"}));
  }

  /// Two residual blocks of two convolutions each, with an activation function folded into the
  /// first and none behind the second.
  static Network residual() {
    QuantisedGraphs q = new QuantisedGraphs();
    q.quantisation("image", 1f / 255, 0);
    q.quantisation("bent", .02f, 0);
    q.quantisation("sum", .03f, 100);
    q.floats("weight_scale", .01f);
    q.bytes("weight_zero", TensorProto.DataType.INT8, 0);
    String image = q.node("QuantizeLinear", new String[] {"input", "image_scale", "image_zero"});
    String value = q.convolved(image, "image", "bent", 1);
    String at = "bent";
    for (int block = 0; block < 2; block++) {
      String inner = q.convolved(value, at, "bent", 3);
      String end = q.convolved(inner, "bent", "sum", 3);
      String[] added = {
        end, "sum_scale", "sum_zero", value, at + "_scale", at + "_zero", "sum_scale", "sum_zero"
      };
      value = q.node("QLinearAdd", added);
      at = "sum";
      q.graph.setNode(
          q.graph.getNodeCount() - 1,
          q.graph.getNode(q.graph.getNodeCount() - 1).toBuilder().setDomain("com.microsoft"));
    }
    String flat = q.node("Flatten", new String[] {value});
    String real = q.node("DequantizeLinear", new String[] {flat, "sum_scale", "sum_zero"});
    q.wholes("fc.weight_quantized", TensorProto.DataType.INT8, 108, 3);
    q.floats("fc.weight_scale", .005f);
    q.bytes("fc.weight_zero", TensorProto.DataType.INT8, 0);
    String scores = q.node("MatMul", new String[] {real, q.dequantised("fc.weight")});
    return q.network(q.pair("scores", scores, .1f, 128));
  }

  private String convolved(String from, String taken, String given, int channels) {
    String weight = "weight " + made++;
    wholes(weight, TensorProto.DataType.INT8, 3, channels, 3, 3);
    return node(
        "QLinearConv",
        new String[] {
          from,
          taken + "_scale",
          taken + "_zero",
          weight,
          "weight_scale",
          "weight_zero",
          given + "_scale",
          given + "_zero"
        },
        pads());
  }

  /// Scales that are found while the network runs.
  static Network dynamic() {
    QuantisedGraphs q = new QuantisedGraphs();
    String sum = q.summed("ConvInteger", "input", "conv", new long[] {3, 1, 3, 3}, pads());
    q.graph.addInitializer(Tensor.ofFloats("conv.bias", new float[] {.1f, -.2f, .3f}, 1, 3, 1, 1));
    String biased = q.node("Add", new String[] {sum, "conv.bias"});
    String bent = q.node("Relu", new String[] {biased});
    String flat =
        q.node("Flatten", new String[] {q.node("GlobalAveragePool", new String[] {bent})});
    String scores = q.summed("MatMulInteger", flat, "fc", new long[] {3, 3});
    return q.network(q.node("Add", new String[] {scores, q.floats("fc.bias", .5f, 0, -.5f)}));
  }

  /// The convolution in 16-bit floats, the bias of the scores in 32-bit ones.
  static Network half() {
    QuantisedGraphs q = new QuantisedGraphs();
    String image = q.node("Cast", new String[] {"input"}, integer("to", 10));
    q.halves("conv.weight", 3, 1, 3, 3);
    q.halves("conv.bias", 3);
    String convolved = q.node("Conv", new String[] {image, "conv.weight", "conv.bias"}, pads());
    String bent = q.node("Relu", new String[] {convolved});
    String flat =
        q.node("Flatten", new String[] {q.node("GlobalAveragePool", new String[] {bent})});
    q.halves("fc.weight", 3, 3);
    String scores = q.node("MatMul", new String[] {flat, "fc.weight"});
    String real = q.node("Cast", new String[] {scores}, integer("to", 1));
    return q.network(q.node("Add", new String[] {real, q.floats("fc.bias", .5f, 0, -.5f)}));
  }

  private String summed(
      String operator, String from, String name, long[] shape, AttributeProto... settings) {
    String whole = name + " whole";
    graph.addNode(
        Graphs.node("DynamicQuantizeLinear", whole, from).toBuilder()
            .addOutput(name + " scale")
            .addOutput(name + " zero"));
    wholes(name + ".weight", TensorProto.DataType.INT8, shape);
    floats(name + ".weight_scale", .02f);
    bytes(name + ".weight_zero", TensorProto.DataType.INT8, 0);
    String sum =
        node(
            operator,
            new String[] {whole, name + ".weight", name + " zero", name + ".weight_zero"},
            settings);
    String scale = node("Mul", new String[] {name + " scale", name + ".weight_scale"});
    String real = node("Cast", new String[] {sum}, integer("to", 1));
    return node("Mul", new String[] {real, scale});
  }

  private String pair(String name, String from, float scale, int zero) {
    quantisation(name, scale, zero);
    String whole = name + "_whole";
    graph.addNode(Graphs.node("QuantizeLinear", whole, from, name + "_scale", name + "_zero"));
    return node("DequantizeLinear", new String[] {whole, name + "_scale", name + "_zero"});
  }

  private void quantisation(String name, float scale, int zero) {
    graph.addInitializer(Tensor.ofFloats(name + "_scale", new float[] {scale}));
    graph.addInitializer(
        whole(name + "_zero", TensorProto.DataType.UINT8, new byte[] {(byte) zero}));
  }

  private String dequantised(String name, AttributeProto... settings) {
    return node(
        "DequantizeLinear",
        new String[] {name + "_quantized", name + "_scale", name + "_zero"},
        settings);
  }

  private String node(String operator, String[] inputs, AttributeProto... settings) {
    String output = operator + " " + made++;
    NodeProto.Builder node = Graphs.node(operator, output, inputs).toBuilder();
    for (AttributeProto setting : settings) {
      node.addAttribute(setting);
    }
    graph.addNode(node);
    return output;
  }

  private String floats(String name, float... values) {
    boolean one = values.length == 1;
    long[] shape = one ? new long[0] : new long[] {values.length};
    graph.addInitializer(Tensor.ofFloats(name, values, shape));
    return name;
  }

  private void bytes(String name, TensorProto.DataType type, int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) values[i];
    }
    long[] shape = values.length == 1 ? new long[0] : new long[] {values.length};
    graph.addInitializer(whole(name, type, bytes, shape));
  }

  private void wholes(String name, TensorProto.DataType type, long... shape) {
    byte[] bytes = new byte[count(shape)];
    random.nextBytes(bytes);
    graph.addInitializer(whole(name, type, bytes, shape));
  }

  private void wholes32(String name, int... values) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder().setName(name).setDataType(ElementType.INT32.code());
    tensor.addDims(values.length);
    for (int value : values) {
      tensor.addInt32Data(value);
    }
    graph.addInitializer(tensor);
  }

  private void halves(String name, long... shape) {
    ByteBuffer raw = ByteBuffer.allocate(2 * count(shape)).order(ByteOrder.LITTLE_ENDIAN);
    while (raw.hasRemaining()) {
      raw.putShort(Float.floatToFloat16((float) random.nextGaussian() / 2));
    }
    TensorProto.Builder tensor =
        TensorProto.newBuilder()
            .setName(name)
            .setDataType(ElementType.FLOAT16.code())
            .setRawData(ByteString.copyFrom(raw.flip()));
    for (long size : shape) {
      tensor.addDims(size);
    }
    graph.addInitializer(tensor);
  }

  private static TensorProto whole(
      String name, TensorProto.DataType type, byte[] values, long... shape) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder()
            .setName(name)
            .setDataType(type.getNumber())
            .setRawData(ByteString.copyFrom(values));
    for (long size : shape) {
      tensor.addDims(size);
    }
    return tensor.build();
  }

  private static int count(long[] shape) {
    long count = 1;
    for (long size : shape) {
      count *= size;
    }
    return Math.toIntExact(count);
  }

  private static AttributeProto pads() {
    return integers("pads", 1, 1, 1, 1);
  }

  private static AttributeProto integer(String name, long value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeProto.AttributeType.INT)
        .setI(value)
        .build();
  }

  private static AttributeProto integers(String name, long... values) {
    AttributeProto.Builder setting =
        AttributeProto.newBuilder().setName(name).setType(AttributeProto.AttributeType.INTS);
    for (long value : values) {
      setting.addInts(value);
    }
    return setting.build();
  }

  private Network network(String output) {
    graph.addOutput(Graphs.output(output));
    ModelProto.Builder model = ModelProto.newBuilder().setIrVersion(8).setGraph(graph);
    model.addOpsetImportBuilder().setVersion(17);
    model.addOpsetImportBuilder().setDomain("com.microsoft").setVersion(1);
    return Network.parse(model.build().toByteArray(), "quantised");
  }
}
