package io.inscape.projection.params;

import io.inscape.parameter.Option;
import io.inscape.parameter.Parameters;

/// The finer options of UMAP.
///
/// @param spread distance over which the membership strength of two points falls, from 0.01 to 100
/// @param learningRate step size at the start of the descent, above 0, at most 100
/// @param negativeSamples random points that push, per edge that pulls, from 0 to 100
/// @param repulsion strength of a push, from 0 to 100
/// @param setOpMix from 0 (both must see the other as a neighbour) to 1 (one is enough)
/// @param localConnectivity how many neighbours count as fully connected, from 1 to 100
public record UmapTuning(
    @Option(
            value = "Scale of the layout: the distance over which closeness fades.",
            min = 0.01,
            max = 100)
        double spread,
    @Option(
            value = "Step size at the start of the descent; it falls to 0.",
            min = 0,
            minExclusive = true,
            max = 100)
        double learningRate,
    @Option(value = "Random points that push, for each neighbour that pulls.", min = 0, max = 100)
        int negativeSamples,
    @Option(value = "Strength of the push of random points.", min = 0, max = 100) double repulsion,
    @Option(
            value =
                "Whether two points are joined when one has the other as a neighbour (1), only when"
                    + " both have (0), or in between.",
            min = 0,
            max = 1)
        double setOpMix,
    @Option(
            value = "How many nearest neighbours every point is fully connected to.",
            min = 1,
            max = 100)
        double localConnectivity) {

  /// Checks the ranges.
  ///
  /// @throws IllegalArgumentException if a value is out of its range
  public UmapTuning {
    Parameters.check(UmapTuning.class, "spread", spread);
    Parameters.check(UmapTuning.class, "learningRate", learningRate);
    Parameters.check(UmapTuning.class, "negativeSamples", negativeSamples);
    Parameters.check(UmapTuning.class, "repulsion", repulsion);
    Parameters.check(UmapTuning.class, "setOpMix", setOpMix);
    Parameters.check(UmapTuning.class, "localConnectivity", localConnectivity);
  }

  /// {@return spread 1, learning rate 1, 5 random points, repulsion 1, mix 1, connectivity 1}
  public static UmapTuning defaults() {
    return new UmapTuning(1, 1, 5, 1, 1, 1);
  }
}
