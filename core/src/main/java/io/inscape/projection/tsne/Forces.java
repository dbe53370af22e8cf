package io.inscape.projection.tsne;

import io.inscape.matrix.Workers;
import java.util.EnumMap;
import java.util.Map;

/// Chooses how to sum the repulsion, by an estimate of the cost at the present number of points and
/// extent of the map, and keeps what was used.
///
/// The estimates are fixed numbers, so that the choice depends on the data only.
final class Forces {
  /// Up to here all pairs are summed, unless another way is asked for.
  private static final int ALWAYS_EXACT = 3000;

  // Nanoseconds on a core of a few gigahertz with vectors of 16 floats.
  private static final double PER_PAIR = 0.2;
  private static final double PER_NODE = 5; // of the padded grid, all transforms
  private static final double PER_POINT_ON_GRID = 60;
  private static final double PER_POINT_IN_TREE = 700; // and per halving of the points

  private final int count;
  private final int dimensions;
  private final RepulsionMethod method;
  private final double theta;
  private final double freedom;
  private final Workers workers;
  private final Map<RepulsionMethod, Repulsion> made = new EnumMap<>(RepulsionMethod.class);

  Forces(int count, int dimensions, ForceSettings settings, Workers workers) {
    this.count = count;
    this.dimensions = dimensions;
    this.method = settings.method();
    this.theta = settings.theta();
    this.freedom = settings.freedom();
    this.workers = workers;
  }

  /// The cheapest way at an extent of the map, or the one asked for; where no grid can cover the
  /// map the tree stands in.
  RepulsionMethod choose(Extent extent) {
    if (method == RepulsionMethod.FFT && !GridRepulsion.fits(extent, freedom)) {
      return RepulsionMethod.BARNES_HUT;
    }
    if (method != RepulsionMethod.AUTO) {
      return method;
    }
    if (count <= ALWAYS_EXACT) {
      return RepulsionMethod.EXACT;
    }
    double pair = freedom == 1 ? PER_PAIR : 20 * PER_PAIR;
    double exact = pair * count * count;
    double tree = PER_POINT_IN_TREE * count * Math.log(count);
    tree = freedom == 1 ? tree : 10 * tree;
    double grid = dimensions == 2 ? grid(extent) : Double.POSITIVE_INFINITY;
    if (grid <= exact && grid <= tree) {
      return RepulsionMethod.FFT;
    }
    return exact <= tree ? RepulsionMethod.EXACT : RepulsionMethod.BARNES_HUT;
  }

  private double grid(Extent extent) {
    double spacing = GridRepulsion.spacing(extent.largest(), freedom);
    if (!GridRepulsion.fits(extent, freedom)) {
      return Double.POSITIVE_INFINITY;
    }
    double nodes = 4;
    for (int dim = 0; dim < 2; dim++) {
      nodes *= GridRepulsion.nodes(extent.size(dim), spacing);
    }
    return PER_NODE * nodes + PER_POINT_ON_GRID * count;
  }

  /// The repulsion of one kind.
  Repulsion of(RepulsionMethod kind) {
    return made.computeIfAbsent(
        kind,
        wanted ->
            switch (wanted) {
              case EXACT, AUTO ->
                  new ExactRepulsion(count, dimensions, new Similarity(freedom, false), workers);
              case BARNES_HUT ->
                  new TreeRepulsion(
                      count, dimensions, theta, new Similarity(freedom, false), workers);
              case FFT -> new GridRepulsion(count, freedom, workers);
            });
  }
}
