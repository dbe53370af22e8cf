package io.inscape.network;

import java.util.List;

/// What a person calls a layer: a value of the network with a readable name.
///
/// @param name `fc1`, `conv2`, `pool1`, `logits`, ...; unique in its network
/// @param value the value's name in the graph
/// @param shape the size of each axis without the batch's, such as `[32, 28, 28]`
/// @param operator the operation that makes it what it is, such as `Conv`
public record Layer(String name, String value, List<Integer> shape, String operator) {
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
  }

  /// {@return how many units the layer has: the product of its axes}
  public int units() {
    int units = 1;
    for (int size : shape) {
      units *= size;
    }
    return units;
  }
}
