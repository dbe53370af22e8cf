package io.inscape.weight;

import org.jspecify.annotations.Nullable;

/// How the weights of one tensor are distributed, in bins that can be added up: see
/// [LatticeHistogram].
///
/// @param count all weights
/// @param nan of these, those that are no number
/// @param infinite of these, those that are infinite, of either sign
/// @param nearZero of the finite ones, those of at most the threshold's size
/// @param summary of the finite ones; null where there is none
/// @param histogram of the finite ones; null where there is none
public record LatticeDistribution(
    int count,
    int nan,
    int infinite,
    int nearZero,
    @Nullable Summary summary,
    @Nullable LatticeHistogram histogram) {
  /// {@return how many weights are finite}
  public int finite() {
    return count - nan - infinite;
  }

  /// {@return the share of the finite weights that is near zero, 0 where there is none}
  public double nearZeroShare() {
    return finite() == 0 ? 0 : (double) nearZero / finite();
  }
}
