package io.inscape.network;

import static io.inscape.network.Graphs.model;
import static io.inscape.network.Graphs.node;
import static io.inscape.network.Graphs.output;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import io.inscape.dataset.Feed.Slot;
import io.inscape.dataset.InputException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

final class BindingTest {
  private static final Slot IMAGE = new Slot("", List.of(3, 2, 4));

  @Test
  void imagesGoInAsTheyAreOrTurnedOrFlat() {
    Binding as = Binding.of(taking("x", 1, "batch", 3, 2, 4), List.of(IMAGE));
    assertThat(as.inputs().getFirst().layout()).isEqualTo(Binding.Layout.AS_IS);
    Binding last = Binding.of(taking("x", 1, "n", "h", "w", 3), List.of(IMAGE));
    assertThat(last.inputs().getFirst().layout()).isEqualTo(Binding.Layout.CHANNELS_LAST);
    assertThat(last.inputs().getFirst().shape()).containsExactly(2, 4, 3);
    Binding flat = Binding.of(taking("x", 1, "batch", 24), List.of(IMAGE));
    assertThat(flat.inputs().getFirst().layout()).isEqualTo(Binding.Layout.RESHAPED);
    Binding free = Binding.of(taking("x", 1, "batch", "features"), List.of(IMAGE));
    assertThat(free.inputs().getFirst().shape()).containsExactly(24);
    assertThat(last.sentences())
        .containsExactly("the data [3, 2, 4] into 'x' (FLOAT), turned to [row, column, channel]");
  }

  @Test
  void channelsLastIsTurnedWithinTheGraph() {
    Network network = taking("x", 1, "n", 2, 2, 3);
    Slot slot = new Slot("", List.of(3, 2, 2));
    Binding binding = Binding.of(network, List.of(slot));
    float[] row = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};
    try (OnnxExecutor executor = OnnxExecutor.open(network, binding, List.of("y"), 1)) {
      assertThat(executor.run(row, 1).get("y"))
          .containsExactly(1, 5, 9, 2, 6, 10, 3, 7, 11, 4, 8, 12);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = ElementType.class,
      names = {"FLOAT", "FLOAT16", "DOUBLE", "INT64", "INT32", "INT8", "UINT8", "BOOL"},
      mode = Mode.INCLUDE)
  void numbersBecomeWhatTheInputTakes(ElementType type) {
    Network network = taking("x", type.code(), "batch", 3);
    Binding binding = Binding.of(network, List.of(new Slot("", List.of(3))));
    try (OnnxExecutor executor = OnnxExecutor.open(network, binding, List.of("y"), 1)) {
      float[] expected = type == ElementType.BOOL ? new float[] {1, 0, 1} : new float[] {7, 0, 100};
      assertThat(executor.run(new float[] {7, 0, 100}, 1).get("y")).containsExactly(expected);
    }
  }

  @Test
  void severalInputsMeetTheirPartsByName() {
    Network network =
        Network.parse(
            model(graph ->
                    graph
                        .clearInput()
                        .addInput(input("attention_mask", 7, "batch", "tokens"))
                        .addInput(input("input_ids:0", 7, "batch", "tokens"))
                        .addNode(node("Sub", "y", "input_ids:0", "attention_mask"))
                        .addOutput(output("y")))
                .toByteArray(),
            "two.onnx");
    List<Slot> slots =
        List.of(
            new Slot("input_ids", List.of(2)),
            new Slot("attention_mask", List.of(2)),
            new Slot("token_type_ids", List.of(2)));
    Binding binding = Binding.of(network, slots);
    assertThat(binding.inputs()).extracting(Binding.Input::slot).containsExactly(1, 0);
    float[] rows = {9, 30000, 1, 0, 0, 0, 16777215, 5, 1, 1, 0, 0};
    try (OnnxExecutor executor = OnnxExecutor.open(network, binding, List.of("y"), 1)) {
      assertThat(executor.run(rows, 2).get("y")).containsExactly(8, 30000, 16777214, 4);
    }
    assertThatExceptionOfType(InputException.class)
        .isThrownBy(() -> Binding.of(network, List.of(new Slot("images", List.of(2)))))
        .withMessage(
            "two.onnx: found [attention_mask (INT64 [batch, tokens]), input_ids:0 (INT64 [batch, "
                + "tokens])] at the graph's inputs, expected inputs that the data have parts for, "
                + "which are images [2]; give the data's parts the names of the inputs, as the "
                + "arrays of an .npz file");
  }

