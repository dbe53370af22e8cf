package io.inscape.study.weight;

import io.inscape.weight.Distribution;
import io.inscape.weight.LatticeDistribution;
import io.inscape.weight.LatticeHistogram;
import io.inscape.weight.Summary;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The numbers of one tensor. All but the first three are about the finite ones, and null where
/// there is none.
///
/// @param count all numbers
/// @param nan of these, those that are none
/// @param infinite of these, those that are infinite
/// @param nearZero share of the finite ones of at most 0.001, 0 to 1
/// @param mean their mean
/// @param variance mean squared deviation from it
/// @param deviation the standard deviation
/// @param min the least
/// @param max the greatest
/// @param quartiles three: lower quartile, median, upper quartile, as NumPy's `quantile`
/// @param histogram in bins of the lattice, at most 1,024
public record WeightFigures(
    int count,
    int nan,
    int infinite,
    @Nullable Double nearZero,
    @Nullable Double mean,
    @Nullable Double variance,
    @Nullable Double deviation,
    @Nullable Double min,
    @Nullable Double max,
    @Nullable List<Double> quartiles,
    @Nullable LatticeCounts histogram) {
  /// Copies the list.
  public WeightFigures {
    quartiles = quartiles == null ? null : List.copyOf(quartiles);
  }

  static WeightFigures of(LatticeDistribution found) {
    Summary summary = found.summary();
    LatticeHistogram histogram = found.histogram();
    if (summary == null || histogram == null) {
      return new WeightFigures(
          found.count(),
          found.nan(),
          found.infinite(),
          null,
          null,
          null,
          null,
          null,
          null,
          null,
          null);
    }
    return new WeightFigures(
        found.count(),
        found.nan(),
        found.infinite(),
        found.nearZeroShare(),
        summary.mean(),
        summary.variance(),
        summary.sd(),
        (double) summary.min(),
        (double) summary.max(),
        List.of(summary.lowerQuartile(), summary.median(), summary.upperQuartile()),
        LatticeCounts.of(histogram));
  }

  /// The figures as they are of any tensor, in bins of the lattice.
  ///
  /// @param bins at most so many, at least 2
  /// @return the distribution
  public Distribution distribution(int bins) {
    if (histogram == null
        || mean == null
        || variance == null
        || min == null
        || max == null
        || nearZero == null
        || quartiles == null) {
      return new Distribution(count, nan, infinite, 0, null, null);
    }
    Summary summary =
        new Summary(
            mean,
            variance,
            min.floatValue(),
            quartiles.get(0),
            quartiles.get(1),
            quartiles.get(2),
            max.floatValue());
    LatticeHistogram fine = histogram.histogram();
    int wide = LatticeHistogram.exponent(summary.min(), summary.max(), bins);
    LatticeHistogram few = fine.coarsened(Math.max(fine.exponent(), wide));
    int near = Math.toIntExact(Math.round(nearZero * (count - nan - infinite)));
    return new Distribution(count, nan, infinite, near, summary, few.plain());
  }

  /// {@return how many are not finite}
  public int nonFinite() {
    return nan + infinite;
  }
}
