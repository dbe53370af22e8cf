package io.inscape.weight;

/// The finite weights of a tensor in a few numbers.
///
/// Quartiles are exact: between the two weights nearest to the rank, linearly, as NumPy's
/// `quantile` has it.
///
/// @param mean their mean
/// @param variance mean squared deviation from it
/// @param min the least
/// @param lowerQuartile a quarter is below
/// @param median half is below
/// @param upperQuartile three quarters are below
/// @param max the greatest
public record Summary(
    double mean,
    double variance,
    float min,
    double lowerQuartile,
    double median,
    double upperQuartile,
    float max) {
  /// {@return the standard deviation}
  public double sd() {
    return Math.sqrt(variance);
  }
}
