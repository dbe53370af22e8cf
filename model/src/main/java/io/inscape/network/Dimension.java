package io.inscape.network;

/// The size of one axis as a network states it.
public sealed interface Dimension {
  /// A size that never changes.
  ///
  /// @param size how many elements, at least 0
  record Fixed(long size) implements Dimension {}

  /// A size that is known only when the network runs, as the batch's.
  ///
  /// @param name what the network calls it; may be empty
  record Free(String name) implements Dimension {}
}
