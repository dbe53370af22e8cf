package io.inscape.projection.params;

/// Where multidimensional scaling begins.
public enum MdsStart {
  /// At the layout of classical scaling: the best linear one, the same every time.
  CLASSICAL,

  /// At random positions.
  RANDOM
}
