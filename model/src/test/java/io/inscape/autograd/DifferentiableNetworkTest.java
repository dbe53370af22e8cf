package io.inscape.autograd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inscape.matrix.Rng;
import io.inscape.network.Network;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class DifferentiableNetworkTest {
  private static TestGraph graph(long... observation) {
    return new TestGraph(17, Rng.of(1, "weights"), observation);
  }

  @Test
  void namesAnUnknownOperatorItsNodeAndWhatStillWorks() {
    Network network = graph(4).then("Relu", Map.of()).then("Cos", Map.of()).network();

    assertThatThrownBy(() -> DifferentiableNetwork.open(network, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("do not know the operator Cos")
        .hasMessageContaining("node 'Cos")
        .hasMessageContaining("capture and every view without gradients work");
  }

  @Test
  void refusesSettingsThatItDoesNotKnow() {
    Map<String, Object> dilated =
        Map.of("kernel_shape", new long[] {2}, "dilations", new long[] {2});
    Network network = graph(1, 8).then("MaxPool", dilated).network();

    assertThatThrownBy(() -> DifferentiableNetwork.open(network, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("dilations are [2]");
  }

  @Test
  void weightsAndBiasesLearnAndNumbersOfFormulasDoNot() {
    TestGraph graph = graph(1, 4, 4);
    String kernel = graph.weight(2, 1, 3, 3);
    graph.then("Conv", Map.of(), kernel);
    String shift = graph.weight(2, 1, 1);
    graph.then("Add", Map.of(), shift);
    graph.then("Add", Map.of(), graph.floats(new float[] {1}));
    graph.then("Mul", Map.of(), graph.weight(2, 1, 1));
    graph.then("Flatten", Map.of());
    String matrix = graph.weight(3, 8);
    String input = graph.last();
    graph.node("Transpose", Map.of("perm", new long[] {1, 0}), matrix);
    graph.node("MatMul", Map.of(), input, graph.last());
    try (DifferentiableNetwork network = DifferentiableNetwork.open(graph.network(), 1)) {
      assertThat(network.trainable()).containsExactly(kernel, shift, matrix);
      assertThat(network.parameters().get(matrix)).hasSize(24);
    }
  }

  @Test
  void gradientsReachAWeightThroughItsTransposition() {
    TestGraph graph = graph(2);
    String matrix = graph.floats(new float[] {1, 2, 3, 4, 5, 6}, 3, 2);
    graph.node("Transpose", Map.of("perm", new long[] {1, 0}), matrix);
    Network turned = graph.node("MatMul", Map.of(), "x", graph.last()).network();
    try (DifferentiableNetwork network = DifferentiableNetwork.open(turned, 1)) {
      float[] direction = {1, 0, -1};
      var derivatives =
          network.derivatives(
              new float[] {10, 20}, 1, turned.outputs().getFirst().name(), direction);

      assertThat(derivatives.input()).containsExactly(1 - 5, 2 - 6);
      assertThat(derivatives.parameters().get(matrix)).containsExactly(10, 20, 0, 0, -10, -20);
    }
  }

  @Test
  void dropoutMultipliesByItsMaskAndSoDoesItsGradient() {
    TestGraph graph = graph(4);
    Network network = graph.then("Dropout", Map.of(), graph.floats(new float[] {0.5f})).network();
    String value = graph.last();
    DropoutMask odd =
        (dropout, ratio, mask) -> {
          assertThat(dropout).isZero();
          assertThat(ratio).isEqualTo(0.5);
          mask.copyFrom(MemorySegment.ofArray(new float[] {0, 2, 0, 2}));
        };
    PassRequest request = new PassRequest(List.of(value), Gradients.INPUT_AND_PARAMETERS, odd);
    MemorySegment input = MemorySegment.ofArray(new float[] {1, 2, 3, 4});
    try (DifferentiableNetwork executor = DifferentiableNetwork.open(network, 1);
        Pass pass = executor.pass(input, 1, request)) {
      assertThat(pass.value(value).toArray(ValueLayout.JAVA_FLOAT)).containsExactly(0, 4, 0, 8);
      pass.backward(value, MemorySegment.ofArray(new float[] {1, 1, 1, 1}));
      assertThat(pass.inputGradient().toArray(ValueLayout.JAVA_FLOAT)).containsExactly(0, 2, 0, 2);
    }
  }

  @Test
  void changedParametersChangeTheNetwork() {
    TestGraph graph = graph(1);
    String weight = graph.floats(new float[] {3}, 1, 1);
    Network network = graph.then("MatMul", Map.of(), weight).network();
    try (DifferentiableNetwork executor = DifferentiableNetwork.open(network, 1)) {
      executor.parameter(weight).setAtIndex(ValueLayout.JAVA_FLOAT, 0, 5);
      float[] input = {2};

      assertThat(executor.forward(input, 1, List.of(graph.last())).get(graph.last()))
          .containsExactly(10);
    }
  }

  @Test
  void refusesInputsOfAnotherSizeAndVirtualThreads() throws InterruptedException {
    Network network = graph(4).then("Relu", Map.of()).network();
    String value = network.outputs().getFirst().name();
    try (DifferentiableNetwork executor = DifferentiableNetwork.open(network, 1)) {
      assertThatThrownBy(() -> executor.forward(new float[7], 2, List.of(value)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("a batch of 2 observations needs 8 numbers, got 7");
      AtomicReference<Throwable> thrown = new AtomicReference<>();
      Thread.ofVirtual()
          .start(() -> {
            try {
              executor.forward(new float[8], 2, List.of(value));
            } catch (IllegalStateException e) {
              thrown.set(e);
            }
          })
          .join();

      assertThat(thrown.get()).hasMessageContaining("platform thread");
    }
  }
}
