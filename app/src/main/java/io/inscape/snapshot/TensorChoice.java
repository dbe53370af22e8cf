package io.inscape.snapshot;

import io.inscape.network.LayerTensor;
import org.jspecify.annotations.Nullable;

/// Which tensors of a network are looked at.
///
/// @param tensor a name in the graph, or a title such as `fc1 weights`; null for all
/// @param layer a layer's name; null for all
/// @param kind of the tensors
public record TensorChoice(@Nullable String tensor, @Nullable String layer, Kind kind) {
  /// What the tensors are.
  public enum Kind {
    /// What values are multiplied by.
    WEIGHTS,
    /// What is added to them.
    BIASES,
    /// Both.
    ALL
  }

  boolean holds(LayerTensor one) {
    boolean right =
        switch (kind) {
          case ALL -> true;
          case WEIGHTS -> one.kind() == LayerTensor.Kind.WEIGHTS;
          case BIASES -> one.kind() == LayerTensor.Kind.BIASES;
        };
    return right
        && (tensor == null || one.name().equals(tensor) || one.title().equals(tensor))
        && (layer == null || one.layer().equals(layer));
  }

  String words() {
    String what =
        switch (kind) {
          case ALL -> "weights or biases";
          case WEIGHTS -> "weights";
          case BIASES -> "biases";
        };
    return what
        + (layer == null ? "" : " of a layer '" + layer + "'")
        + (tensor == null ? "" : " in a tensor '" + tensor + "'");
  }
}
