package io.inscape.network;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// A constant that a network has learned, and what it is in which layer.
///
/// @param name the constant's name in the graph
/// @param layer the layer's name as [Network#layers()] has it; else the node's name, or the part of
///   the constant's own name before the last dot
/// @param kind what it is there
/// @param shape the size of each axis
/// @param transposed whether the first axis of a matrix is the receiving units, as in a `Gemm` with
///   `transB` and in every convolution
public record LayerTensor(
    String name, String layer, Kind kind, List<Long> shape, boolean transposed) {
  /// What a constant is in its layer.
  public enum Kind {
    /// What values are multiplied by.
    WEIGHTS,
    /// What is added to them.
    BIASES;

    /// {@return the name for people: `weights`, `biases`}
    public String title() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// Copies the shape.
  public LayerTensor {
    shape = List.copyOf(shape);
  }

  /// {@return what a person calls it, such as `fc1 weights`}
  public String title() {
    return layer + " " + kind.title();
  }

  /// {@return the shape as it is read, such as `1000 x 784`}
  public String size() {
    return shape.isEmpty() ? "1" : String.join(" x ", shape.stream().map(String::valueOf).toList());
  }

  /// {@return how many units send along each weight: channels times positions of a filter}
  public int senders() {
    return transposed ? product(1, shape.size()) : product(0, shape.size() - 1);
  }

  /// {@return how many units receive}
  public int receivers() {
    return transposed ? product(0, 1) : product(shape.size() - 1, shape.size());
  }

  private int product(int from, int to) {
    long product = 1;
    for (int axis = Math.max(0, from); axis < to; axis++) {
      product *= shape.get(axis);
    }
    return Math.toIntExact(product);
  }

  /// The weights with one row for each sender and one column for each receiver.
  ///
  /// @param values of the tensor, row-major; not modified
  /// @return `[sender * receivers + receiver]`
  /// @throws IllegalArgumentException if there are not so many
  public float[] bySender(float[] values) {
    int senders = senders();
    int receivers = receivers();
    if (values.length != (long) senders * receivers) {
      throw new IllegalArgumentException(
          name + " is " + size() + ", got " + values.length + " numbers for it");
    }
    if (!transposed) {
      return Arrays.copyOf(values, values.length);
    }
    float[] turned = new float[values.length];
    for (int receiver = 0; receiver < receivers; receiver++) {
      for (int sender = 0; sender < senders; sender++) {
        turned[sender * receivers + receiver] = values[receiver * senders + sender];
      }
    }
    return turned;
  }
}
