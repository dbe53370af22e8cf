package io.inscape.autograd;

import io.inscape.network.Node;
import io.inscape.network.Tensor;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// A node's attributes, and those of its inputs that are constants.
///
/// @param node the node
/// @param constants the constant of a value's name, where it is one
/// @param dropout how many dropout nodes come before this one
/// @param operatorSet the version of the operators that the network was written for
record NodeSettings(
    Node node, Function<String, Optional<Tensor>> constants, int dropout, long operatorSet) {
  /// The constant at an input, where there is an input.
  ///
  /// @throws IllegalArgumentException when the input is there but computed by the network
  Optional<Tensor> constant(int position) {
    Optional<String> name = node.input(position);
    if (name.isEmpty()) {
      return Optional.empty();
    }
    Optional<Tensor> tensor = constants.apply(name.get());
    if (tensor.isEmpty()) {
      throw refuse(
          "input '" + name.get() + "' is computed by the network",
          "a constant; export the network with fixed sizes but for the batch");
    }
    return tensor;
  }

  /// Integers that are an attribute in older networks and a constant input in newer ones.
  Optional<long[]> longs(String attribute, int position) {
    if (node.attributes().get(attribute) instanceof List<?> values) {
      return Optional.of(values.stream().mapToLong(Long.class::cast).toArray());
    }
    return constant(position).map(Tensor::longs);
  }

  /// Integers of an attribute only.
  long[] longs(String attribute, long... fallback) {
    return node.attributes().get(attribute) instanceof List<?> values
        ? values.stream().mapToLong(Long.class::cast).toArray()
        : fallback;
  }

  /// A number that is an attribute in older networks and a constant input in newer ones.
  float number(String attribute, int position, float fallback) {
    if (node.attributes().get(attribute) instanceof Float value) {
      return value;
    }
    return constant(position).map(tensor -> tensor.floats()[0]).orElse(fallback);
  }

  boolean flag(String attribute) {
    return node.integer(attribute, 0) != 0;
  }

  IllegalArgumentException refuse(String found, String expected) {
    return new IllegalArgumentException(
        node.label()
            + ": "
            + found
            + ", but training and gradients need "
            + expected
            + "; capture and every view without gradients work with this network as it is");
  }
}
