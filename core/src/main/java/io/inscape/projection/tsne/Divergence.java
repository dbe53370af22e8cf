package io.inscape.projection.tsne;

import io.inscape.matrix.Kernels;
import io.inscape.matrix.Workers;
import java.util.Arrays;

/// What t-SNE minimises, and its slope: the Kullback-Leibler divergence of affinities from the
/// similarities of a layout.
///
/// `g_i = e sum_j p_ij s_ij (y_i - y_j) - 1/Z sum_j w_ij s_ij (y_i - y_j)`, the gradient without
/// its factor 4, with the exaggeration e. To be used by one thread at a time.
public final class Divergence {
  /// Points up to which the energy is computed from all pairs.
  private static final int EXACT_ENERGY = 20_000;

  private static final int POINTS_PER_CHUNK = 512;

  private final Workers workers;
  private final int count;
  private final int dimensions;
  private final Forces forces;
  private final Similarity similarity;
  private final float[][] push;
  private final float[][] pull;
  private Affinities affinities;
  private RepulsionMethod used = RepulsionMethod.EXACT;
  private double z = 1;

  /// Prepares the sums.
  ///
  /// @param affinities of the points, in the order of their positions
  /// @param dimensions of the layout, 2 or 3
  /// @param settings how forces are computed
  /// @param workers do the arithmetic
  public Divergence(
      Affinities affinities, int dimensions, ForceSettings settings, Workers workers) {
    this.affinities = affinities;
    this.dimensions = dimensions;
    this.workers = workers;
    count = affinities.observations();
    forces = new Forces(count, dimensions, settings, workers);
    similarity = new Similarity(settings.freedom(), false);
    push = new float[dimensions][padded(count)];
    pull = new float[dimensions][padded(count)];
  }

  /// The length of an array that holds one value per point and fills whole vectors.
  ///
  /// @param count number of points
  /// @return at least as many
  public static int padded(int count) {
    return Math.ceilDiv(count, Kernels.LANES) * Kernels.LANES;
  }

  /// {@return how the repulsion was last summed}
  public RepulsionMethod repulsion() {
    return used;
  }

  /// How the repulsion would be summed.
  ///
  /// @param position one padded array per dimension; not modified
  /// @return the way
  public RepulsionMethod repulsionAt(float[][] position) {
    return forces.choose(Extent.of(position, count));
  }

  /// Computes the forces at some positions, to be read by [#slope].
  ///
  /// @param position one padded array per dimension; not modified
  /// @throws java.util.concurrent.CancellationException if the calling thread is interrupted; the
  ///   slopes mean nothing then
  public void compute(float[][] position) {
    Extent extent = Extent.of(position, count);
    RepulsionMethod method = forces.choose(extent);
    z = Math.max(forces.of(method).compute(position, extent, push), Double.MIN_NORMAL);
    float scale = (float) (1 / similarity.freedom());
    workers.forEachChunk(
        count,
        POINTS_PER_CHUNK,
        (_, from, to) ->
            TsneKernels.attraction(
                position,
                affinities.rowStart(),
                affinities.index(),
                affinities.value(),
                scale,
                from,
                to,
                pull));
    used = method;
  }

  /// The slopes of some points along one dimension at the positions last computed.
  ///
  /// @param dim which dimension
  /// @param exaggeration factor on the attraction
  /// @param from first point
  /// @param to one past the last
  /// @param target receives the gradient without its factor 4, from index 0 on
  public void slope(int dim, double exaggeration, int from, int to, double[] target) {
    double attraction = similarity.strength() * exaggeration;
    double repulsion = 1 / z;
    float[] pulls = pull[dim];
    float[] pushes = push[dim];
    for (int i = from; i < to; i++) {
      target[i - from] = attraction * pulls[i] - repulsion * pushes[i];
    }
  }

  /// The divergence in nats: with the sum over all pairs up to 20,000 points, beyond that with Z as
  /// the forces have it.
  ///
  /// @param position one padded array per dimension; not modified
  /// @return the energy
  /// @throws java.util.concurrent.CancellationException if the calling thread is interrupted
  public double energy(float[][] position) {
    Extent extent = Extent.of(position, count);
    RepulsionMethod method = count <= EXACT_ENERGY ? RepulsionMethod.EXACT : forces.choose(extent);
    float[][] unused = new float[dimensions][padded(count)];
    double sum = Math.max(forces.of(method).compute(position, extent, unused), Double.MIN_NORMAL);
    return workers.sumChunks(
        count, POINTS_PER_CHUNK, (from, to) -> divergence(position, from, to, sum));
  }

  private double divergence(float[][] position, int from, int to, double sumOfWeights) {
    double sum = 0;
    for (int i = from; i < to; i++) {
      for (int at = affinities.rowStart()[i]; at < affinities.rowStart()[i + 1]; at++) {
        double p = affinities.value()[at];
        if (p > 0) {
          double squared = 0;
          for (float[] axis : position) {
            double difference = (double) axis[i] - axis[affinities.index()[at]];
            squared += difference * difference;
          }
          sum += p * Math.log(p * sumOfWeights / similarity.of(squared));
        }
      }
    }
    return sum;
  }

  /// The order in which points are near each other in memory if they are near in a layout.
  ///
  /// @param position one padded array per dimension; not modified
  /// @return the point that comes first, second, ... along the curve of Morton
  /// @throws java.util.concurrent.CancellationException if the calling thread is interrupted
  public int[] curve(float[][] position) {
    long[] keys = Morton.keys(position, count, Extent.of(position, count), workers);
    Arrays.sort(keys);
    int[] order = new int[count];
    for (int at = 0; at < count; at++) {
      order[at] = Morton.index(keys[at]);
    }
    return order;
  }

  /// The affinities for points in another order.
  ///
  /// @param order the point that comes first, second, ...; not modified
  /// @return the affinities, for [#take]
  /// @throws java.util.concurrent.CancellationException if the calling thread is interrupted
  public Affinities ordered(int[] order) {
    return affinities.ordered(order, workers);
  }

  /// Goes on with the affinities of points in another order.
  ///
  /// @param ordered made by [#ordered]
  public void take(Affinities ordered) {
    affinities = ordered;
  }

  /// Values of points in another order.
  ///
  /// @param values one padded array per dimension; not modified
  /// @param order the point that comes first, second, ...; not modified
  /// @return new arrays
  public static float[][] ordered(float[][] values, int[] order) {
    float[][] moved = new float[values.length][values[0].length];
    for (int dim = 0; dim < values.length; dim++) {
      for (int at = 0; at < order.length; at++) {
        moved[dim][at] = values[dim][order[at]];
      }
    }
    return moved;
  }
}
