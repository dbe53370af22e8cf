package io.inscape.autograd;

import ai.onnx.proto.OnnxMl.TensorProto;
import io.inscape.matrix.Rng;
import io.inscape.network.Network;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/// Small networks, some for each operator, over many settings and shapes.
final class OperatorCases {
  /// One network.
  ///
  /// @param name operator and settings
  /// @param operator what it is about
  /// @param network the graph
  /// @param positive whether its input must be above 0
  record Case(String name, String operator, Network network, boolean positive) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static final Map<String, Object> NO_SETTINGS = Map.of();
  private final List<Case> cases = new ArrayList<>();
  private final RandomGenerator random = Rng.of(7, "operator-cases");

  static List<Case> all() {
    OperatorCases all = new OperatorCases();
    all.elementwise();
    all.activations();
    all.products();
    all.convolutions();
    all.pools();
    all.normalizations();
    all.shapes();
    all.reductions();
    all.constants();
    return all.cases;
  }

  private TestGraph graph(int opset, long... observation) {
    return new TestGraph(opset, random, observation);
  }

  private void add(String operator, String settings, TestGraph graph) {
    cases.add(new Case(operator + " " + settings, operator, graph.network(), false));
  }

  private void elementwise() {
    for (String operator :
        List.of(
            "Abs",
            "Neg",
            "Exp",
            "Erf",
            "Relu",
            "Sigmoid",
            "Tanh",
            "Softplus",
            "Softsign",
            "Identity",
            "Elu",
            "Selu",
            "LeakyRelu",
            "HardSigmoid")) {
      add(operator, "3-D", graph(17, 2, 3).then(operator, NO_SETTINGS));
      add(operator, "2-D", graph(17, 7).then(operator, NO_SETTINGS));
    }
    for (String operator : List.of("Log", "Sqrt", "Reciprocal")) {
      Network network = graph(17, 5).then(operator, NO_SETTINGS).network();
      cases.add(new Case(operator + " positive", operator, network, true));
    }
    TestGraph power = graph(17, 5);
    power.then("Pow", NO_SETTINGS, power.floats(new float[] {1.7f}));
    cases.add(new Case("Pow 1.7", "Pow", power.network(), true));
    TestGraph cube = graph(17, 5);
    add("Pow", "3", cube.then("Pow", NO_SETTINGS, cube.floats(new float[] {3})));
    for (String operator : List.of("Add", "Sub", "Mul", "Div", "Max", "Min", "Sum")) {
      TestGraph row = graph(17, 3, 4);
      add(operator, "with a row", row.then(operator, NO_SETTINGS, row.steps(4)));
      TestGraph broadcast = graph(17, 3, 4);
      add(operator, "broadcast", broadcast.then(operator, NO_SETTINGS, broadcast.steps(1, 3, 1)));
      TestGraph left = graph(17, 4).then("Sigmoid", NO_SETTINGS);
      add(
          operator,
          "constant first",
          left.node(operator, NO_SETTINGS, left.weight(1, 4), left.last()));
    }
    for (String operator : List.of("Max", "Min", "Sum")) {
      TestGraph three = graph(17, 4);
      add(operator, "of three", three.then(operator, NO_SETTINGS, three.steps(4), three.steps(1)));
      add(operator, "of one", graph(17, 4).then(operator, NO_SETTINGS));
    }
  }

