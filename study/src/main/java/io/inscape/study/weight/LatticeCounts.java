package io.inscape.study.weight;

import io.inscape.weight.LatticeHistogram;

/// A histogram as it lies in a file: bin i, from 0, holds what is at least `(first + i) 2^exponent`
/// and less than `(first + i + 1) 2^exponent`.
///
/// @param exponent of the bins' width
/// @param first number of the first bin
/// @param counts of each bin; not modified
@SuppressWarnings("ArrayRecordComponent") // read from a file and handed on, compared by nobody
public record LatticeCounts(int exponent, int first, int[] counts) {
  static LatticeCounts of(LatticeHistogram histogram) {
    return new LatticeCounts(histogram.exponent(), histogram.first(), histogram.counts());
  }

  /// {@return the histogram}
  ///
  /// @throws IllegalArgumentException if there is no such histogram
  public LatticeHistogram histogram() {
    return LatticeHistogram.of(exponent, first, counts);
  }
}
