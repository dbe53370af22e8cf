package io.inscape.network;

import io.inscape.network.layer.Reading;
import java.util.List;

/// What a person calls a layer: a value of the network with a readable name.
///
/// @param name `fc1`, `conv2`, `pool1`, `block3`, `logits`, ...; unique in its network
/// @param value the value's name in the graph
/// @param shape the size of each axis without the batch's, such as `[32, 28, 28]`, of what is read
/// @param operator the operation that makes it what it is, such as `Conv`
/// @param reading what is read of the value; other than everything only of a value of `[batch,
///   token, feature]`
/// @param batchAxis where the batch stands in the value: 0, or 1 for `[token, batch, feature]`,
///   which is turned when it is read
/// @param proposed whether a person would want it without asking
public record Layer(
    String name,
    String value,
    List<Integer> shape,
    String operator,
    Reading reading,
    int batchAxis,
    boolean proposed) {
  /// Copies the shape and checks that it is a size.
  public Layer {
    shape = List.copyOf(shape);
    long units = 1;
    for (int size : shape) {
      units *= size;
      if (size < 1 || units > Integer.MAX_VALUE) {
        throw new IllegalArgumentException("layer " + name + " has no usable size: " + shape);
      }
    }
    if (batchAxis < 0 || batchAxis > 1) {
      throw new IllegalArgumentException("the batch is axis 0 or 1, got " + batchAxis);
    }
  }

  /// A layer that is everything of its value, whose first axis is the batch.
  ///
  /// @param name unique in its network
  /// @param value the value's name in the graph
  /// @param shape the size of each axis without the batch's
  /// @param operator the operation that makes it what it is
  public Layer(String name, String value, List<Integer> shape, String operator) {
    this(name, value, shape, operator, Reading.ALL, 0, true);
  }

  /// {@return how many units the layer has: the product of its axes}
  public int units() {
    int units = 1;
    for (int size : shape) {
      units *= size;
    }
    return units;
  }

  /// {@return the name under which an executor hands out its numbers: that of the value, with the
  /// reading where it is not everything}
  public String result() {
    return reading == Reading.ALL && batchAxis == 0 ? value : value + " (" + reading.title() + ")";
  }
}
