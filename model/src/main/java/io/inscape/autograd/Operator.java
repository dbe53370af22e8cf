package io.inscape.autograd;

import ai.djl.pytorch.engine.PtNDArray;

/// One ONNX operator: reads a node's settings once, then computes it on every batch.
@FunctionalInterface
interface Operator {
  /// Reads and checks the settings.
  ///
  /// @throws IllegalArgumentException when a setting is one that the executor does not know
  Kernel prepare(NodeSettings node);

  /// The computation of one node, under the tape when gradients are asked for.
  @FunctionalInterface
  interface Kernel {
    /// @param inputs the node's inputs; every new array must be made from one of them or by their
    ///   manager
    /// @return the node's first output, never one of the inputs themselves
    PtNDArray run(Inputs inputs);
  }
}
