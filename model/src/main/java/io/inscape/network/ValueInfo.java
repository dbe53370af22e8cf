package io.inscape.network;

import java.util.List;
import java.util.Optional;

/// An input or output of a network.
///
/// @param name the value's name
/// @param type what its elements are; empty when it is no tensor or the network does not say
/// @param shape the size of each axis; empty when the network does not say
public record ValueInfo(String name, Optional<ElementType> type, Optional<List<Dimension>> shape) {
  /// Copies the shape.
  public ValueInfo {
    shape = shape.map(List::copyOf);
  }
}
