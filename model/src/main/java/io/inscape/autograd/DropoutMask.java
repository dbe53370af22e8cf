package io.inscape.autograd;

import java.lang.foreign.MemorySegment;

/// Says which values dropout keeps in one pass.
@FunctionalInterface
public interface DropoutMask {
  /// No dropout: every dropout node hands its input on, as in inference.
  DropoutMask NONE =
      new DropoutMask() {
        @Override
        public void fill(int dropout, double ratio, MemorySegment mask) {
          throw new IllegalStateException("no mask is asked for where dropout rests");
        }

        @Override
        public boolean rests() {
          return true;
        }
      };

  /// {@return whether dropout nodes hand their input on, so that no mask is asked for}
  default boolean rests() {
    return false;
  }

  /// Writes the factors of one dropout node.
  ///
  /// @param dropout number of the dropout node, from 0 in the network's order
  /// @param ratio share of the values to drop, in (0, 1)
  /// @param mask 32-bit floats to write, one per value of the node's input: 0, or 1 / (1 - ratio)
  ///   where the value is kept
  void fill(int dropout, double ratio, MemorySegment mask);
}
