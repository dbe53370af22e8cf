package io.inscape.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.inscape.dataset.Feed;
import io.inscape.network.runtime.OnnxSessions;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class QuantisedNetworkTest {
  private static final int BATCH = 5;

  static Stream<Network> networks() {
    return Stream.of(
        QuantisedGraphs.pairs(),
        QuantisedGraphs.operators(),
        QuantisedGraphs.dynamic(),
        QuantisedGraphs.half());
  }

  @Test
  void layersAreBehindTheirActivationFunctionsAndHaveReadableNames() {
    assertThat(described(QuantisedGraphs.pairs()))
        .containsExactly(
            "conv1 DequantizeLinear [3, 6, 6]",
            "pool1 DequantizeLinear [3, 1, 1]",
            "logits DequantizeLinear [3]");
    assertThat(described(QuantisedGraphs.operators()))
        .containsExactly(
            "conv1 QLinearConv [3, 6, 6]",
            "pool1 MaxPool [3, 3, 3]",
            "logits DequantizeLinear [3]");
    assertThat(described(QuantisedGraphs.dynamic()))
        .containsExactly(
            "conv1 Relu [3, 6, 6]", "pool1 GlobalAveragePool [3, 1, 1]", "logits Add [3]");
    assertThat(described(QuantisedGraphs.half()))
        .containsExactly(
            "conv1 Relu [3, 6, 6]", "pool1 GlobalAveragePool [3, 1, 1]", "logits Add [3]");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void classScoresAreFoundBeforeSoftmaxHoweverItsNumbersAreTurned(boolean quantised) {
    Network network = QuantisedGraphs.probabilities(quantised);
    assertThat(network.layers()).extracting(Layer::name).containsExactly("logits", "probabilities");
    assertThat(network.logits()).contains(network.layer("logits").value());
    assertThat(network.layer("probabilities").value())
        .isEqualTo(network.outputs().getFirst().name());
    float[] scores = captured(network, network.layer("logits"));
    float[] shares = captured(network, network.layer("probabilities"));
    for (int row = 0; row < BATCH; row++) {
      double sum = 0;
      for (int i = 0; i < 3; i++) {
        sum += Math.exp(scores[3 * row + i]);
      }
      for (int i = 0; i < 3; i++) {
        double share = Math.exp(scores[3 * row + i]) / sum;
        assertThat((double) shares[3 * row + i]).isCloseTo(share, within(1e-2)); // a step is 1/255
      }
    }
  }

  private static List<String> described(Network network) {
    return network.layers().stream()
        .map(layer ->
            layer.name()
                + " "
                + network.producer(layer.value()).orElseThrow().operator()
                + " "
                + layer.shape())
        .toList();
  }

  /// Quantisers fold the activation function into the quantisation: what ends within a block is no
  /// block of its own.
  @Test
  void foldedActivationFunctionsAreSeen() {
    assertThat(described(QuantisedGraphs.residual()))
        .filteredOn(layer -> layer.startsWith("block"))
        .containsExactly("block1 QLinearAdd [3, 6, 6]", "block2 QLinearAdd [3, 6, 6]");
  }

  /// Every value that can be chosen is what ONNX Runtime makes of the graph as it was brought;
  /// whole numbers are turned by hand into what their scale says.
  @ParameterizedTest
  @MethodSource("networks")
  void activationsAreTheRuntimesOwn(Network network) throws OrtException {
    int compared = 0;
    for (String value : network.values()) {
      Layer layer;
      try {
        layer = network.layer(value);
      } catch (IllegalArgumentException _) {
        continue; // refused
      }
      float[] captured = captured(network, layer);
      float[] own = own(network, value);
      assertThat(captured).hasSameSizeAs(own);
      for (int i = 0; i < own.length; i++) {
        assertThat(captured[i]).as("%s %d", value, i).isCloseTo(own[i], within(tolerance(own)));
      }
      compared++;
    }
    assertThat(compared).isGreaterThan(5);
  }

  private static float tolerance(float[] values) {
    float largest = 0;
    for (float value : values) {
      largest = Math.max(largest, Math.abs(value));
    }
    return 2e-3f
        * largest; // half floats have 11 bits, and kernels are fused as values are asked for
  }

  @Test
  void sumsWithoutAScaleAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> QuantisedGraphs.dynamic().layer("ConvInteger 0"))
        .withMessage(
            "value 'ConvInteger 0' of node 'make ConvInteger 0' (ConvInteger) holds whole numbers"
                + " or other values that the graph gives no scale for, so they stand for no real"
                + " ones; choose a layer: conv1, pool1, logits");
  }

  @Test
  void quantisedWeightsAreTheRealNumbersThatTheyStandFor() {
    for (Network network : List.of(QuantisedGraphs.pairs(), QuantisedGraphs.operators())) {
      assertThat(titles(network))
          .containsExactly("conv1 weights 3 x 1 x 3 x 3", "conv1 biases 3", fcWeights(network));
    }
    assertThat(titles(QuantisedGraphs.dynamic()))
        .containsExactly(
            "conv1 weights 3 x 1 x 3 x 3",
            "conv1 biases 1 x 3 x 1 x 1",
            "logits weights 3 x 3",
            "logits biases 3");
    Network pairs = QuantisedGraphs.pairs();
    long[] whole = pairs.parameters().get("conv.weight_quantized").longs();
    float[] real = pairs.weight("conv.weight_quantized");
    float[] scales = {.01f, .02f, .03f};
    for (int i = 0; i < 27; i++) {
      assertThat(real[i]).isEqualTo(whole[i] * scales[i / 9]);
    }
    long[] unsigned = pairs.parameters().get("fc.weight_quantized").longs();
    assertThat(pairs.weight("fc.weight_quantized")[4]).isEqualTo((unsigned[4] - 128) * .005f);
    assertThat(QuantisedGraphs.operators().weight("conv.bias"))
        .usingComparatorWithPrecision(1e-9f)
        .containsExactly(100 * (.01f / 255), -50 * (.02f / 255), 7 * (.03f / 255));
    assertThat(pairs.parameterCount()).isEqualTo(27 + 3 + 9);
    assertThat(pairs.trainable()).isEmpty();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> pairs.weight("conv.weight_zero"))
        .withMessage(
            "the whole numbers of 'conv.weight_zero' (INT8 [3]) have no constant scale in the"
                + " graph, so they stand for no weights");
  }

  private static List<String> titles(Network network) {
    return network.weights().stream().map(weight -> weight.title() + " " + weight.size()).toList();
  }

  private static String fcWeights(Network network) {
    return "logits weights "
        + (network.parameters().containsKey("fc.weight") ? "27" : "3")
        + " x 3";
  }

  /// What a person switches off is off, whatever the numbers are kept as.
  @ParameterizedTest
  @MethodSource("networks")
  void unitsOfQuantisedLayersCanBeSwitchedOff(Network network) {
    Layer pool = network.layer("pool1");
    Network ablated = network.ablated("pool1", Ablation.ofUnits(new int[] {0, 2}, new float[2]));
    float[] before = captured(network, pool);
    float[] after = captured(ablated, ablated.layer("pool1"));
    for (int i = 0; i < before.length; i++) {
      boolean off = i % pool.units() == 0 || i % pool.units() == 2;
      assertThat(after[i]).isCloseTo(off ? 0 : before[i], within(tolerance(before)));
    }
    assertThat(captured(ablated, ablated.layer("logits")))
        .isNotEqualTo(captured(network, network.layer("logits")));
  }

  private static float[] captured(Network network, Layer layer) {
    Binding binding = Binding.of(network, List.of(new Feed.Slot("", List.of(1, 6, 6))));
    try (OnnxExecutor executor = OnnxExecutor.openLayers(network, binding, List.of(layer), 1)) {
      return executor.run(rows(), BATCH).get(layer.result());
    }
  }

  private static float[] rows() {
    Random random = new Random(9);
    float[] rows = new float[BATCH * 36];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = random.nextFloat();
    }
    return rows;
  }

  /// The value as ONNX Runtime gives it, with the scale that it gives for it.
  private static float[] own(Network network, String value) throws OrtException {
    Node maker = network.producer(value).orElseThrow();
    byte[] model = Exposure.expose(network.model(), Set.of(value)).toByteArray();
    try (OrtSession session =
            OnnxSessions.open(model, "own", 1, OrtSession.SessionOptions.OptLevel.ALL_OPT);
        OnnxTensor input =
            OnnxTensor.createTensor(
                OnnxSessions.environment(), FloatBuffer.wrap(rows()), new long[] {BATCH, 1, 6, 6});
        OrtSession.Result result = session.run(Map.of("input", input))) {
      OnnxTensor tensor = (OnnxTensor) result.get(0);
      return switch (tensor.getInfo().type) {
        case UINT8 -> turned(tensor.getByteBuffer(), settings(network, maker));
        case FLOAT, FLOAT16 -> {
          FloatBuffer floats = tensor.getFloatBuffer();
          float[] values = new float[floats.remaining()];
          floats.get(values);
          yield values;
        }
        default -> throw new AssertionError(value + " is " + tensor.getInfo());
      };
    }
  }

  private static float[] settings(Network network, Node maker) throws OrtException {
    return switch (maker.operator()) {
      case "MaxPool", "Flatten" ->
          settings(network, network.producer(maker.inputs().getFirst()).orElseThrow());
      case "DynamicQuantizeLinear" -> {
        float[] rows = own(network, maker);
        float low = 0;
        float high = 0;
        for (float row : rows) {
          low = Math.min(low, row);
          high = Math.max(high, row);
        }
        float scale = (high - low) / 255;
        yield new float[] {scale, Math.round(-low / scale)};
      }
      default -> {
        int place = maker.is("QuantizeLinear") ? 1 : 6;
        Tensor scale = network.parameters().get(maker.inputs().get(place));
        Tensor zero = network.parameters().get(maker.inputs().get(place + 1));
        yield new float[] {scale.floats()[0], zero.longs()[0]};
      }
    };
  }

  private static float[] own(Network network, Node quantising) throws OrtException {
    String from = quantising.inputs().getFirst();
    return from.equals("input") ? rows() : own(network, from);
  }

  private static float[] turned(ByteBuffer whole, float[] settings) {
    float[] values = new float[whole.remaining()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (Byte.toUnsignedInt(whole.get(i)) - settings[1]) * settings[0];
    }
    return values;
  }
}