  private void activations() {
    add("LeakyRelu", "0.3", graph(17, 6).then("LeakyRelu", Map.of("alpha", 0.3)));
    add("Elu", "0.5", graph(17, 6).then("Elu", Map.of("alpha", 0.5)));
    add("Selu", "2, 0.5", graph(17, 6).then("Selu", Map.of("alpha", 2.0, "gamma", 0.5)));
    add("HardSigmoid", "0.1", graph(17, 6).then("HardSigmoid", Map.of("alpha", 0.1, "beta", 0.4)));
    TestGraph slopes = graph(17, 3, 4, 4);
    add("PRelu", "per channel", slopes.then("PRelu", NO_SETTINGS, slopes.weight(3, 1, 1)));
    add("Gelu", "exact", graph(20, 6).then("Gelu", NO_SETTINGS));
    add("Gelu", "tanh", graph(20, 6).then("Gelu", Map.of("approximate", "tanh")));
    add("Clip", "6", graph(6, 6).then("Clip", Map.of("min", -0.5, "max", 1.2)));
    TestGraph clip = graph(17, 6);
    String low = clip.floats(new float[] {-0.61f});
    add("Clip", "both", clip.then("Clip", NO_SETTINGS, low, clip.floats(new float[] {0.5f})));
    TestGraph above = graph(17, 6);
    add("Clip", "above", above.then("Clip", NO_SETTINGS, "", above.floats(new float[] {0.5f})));
    add("Dropout", "at rest", graph(17, 6).then("Dropout", NO_SETTINGS));
    TestGraph dropout = graph(17, 6);
    add(
        "Dropout",
        "ratio",
        dropout.then("Dropout", NO_SETTINGS, dropout.floats(new float[] {0.3f})));
    for (String operator : List.of("Softmax", "LogSoftmax")) {
      add(operator, "default", graph(17, 5).then(operator, NO_SETTINGS));
      add(operator, "axis 1", graph(17, 3, 4).then(operator, Map.of("axis", 1)));
      add(operator, "axis -2", graph(17, 3, 4).then(operator, Map.of("axis", -2)));
      add(operator, "of 2016", graph(9, 5).then(operator, NO_SETTINGS));
      add(operator, "of 2016, three axes", graph(9, 3, 4).then(operator, NO_SETTINGS));
      add(operator, "of 2016, axis 2", graph(12, 3, 2, 2).then(operator, Map.of("axis", 2)));
    }
  }

  private void products() {
    for (int transpose = 0; transpose < 2; transpose++) {
      TestGraph plain = graph(17, 5);
      String weight = transpose == 1 ? plain.weight(3, 5) : plain.weight(5, 3);
      Map<String, Object> settings = Map.of("transB", transpose);
      add("Gemm", "transB " + transpose, plain.then("Gemm", settings, weight, plain.weight(3)));
      TestGraph bare = graph(17, 5);
      String other = transpose == 1 ? bare.weight(3, 5) : bare.weight(5, 3);
      add("Gemm", "without bias " + transpose, bare.then("Gemm", settings, other));
    }
    TestGraph scaled = graph(17, 5);
    Map<String, Object> factors = Map.of("alpha", 0.5, "beta", 2.0);
    add("Gemm", "scaled", scaled.then("Gemm", factors, scaled.weight(5, 3), scaled.weight(1, 3)));
    TestGraph turned = graph(17, 5).then("Transpose", Map.of("perm", new long[] {1, 0}));
    add("Gemm", "transA", turned.then("Gemm", Map.of("transA", 1), turned.weight(5, 3)));
    TestGraph matrix = graph(17, 5);
    add("MatMul", "matrix", matrix.then("MatMul", NO_SETTINGS, matrix.weight(5, 3)));
    TestGraph stack = graph(17, 2, 5);
    add("MatMul", "stacked", stack.then("MatMul", NO_SETTINGS, stack.weight(5, 3)));
    TestGraph pair = graph(17, 2, 2, 5);
    add("MatMul", "pairs", pair.then("MatMul", NO_SETTINGS, pair.weight(2, 5, 3)));
    TestGraph vector = graph(17, 5);
    add("MatMul", "vector", vector.then("MatMul", NO_SETTINGS, vector.weight(5)));
  }

