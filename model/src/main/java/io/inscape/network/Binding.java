package io.inscape.network;

import io.inscape.dataset.Feed;
import io.inscape.dataset.InputException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/// Which part of a feed goes into which input of a network: in which shape, order and element type.
///
/// Parts and inputs meet by their names where there are several of either, and in any case where
/// there is one of each. A part whose name no input has is left out, as `token_type_ids` is for a
/// network that knows no segments; an input that no part is for is refused.
///
/// @param inputs one for each input of the network, in the network's order
/// @param slots the parts of a row of the feed
public record Binding(List<Input> inputs, List<Feed.Slot> slots) {
  /// How the numbers of a part come to lie in an input.
  public enum Layout {
    /// As the data have them.
    AS_IS,
    /// Images of `[channel, row, col]` are turned into `[row, col, channel]`.
    CHANNELS_LAST,
    /// The same numbers in the same order with other axes, as an image is flattened for a
    /// perceptron.
    RESHAPED
  }

  /// One input.
  ///
  /// @param name of the input in the graph
  /// @param slot index of the part that goes into it
  /// @param shape of one observation as the network takes it, without the batch, such as `[224,
  ///   224, 3]`
  /// @param batchAxis where the batch stands among the axes of the input: 0, or 1 for networks that
  ///   take `[token, batch, feature]`
  /// @param layout how the numbers come to lie there
  /// @param type of the input's elements; the feed's floats are converted
  /// @param fixedBatch the only batch size that the input takes; empty when it takes any
  public record Input(
      String name,
      int slot,
      List<Integer> shape,
      int batchAxis,
      Layout layout,
      ElementType type,
      OptionalInt fixedBatch) {
    /// Copies the shape.
    public Input {
      shape = List.copyOf(shape);
    }
  }

  /// Copies the lists.
  public Binding {
    inputs = List.copyOf(inputs);
    slots = List.copyOf(slots);
  }

  /// Fits the parts of a feed to the inputs of a network.
  ///
  /// @param network any
  /// @param slots the parts of a row of the feed, at least one
  /// @return what goes where
  /// @throws InputException when they do not fit: both shapes are named, and what to do about it
  public static Binding of(Network network, List<Feed.Slot> slots) {
    return new BindingFinder(network).find(slots);
  }

  /// The binding for rows that are made just as a network with one input takes them.
  ///
  /// @param network whose sizes are known but for the batch
  /// @return what goes where
  /// @throws InputException when it has several inputs, an axis without a size, or takes no numbers
  public static Binding natural(Network network) {
    return new BindingFinder(network).natural();
  }

  /// {@return the only batch size that the network takes; empty when it takes any}
  public OptionalInt fixedBatch() {
    return inputs.stream()
        .map(Input::fixedBatch)
        .filter(OptionalInt::isPresent)
        .findFirst()
        .orElse(OptionalInt.empty());
  }

  /// {@return how many numbers a row of the feed has, those that go nowhere included}
  public int width() {
    int width = 0;
    for (Feed.Slot slot : slots) {
      width += slot.size();
    }
    return width;
  }

  /// The part that goes into an input.
  ///
  /// @param input one of [#inputs()]
  /// @return the part
  public Feed.Slot slot(Input input) {
    return slots.get(input.slot());
  }

  /// {@return what goes where, one line for each input}
  public List<String> sentences() {
    List<String> lines = new ArrayList<>();
    for (Input input : inputs) {
      Feed.Slot slot = slot(input);
      String part = slot.name().isEmpty() ? "the data" : "'" + slot.name() + "'";
      String how =
          switch (input.layout()) {
            case AS_IS -> "as they are";
            case CHANNELS_LAST -> "turned to [row, column, channel]";
            case RESHAPED -> "reshaped to " + input.shape();
          };
      lines.add(
          part
              + " "
              + slot.shape()
              + " into '"
              + input.name()
              + "' ("
              + input.type()
              + "), "
              + how);
    }
    return lines;
  }
}
