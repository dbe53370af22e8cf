package io.inscape.projection.params;

/// The options of one projection method.
public sealed interface ProjectionParams
    permits MdsParams, PcaParams, SmacofParams, StochasticMdsParams, TsneParams, UmapParams {
  /// {@return the number of dimensions of the layout, 2 or 3}
  int dimensions();

  /// {@return the seed of every random choice}
  long seed();

  /// {@return the method's short name, such as `tsne`}
  String method();
}