  private void convolutions() {
    for (int i = 0; i < 12; i++) {
      int groups = 1 + random.nextInt(2);
      int from = 2;
      int to = 2 * (1 + random.nextInt(2));
      long[] kernel = {1 + random.nextInt(3), 1 + random.nextInt(3)};
      Map<String, Object> settings = new LinkedHashMap<>();
      settings.put("group", groups);
      settings.put("strides", new long[] {1 + random.nextInt(2), 1 + random.nextInt(2)});
      if (i % 3 != 0) {
        settings.put("kernel_shape", kernel);
      }
      if (i % 5 >= 2) { // ONNX Runtime has no dilation together with automatic pads
        settings.put("dilations", new long[] {1 + random.nextInt(2), 1 + random.nextInt(2)});
      }
      String padding = padding(i, settings, 2);
      TestGraph graph = graph(17, from, 7, 6);
      String weight = graph.weight(to, from / groups, kernel[0], kernel[1]);
      graph =
          i % 2 == 0
              ? graph.then("Conv", settings, weight, graph.weight(to))
              : graph.then("Conv", settings, weight);
      add("Conv", i + " " + padding, graph);
    }
    TestGraph line = graph(17, 2, 9);
    add(
        "Conv",
        "1-D",
        line.then("Conv", Map.of("pads", new long[] {1, 1}), line.weight(3, 2, 3), line.weight(3)));
    TestGraph depthwise = graph(17, 3, 5, 5);
    add(
        "Conv",
        "depthwise",
        depthwise.then("Conv", Map.of("group", 3), depthwise.weight(3, 1, 3, 3)));
  }

  private String padding(int i, Map<String, Object> settings, int most) {
    switch (i % 5) {
      case 0 -> settings.put("auto_pad", "SAME_UPPER");
      case 1 -> settings.put("auto_pad", "SAME_LOWER");
      case 2 -> settings.put("auto_pad", "VALID");
      case 3 -> settings.put("pads", new long[] {1, 0, 1, 0});
      default ->
          settings.put(
              "pads",
              new long[] {random.nextInt(most), random.nextInt(most), random.nextInt(most), 1});
    }
    return List.of("same upper", "same lower", "valid", "symmetric", "uneven").get(i % 5);
  }

  private void pools() {
    for (int i = 0; i < 20; i++) {
      Map<String, Object> settings = new LinkedHashMap<>();
      settings.put("kernel_shape", new long[] {2 + random.nextInt(2), 2 + random.nextInt(2)});
      settings.put("strides", new long[] {1 + random.nextInt(2), 1 + random.nextInt(2)});
      String padding = padding(i, settings, 2);
      if (i >= 10 && i % 5 >= 2) {
        settings.put("ceil_mode", 1);
      }
      add("MaxPool", i + " " + padding, graph(17, 2, 7, 6).then("MaxPool", settings));
      if (i % 2 == 0) {
        settings.put("count_include_pad", 1);
      }
      add("AveragePool", i + " " + padding, graph(17, 2, 7, 6).then("AveragePool", settings));
    }
    Map<String, Object> line = Map.of("kernel_shape", new long[] {3});
    add("MaxPool", "1-D", graph(17, 2, 7).then("MaxPool", line));
    add("AveragePool", "1-D", graph(17, 2, 7).then("AveragePool", line));
    add("GlobalAveragePool", "2-D", graph(17, 2, 4, 5).then("GlobalAveragePool", NO_SETTINGS));
    add("GlobalMaxPool", "2-D", graph(17, 2, 4, 5).then("GlobalMaxPool", NO_SETTINGS));
    add("GlobalAveragePool", "1-D", graph(17, 2, 4).then("GlobalAveragePool", NO_SETTINGS));
  }

  private void normalizations() {
    for (long[] shape : List.of(new long[] {3, 4, 4}, new long[] {3})) {
      TestGraph batch = graph(15, shape);
      String mean = batch.weight(3);
      String variance = batch.floats(new float[] {0.5f, 1, 2}, 3);
      Map<String, Object> settings = Map.of("epsilon", 1e-3);
      String scale = batch.weight(3);
      add(
          "BatchNormalization",
          shape.length + "-D",
          batch.then("BatchNormalization", settings, scale, batch.weight(3), mean, variance));
    }
    TestGraph layer = graph(17, 3, 4);
    add(
        "LayerNormalization",
        "last",
        layer.then("LayerNormalization", NO_SETTINGS, layer.weight(4), layer.weight(4)));
    TestGraph two = graph(17, 3, 4);
    add(
        "LayerNormalization",
        "two axes",
        two.then("LayerNormalization", Map.of("axis", 1), two.weight(3, 4)));
  }

