package io.inscape.autograd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.inscape.dataset.ImageShape;
import io.inscape.matrix.Rng;
import io.inscape.network.Architecture;
import io.inscape.network.Architectures;
import io.inscape.network.Network;
import io.inscape.network.OnnxExecutor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Every operator against ONNX Runtime, and its gradients against finite differences.
class OperatorContractTest {
  private static final float STEP = 0.01f;
  private static final float SPACING = 0.05f; // of inputs: no two swap their order within a step

  static Stream<OperatorCases.Case> cases() {
    return OperatorCases.all().stream();
  }

  @Test
  void hasACaseForEveryOperator() {
    Set<String> tried = new TreeSet<>();
    cases().forEach(one -> tried.add(one.operator()));

    assertThat(tried).isEqualTo(DifferentiableNetwork.operators());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void agreesWithOnnxRuntime(OperatorCases.Case one) {
    for (int batch : new int[] {1, 3}) {
      assertSameValues(one.network(), input(one, batch), batch);
    }
  }

  @ParameterizedTest
  @EnumSource
  void wholeNetworksAgreeWithOnnxRuntimeInEveryValue(Architecture architecture) {
    ImageShape shape = new ImageShape(1, 12, 12);
    Network network = Architectures.build(architecture, shape, 10, 3);
    RandomGenerator random = Rng.of(1, "pixels");
    float[] pixels = new float[4 * shape.size()];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = random.nextFloat();
    }

    assertSameValues(network, pixels, 4);
  }

  private static void assertSameValues(Network network, float[] input, int batch) {
    List<String> values = new ArrayList<>();
    network.nodes().stream()
        .filter(node -> !node.is("Constant"))
        .forEach(node -> values.add(node.outputs().getFirst()));
    try (OnnxExecutor theirs = OnnxExecutor.open(network, values, 1);
        DifferentiableNetwork ours = DifferentiableNetwork.open(network, 1)) {
      Map<String, float[]> expected = theirs.run(input, batch);
      Map<String, float[]> found = ours.forward(input, batch, values);
      for (String value : values) {
        assertClose(value, found.get(value), expected.get(value));
      }
    }
  }

  private static void assertClose(String value, float[] found, float[] expected) {
    assertThat(found).as(value).hasSameSizeAs(expected);
    for (int i = 0; i < found.length; i++) {
      float tolerance = 1e-5f * Math.max(1, Math.abs(expected[i]));
      assertThat(found[i]).as("%s[%d]", value, i).isCloseTo(expected[i], within(tolerance));
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void gradientsAgreeWithFiniteDifferences(OperatorCases.Case one) {
    int batch = 2;
    float[] input = input(one, batch);
    String value = one.network().outputs().getFirst().name();
    RandomGenerator random = Rng.of(2, one.name());
    try (DifferentiableNetwork network = DifferentiableNetwork.open(one.network(), 1)) {
      float[] direction = network.forward(input, batch, List.of(value)).get(value);
      for (int i = 0; i < direction.length; i++) {
        direction[i] = 2 * random.nextFloat() - 1;
      }
      var derivatives = network.derivatives(input, batch, value, direction);
      Probe probe = new Probe(network, input, batch, value, direction);
      for (int trial = 0; trial < 6; trial++) {
        int at = random.nextInt(input.length);
        assertClose(one + " input " + at, derivatives.input()[at], probe.byInput(at));
      }
      for (String parameter : network.trainable()) {
        float[] gradient = derivatives.parameters().get(parameter);
        int at = random.nextInt(gradient.length);
        assertClose(parameter + " " + at, gradient[at], probe.byParameter(parameter, at));
      }
    }
  }

  private static void assertClose(String what, float found, double expected) {
    assertThat((double) found)
        .as(what)
        .isCloseTo(expected, within(5e-3 * Math.max(1, Math.abs(expected))));
  }

  /// Central differences of `sum(direction * value)`.
  private record Probe(
      DifferentiableNetwork network, float[] input, int batch, String value, float[] direction) {
    double byInput(int at) {
      float[] above = input.clone();
      float[] below = input.clone();
      above[at] += STEP;
      below[at] -= STEP;
      return (sum(above) - sum(below)) / ((double) above[at] - below[at]);
    }

    double byParameter(String name, int at) {
      MemorySegment values = network.parameter(name);
      float before = values.getAtIndex(ValueLayout.JAVA_FLOAT, at);
      values.setAtIndex(ValueLayout.JAVA_FLOAT, at, before + STEP);
      double above = sum(input);
      values.setAtIndex(ValueLayout.JAVA_FLOAT, at, before - STEP);
      double below = sum(input);
      values.setAtIndex(ValueLayout.JAVA_FLOAT, at, before);
      return (above - below) / ((double) (before + STEP) - (before - STEP));
    }

    private double sum(float[] at) {
      float[] found = network.forward(at, batch, List.of(value)).get(value);
      double sum = 0;
      for (int i = 0; i < found.length; i++) {
        sum += (double) direction[i] * found[i];
      }
      return sum;
    }
  }

  /// A shuffled grid of values around 0, none at it; or above 0.
  private static float[] input(OperatorCases.Case one, int batch) {
    int size;
    try (DifferentiableNetwork network = DifferentiableNetwork.open(one.network(), 1)) {
      size = network.inputSize();
    }
    float[] values = new float[batch * size];
    RandomGenerator random = Rng.of(1, one.name());
    for (int i = 0; i < values.length; i++) {
      int j = random.nextInt(i + 1);
      values[i] = values[j];
      values[j] = one.positive() ? 0.5f + SPACING * i : SPACING * (i - values.length / 2 + 0.5f);
    }
    return values;
  }
}
