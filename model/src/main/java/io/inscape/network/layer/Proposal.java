package io.inscape.network.layer;

import java.util.List;

/// A value that a person would call a layer.
///
/// @param name such as `fc1` or `block3`; unique
/// @param value of the graph
/// @param shape of what is read of one observation
/// @param operator that makes it what it is
/// @param reading what is read of it
/// @param batchAxis where the batch stands in the value, 0 or 1
/// @param proposed whether a person would want it without asking
public record Proposal(
    String name,
    String value,
    List<Integer> shape,
    String operator,
    Reading reading,
    int batchAxis,
    boolean proposed) {
  /// Copies the shape.
  public Proposal {
    shape = List.copyOf(shape);
  }

  Proposal named(String other) {
    return new Proposal(other, value, shape, operator, reading, batchAxis, proposed);
  }

  Proposal proposed(boolean wanted) {
    return new Proposal(name, value, shape, operator, reading, batchAxis, wanted);
  }

  int units() {
    int units = 1;
    for (int size : shape) {
      units *= size;
    }
    return units;
  }
}
