package io.inscape.cluster;

import io.inscape.matrix.Matrix;
import io.inscape.matrix.Rng;
import io.inscape.matrix.Workers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;

/// The groups of points of a layout that lie clearly apart.
///
/// Two groups are clusters where, on every way from one to the other, the layout gets much emptier
/// than either usually is. In numbers: points are joined by the minimum spanning tree of their
/// mutual reachability [Campello2013], shortest edges first. Where two groups meet that each have
/// the least share of all points, the length of the edge between them is divided by the usual core
/// distance (the distance to the k-th nearest point; the median over the group) of the sparser one.
/// A quotient of at least `gap (1 + 3.5 / sqrt n)` is a gap; density being the square of the
/// inverse core distance, that is a valley of at most a quarter of the usual density. The second
/// factor is for small groups, in which chance leaves wider gaps.
///
/// | symbol | here | range |
/// |---|---|---|
/// | n | points | at least [#FEWEST] |
/// | k | 3 % of the points, at least 4 | so that the answer does not depend on how many there are |
///
/// Groups that are too small never split anything; what had not joined a cluster before it met
/// another is left over (`-1`), as are points further from all others than a gap. It does not
/// depend on the order of the points, nor on turning, moving or scaling the layout. Cost: n^2. The
/// same bytes on any number of threads.
///
/// @param count how many clusters, at least 1
/// @param sizes points of each, largest first
/// @param cluster of each point, -1 for what is left over
/// @param separation the narrowest gap between clusters, in usual core distances; where there is
///   one cluster, the widest that was too narrow, 0 where there was none
/// @param limit from which separation on a gap counts
/// @param silhouette of the clusters (of the points compared), in [-1, 1]; 0 for one
@SuppressWarnings("ArrayRecordComponent") // copied in and out
public record VisualClusters(
    int count, int[] sizes, int[] cluster, double separation, double limit, double silhouette) {
  /// Fewer points than this have no shape.
  public static final int FEWEST = 20;

  private static final double NEIGHBOR_SHARE = .03;
  private static final int FEWEST_NEIGHBORS = 4;

  /// Measured on disks, normal and skewed clouds, bars and crescents of 30 to 1,000 points: the
  /// widest gap that chance leaves splits about one in 100 of them.
  private static final double CHANCE = 3.5;

  /// Copies the arrays.
  public VisualClusters {
    sizes = sizes.clone();
    cluster = cluster.clone();
  }

  /// {@return a copy: points of each cluster, largest first}
  @Override
  public int[] sizes() {
    return sizes.clone();
  }

  /// {@return a copy: the cluster of each point, -1 for what is left over}
  @Override
  public int[] cluster() {
    return cluster.clone();
  }

  /// Finds the clusters.
  ///
  /// @param layout rows = points, columns = dimensions
  /// @param params when a gap counts
  /// @param workers do the arithmetic
  /// @return the clusters
  /// @throws IllegalArgumentException if there are fewer than [#FEWEST] points
  public static VisualClusters find(Matrix layout, ClusterParams params, Workers workers) {
    if (layout.rows() < FEWEST) {
      throw new IllegalArgumentException(
          "clusters need at least " + FEWEST + " points, got " + layout.rows());
    }
    if (layout.rows() <= params.most()) {
      return ofAll(layout, params, workers);
    }
    int[] drawn = draw(layout.rows(), params);
    VisualClusters some = ofAll(layout.selectRows(drawn), params, workers);
    return some.spread(layout, drawn, workers);
  }

  private static VisualClusters ofAll(Matrix layout, ClusterParams params, Workers workers) {
    Points points = new Points(layout);
    int count = points.count();
    int k = Math.max(FEWEST_NEIGHBORS, (int) Math.round(NEIGHBOR_SHARE * count));
    double[] core = points.coreDistances(k, workers);
    double limit = params.gap() * (1 + CHANCE / Math.sqrt(count));
    int least = Math.max(2, (int) Math.ceil(params.share() * count));
    ClusterTree tree = new ClusterTree(core, least, limit);
    List<List<Integer>> found = ordered(tree.clusters(SpanningTree.edges(points, core)), points);
    int[] cluster = new int[count];
    Arrays.fill(cluster, -1);
    for (int one = 0; one < found.size(); one++) {
      for (int point : found.get(one)) {
        cluster[point] = one;
      }
    }
    return new VisualClusters(
        found.size(),
        sizes(cluster, found.size()),
        cluster,
        tree.separation(),
        limit,
        found.size() == 1 ? 0 : points.silhouette(cluster, found.size()));
  }

  /// Largest first; of two of one size the one that lies further left, whatever the points' order.
  private static List<List<Integer>> ordered(List<List<Integer>> clusters, Points points) {
    List<List<Integer>> ordered = new ArrayList<>(clusters);
    ordered.sort(
        Comparator.comparingInt((List<Integer> one) -> -one.size())
            .thenComparingDouble(points::middle));
    return ordered;
  }

  private static int[] sizes(int[] cluster, int count) {
    int[] sizes = new int[count];
    for (int one : cluster) {
      if (one >= 0) {
        sizes[one]++;
      }
    }
    return sizes;
  }

  private static int[] draw(int available, ClusterParams params) {
    RandomGenerator random = Rng.of(params.seed(), "clusters");
    int[] order = new int[available];
    Arrays.setAll(order, i -> i);
    for (int i = 0; i < params.most(); i++) {
      int j = random.nextInt(i, available);
      int drawn = order[j];
      order[j] = order[i];
      order[i] = drawn;
    }
    int[] drawn = Arrays.copyOf(order, params.most());
    Arrays.sort(drawn);
    return drawn;
  }

  /// The same for all points, each with its nearest that was compared.
  private VisualClusters spread(Matrix layout, int[] drawn, Workers workers) {
    Points points = new Points(layout);
    int[] all = new int[points.count()];
    workers.forEachChunk(
        all.length,
        256,
        (_, from, to) -> {
          for (int point = from; point < to; point++) {
            int nearest = 0;
            for (int other = 1; other < drawn.length; other++) {
              if (points.distance(point, drawn[other]) < points.distance(point, drawn[nearest])) {
                nearest = other;
              }
            }
            all[point] = cluster[nearest];
          }
        });
    return new VisualClusters(count, sizes(all, count), all, separation, limit, silhouette);
  }
}