  private void shapes() {
    add("Flatten", "default", graph(17, 2, 3, 4).then("Flatten", NO_SETTINGS));
    add("Flatten", "2", graph(17, 2, 3, 4).then("Flatten", Map.of("axis", 2)));
    add("Flatten", "-1", graph(17, 2, 3, 4).then("Flatten", Map.of("axis", -1)));
    TestGraph reshape = graph(17, 2, 3, 4);
    add("Reshape", "0, -1", reshape.then("Reshape", NO_SETTINGS, reshape.longs(0, -1)));
    TestGraph free = graph(17, 2, 3, 4);
    add("Reshape", "-1, 6, 4", free.then("Reshape", NO_SETTINGS, free.longs(-1, 6, 4)));
    add("Transpose", "default", graph(17, 2, 3).then("Transpose", NO_SETTINGS));
    add(
        "Transpose",
        "0 2 3 1",
        graph(17, 2, 3, 4).then("Transpose", Map.of("perm", new long[] {0, 2, 3, 1})));
    TestGraph squeeze = graph(17, 1, 3, 1);
    add("Squeeze", "1 -1", squeeze.then("Squeeze", NO_SETTINGS, squeeze.longs(1, -1)));
    add("Squeeze", "of 2019", graph(11, 1, 3).then("Squeeze", Map.of("axes", new long[] {1})));
    add("Squeeze", "all", graph(17, 1, 3).then("Squeeze", NO_SETTINGS));
    TestGraph unsqueeze = graph(17, 3);
    add("Unsqueeze", "1 -1", unsqueeze.then("Unsqueeze", NO_SETTINGS, unsqueeze.longs(1, -1)));
    add("Unsqueeze", "of 2019", graph(11, 3).then("Unsqueeze", Map.of("axes", new long[] {2})));
    TestGraph concat = graph(17, 3).then("Sigmoid", NO_SETTINGS);
    add("Concat", "two", concat.node("Concat", Map.of("axis", 1), "x", concat.last()));
    TestGraph last = graph(17, 2, 3).then("Tanh", NO_SETTINGS);
    add("Concat", "three", last.node("Concat", Map.of("axis", -1), "x", last.last(), "x"));
  }

  private void reductions() {
    for (String operator : List.of("ReduceMean", "ReduceSum")) {
      boolean old = operator.equals("ReduceMean"); // its axes became an input only in opset 18
      TestGraph two = graph(17, 2, 3, 4);
      add(
          operator,
          "2 3",
          old
              ? two.then(operator, Map.of("axes", new long[] {2, 3}))
              : two.then(operator, NO_SETTINGS, two.longs(2, 3)));
      TestGraph flat = graph(18, 2, 3, 4);
      add(operator, "flat", flat.then(operator, Map.of("keepdims", 0), flat.longs(-1, 1)));
      TestGraph noop = graph(18, 2, 3);
      add(operator, "nothing", noop.then(operator, Map.of("noop_with_empty_axes", 1)));
    }
  }

  private void constants() {
    TensorProto row =
        TensorProto.newBuilder()
            .setDataType(1)
            .addDims(3)
            .addFloatData(1)
            .addFloatData(-2)
            .addFloatData(0.5f)
            .build();
    TestGraph graph = graph(17, 3).node("Constant", Map.of("value", row));
    add("Constant", "row", graph.node("Mul", NO_SETTINGS, "x", graph.last()));
    TensorProto shape =
        TensorProto.newBuilder().setDataType(7).addDims(2).addInt64Data(-1).addInt64Data(6).build();
    TestGraph reshaped = graph(17, 2, 3).node("Constant", Map.of("value", shape));
    add("Constant", "shape", reshaped.node("Reshape", NO_SETTINGS, "x", reshaped.last()));
  }
}
