package io.inscape.neuron;

import io.inscape.parameter.Option;
import io.inscape.parameter.Parameters;

/// Options of the forests of extremely randomized trees.
///
/// @param trees trees of each forest, from 1 to 100,000
/// @param features units that are drawn at each node
/// @param depth the most cuts on the way to a leaf
/// @param leaf the fewest observations of a leaf, from 1 to 1,000,000
/// @param split the fewest observations of a node that is cut, from 2 to 1,000,000
/// @param seed of the drawing
public record ForestParams(
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
    @Option("Seed of the trees.") long seed) {

  /// Checks the ranges.
  ///
  /// @throws IllegalArgumentException if a value is out of its range
  public ForestParams {
    Parameters.check(ForestParams.class, "trees", trees);
    Parameters.check(ForestParams.class, "leaf", leaf);
    Parameters.check(ForestParams.class, "split", split);
  }

  /// {@return 500 trees, the root of the number of units, no limit of depth, leaves of 1, nodes of
  /// 2, seed 0}
  public static ForestParams defaults() {
    return new ForestParams(500, FeatureCount.auto(), DepthLimit.auto(), 1, 2, 0);
  }

  /// A copy with another number of trees.
  ///
  /// @param changed from 1 to 100,000
  /// @return the copy
  public ForestParams withTrees(int changed) {
    return new ForestParams(changed, features, depth, leaf, split, seed);
  }

  /// A copy with another number of drawn units.
  ///
  /// @param changed how many
  /// @return the copy
  public ForestParams withFeatures(FeatureCount changed) {
    return new ForestParams(trees, changed, depth, leaf, split, seed);
  }

  /// A copy with another depth.
  ///
  /// @param changed the limit
  /// @return the copy
  public ForestParams withDepth(DepthLimit changed) {
    return new ForestParams(trees, features, changed, leaf, split, seed);
  }

  /// A copy with leaves of another size.
  ///
  /// @param changed from 1 to 1,000,000
  /// @return the copy
  public ForestParams withLeaf(int changed) {
    return new ForestParams(trees, features, depth, changed, split, seed);
  }

  /// A copy with another size of the smallest node that is cut.
  ///
  /// @param changed from 2 to 1,000,000
  /// @return the copy
  public ForestParams withSplit(int changed) {
    return new ForestParams(trees, features, depth, leaf, changed, seed);
  }

  /// A copy with another seed.
  ///
  /// @param changed any value
  /// @return the copy
  public ForestParams withSeed(long changed) {
    return new ForestParams(trees, features, depth, leaf, split, changed);
  }
}
