package io.inscape.quality;

import io.inscape.parameter.Option;
import io.inscape.parameter.Parameters;

/// Options of the quality measures.
///
/// Numbers of neighbours that are too large for the observations are lowered, and the measure says
/// which it took.
///
/// @param k neighbours of the neighborhood hit, from 1 to 1,000
/// @param trustworthinessK neighbours of trustworthiness, continuity and neighborhood preservation,
///   from 1 to 1,000
/// @param sample observations that are compared with each other, all pairs of them
/// @param seed of the sample and of the random baselines
public record QualityParams(
    @Option(
            value = "Nearest neighbours that the neighborhood hit looks at.",
            min = 1,
            max = 1000,
            unit = "neighbors")
        int k,
    @Option(
            value =
                "Nearest neighbours that trustworthiness, continuity and neighborhood preservation"
                    + " look at.",
            min = 1,
            max = 1000,
            unit = "neighbors")
        int trustworthinessK,
    @Option(
            value =
                "How many observations are compared with each other; auto takes all up to 5,000,"
                    + " and 5,000 at random if there are more.",
            min = 10,
            max = 20_000,
            unit = "observations")
        Sample sample,
    @Option("Seed of the sample and of the random baselines.") long seed) {

  /// Checks the ranges.
  ///
  /// @throws IllegalArgumentException if a value is out of its range
  public QualityParams {
    Parameters.check(QualityParams.class, "k", k);
    Parameters.check(QualityParams.class, "trustworthinessK", trustworthinessK);
  }

  /// {@return 6 neighbours for the neighborhood hit, 7 for the others, automatic sample, seed 0}
  public static QualityParams defaults() {
    return new QualityParams(6, 7, Sample.auto(), 0);
  }

  /// A copy with another number of neighbours for the neighborhood hit.
  ///
  /// @param changed from 1 to 1,000
  /// @return the copy
  public QualityParams withK(int changed) {
    return new QualityParams(changed, trustworthinessK, sample, seed);
  }

  /// A copy with another number of neighbours for trustworthiness and its like.
  ///
  /// @param changed from 1 to 1,000
  /// @return the copy
  public QualityParams withTrustworthinessK(int changed) {
    return new QualityParams(k, changed, sample, seed);
  }

  /// A copy with another sample.
  ///
  /// @param changed the sample
  /// @return the copy
  public QualityParams withSample(Sample changed) {
    return new QualityParams(k, trustworthinessK, changed, seed);
  }

  /// A copy with another seed.
  ///
  /// @param changed any value
  /// @return the copy
  public QualityParams withSeed(long changed) {
    return new QualityParams(k, trustworthinessK, sample, changed);
  }
}