  @Test
  void whatDoesNotFitIsRefusedWithBothShapes() {
    refuses(
        taking("x", 1, "batch", 1, 28, 28),
        new Slot("", List.of(3, 32, 32)),
        "found the shape [batch, 1, 28, 28] at input 'x', expected [batch, 3, 32, 32], the shape of "
            + "the prepared data; add the step grey and resize(28) to the preprocessing");
    refuses(
        taking("x", 1, "batch", 13),
        new Slot("", List.of(12)),
        "found the shape [batch, 13] at input 'x', expected [batch, 12], the shape of the prepared "
            + "data; choose the data set and preprocessing that the network was made for");
    refuses(
        taking("x", 1, 3, 8, 8),
        new Slot("", List.of(3, 8, 8)),
        "found the shape [3, 8, 8] at input 'x', expected [batch, 3, 8, 8], the shape of the "
            + "prepared data; the network has no axis for the batch: export it with one");
    refuses(
        taking("x", 8, "batch", 13),
        new Slot("", List.of(13)),
        "found text at input 'x', expected numbers; export the network without the step that splits "
            + "the text, and bring the tokenizer");
  }

  @Test
  void aGreyImageIsNoBatchOfOneForANetworkOfThreeChannels() {
    assertThatThrownBy(() ->
            Binding.of(taking("x", 1, "batch", 3, 4, 4), List.of(new Slot("", List.of(1, 4, 4)))))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("[batch, 3, 4, 4]")
        .hasMessageContaining("[batch, 1, 4, 4], the shape of the prepared data")
        .hasMessageContaining("rgb");
  }

  private static void refuses(Network network, Slot slot, String message) {
    assertThatExceptionOfType(InputException.class)
        .isThrownBy(() -> Binding.of(network, List.of(slot)))
        .withMessage("one.onnx: " + message);
  }

  @Test
  void aFittedNetworkHasNoFreeAxisButTheBatch() {
    Network network = taking("x", 1, "n", "h", "w", 3);
    Binding binding = Binding.of(network, List.of(IMAGE));
    Network fitted = network.fitted(binding);
    assertThat(fitted.shapes().get("y")).containsExactly(-1L, 2L, 4L, 3L);
    assertThat(fitted.fitted(binding)).isSameAs(fitted);
    assertThat(fitted.layer("y").shape()).containsExactly(2, 4, 3);
  }

  @Test
  void theBatchMayBeTheSecondAxis() {
    Network network = taking("x", 1, "tokens", "batch", 2);
    Binding binding = Binding.of(network, List.of(new Slot("", List.of(3, 2))));
    assertThat(binding.inputs().getFirst().batchAxis()).isEqualTo(1);
    Network fitted = network.fitted(binding);
    Layer layer = fitted.layer("y");
    assertThat(layer.batchAxis()).isEqualTo(1);
    float[] rows = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};
    try (OnnxExecutor executor = OnnxExecutor.openLayers(fitted, binding, List.of(layer), 1)) {
      assertThat(executor.run(rows, 2).get(layer.result())).containsExactly(rows);
    }
  }

  /// A network that gives what it takes.
  private static Network taking(String name, int type, Object... axes) {
    boolean cast = type != 1;
    return Network.parse(
        model(
                graph -> {
                  graph.clearInput().addInput(input(name, type, axes));
                  NodeProto.Builder made = node(cast ? "Cast" : "Identity", "y", name).toBuilder();
                  if (cast) {
                    made.addAttribute(
                        AttributeProto.newBuilder()
                            .setName("to")
                            .setType(AttributeProto.AttributeType.INT)
                            .setI(11));
                  }
                  graph.addNode(made).addOutput(output("y"));
                })
            .toByteArray(),
        "one.onnx");
  }

  private static ValueInfoProto input(String name, int type, Object... axes) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    Arrays.stream(axes)
        .forEach(axis -> {
          if (axis instanceof Integer size) {
            shape.addDimBuilder().setDimValue(size);
          } else {
            shape.addDimBuilder().setDimParam(axis.toString());
          }
        });
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(
            TypeProto.newBuilder()
                .setTensorType(TypeProto.Tensor.newBuilder().setElemType(type).setShape(shape)))
        .build();
  }
}
