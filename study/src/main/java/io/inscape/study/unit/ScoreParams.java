package io.inscape.study.unit;

import io.inscape.neuron.DepthLimit;
import io.inscape.neuron.FeatureCount;
import io.inscape.neuron.ForestParams;
import io.inscape.parameter.Option;
import io.inscape.parameter.Parameters;

/// Options of scores: those of the forests, side by side with whether a second seed is tried.
///
/// @param trees trees of each forest, from 1 to 100,000
/// @param features units that are drawn at each node
/// @param depth the most cuts on the way to a leaf
/// @param leaf the fewest observations of a leaf, from 1 to 1,000,000
/// @param split the fewest observations of a node that is cut, from 2 to 1,000,000
/// @param seed of the drawing; the second forests have the next one
/// @param spread whether second forests are grown, to see what of the scores is chance
public record ScoreParams(
    @Option(value = "Trees of each class's forest.", min = 1, max = 100_000, unit = "trees")
        int trees,
    @Option(
            value = "Units drawn at each node to find a cut; auto takes the root of their number.",
            min = 1,
            max = 1_000_000,
            unit = "units")
        FeatureCount features,
    @Option(
            value = "The most cuts between a tree's root and a leaf; auto sets no limit.",
            min = 1,
            max = 1_000_000)
        DepthLimit depth,
    @Option(
            value = "The fewest observations of a leaf.",
            min = 1,
            max = 1_000_000,
            unit = "observations")
        int leaf,
    @Option(
            value = "The fewest observations of a node that is cut.",
            min = 2,
            max = 1_000_000,
            unit = "observations")
        int split,
    @Option("Seed of the trees.") long seed,
    @Option("Whether a second seed is scored too, to see what is chance; takes twice the time.")
        boolean spread) {
  /// Checks the ranges.
  ///
  /// @throws IllegalArgumentException if a value is out of its range
  public ScoreParams {
    Parameters.check(ScoreParams.class, "trees", trees);
    Parameters.check(ScoreParams.class, "leaf", leaf);
    Parameters.check(ScoreParams.class, "split", split);
  }

  /// {@return the forests' usual options, with a second seed}
  public static ScoreParams defaults() {
    return of(ForestParams.defaults(), true);
  }

  /// The options of given forests.
  ///
  /// @param forest its options
  /// @param spread whether second forests are grown
  /// @return both side by side
  public static ScoreParams of(ForestParams forest, boolean spread) {
    return new ScoreParams(
        forest.trees(),
        forest.features(),
        forest.depth(),
        forest.leaf(),
        forest.split(),
        forest.seed(),
        spread);
  }

  /// {@return the options of the forests}
  public ForestParams forest() {
    return new ForestParams(trees, features, depth, leaf, split, seed);
  }
}
