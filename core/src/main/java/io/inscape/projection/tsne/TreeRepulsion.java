package io.inscape.projection.tsne;

import io.inscape.matrix.Workers;
import java.util.Arrays;

/// The repulsion by Barnes and Hut: cells that look small from afar count as one heavy point.
///
/// 16 points that are neighbours along the Morton curve share one walk through the tree: a cell is
/// taken whole if its width is below theta times the distance from the cell's centre of mass to the
/// box around the sixteen, which is never less careful than asking for each point alone. What the
/// walk collects is then summed for all sixteen at once.
final class TreeRepulsion implements Repulsion {
  private static final int LANES = TsneKernels.LANES;
  private static final int POINTS_PER_CHUNK = 32 * LANES;

  private final int count;
  private final int dimensions;
  private final double theta;
  private final Similarity similarity;
  private final Workers workers;
  private final float[][] sorted; // positions along the curve, padded with the last one
  private final double[] partial;

  TreeRepulsion(int count, int dimensions, double theta, Similarity similarity, Workers workers) {
    this.count = count;
    this.dimensions = dimensions;
    this.theta = theta;
    this.similarity = similarity;
    this.workers = workers;
    sorted = new float[dimensions][Divergence.padded(count)];
    partial = new double[Math.ceilDiv(Divergence.padded(count), POINTS_PER_CHUNK)];
  }

  @Override
  public double compute(float[][] position, Extent extent, float[][] push) {
    int[] order = new int[count];
    long[] keys = Morton.keys(position, count, extent, workers);
    Arrays.sort(keys);
    for (int at = 0; at < count; at++) {
      order[at] = Morton.index(keys[at]);
    }
    for (int dim = 0; dim < dimensions; dim++) {
      for (int at = 0; at < sorted[dim].length; at++) {
        sorted[dim][at] = position[dim][order[Math.min(at, count - 1)]];
      }
    }
    Tree tree = Tree.of(keys, sorted, extent, theta);
    workers.forEachChunk(
        sorted[0].length,
        POINTS_PER_CHUNK,
        (chunk, from, to) -> partial[chunk] = walk(tree, order, from, to, push));
    double sum = 0;
    for (double part : partial) {
      sum += part;
    }
    return sum - count; // what was counted for the points themselves
  }

  private double walk(Tree tree, int[] order, int from, int to, float[][] push) {
    Sources sources = new Sources(dimensions);
    double[] sums = new double[(dimensions + 1) * LANES];
    double total = 0;
    for (int at = from; at < to; at += LANES) {
      tree.collect(sorted, at, sources);
      if (similarity.freedom() == 1) {
        TsneKernels.push(sources.position, sources.mass, sources.count, sorted, at, sums);
      } else {
        pushHeavy(sources, at, sums);
      }
      for (int lane = 0; lane < Math.min(LANES, count - at); lane++) {
        total += sums[lane];
        for (int dim = 0; dim < dimensions; dim++) {
          push[dim][order[at + lane]] = (float) sums[(dim + 1) * LANES + lane];
        }
      }
    }
    return total;
  }

  private void pushHeavy(Sources sources, int at, double[] sums) {
    double[] difference = new double[dimensions];
    Arrays.fill(sums, 0);
    for (int lane = 0; lane < LANES; lane++) {
      for (int j = 0; j < sources.count; j++) {
        double squared = 0;
        for (int dim = 0; dim < dimensions; dim++) {
          difference[dim] = (double) sorted[dim][at + lane] - sources.position[dim][j];
          squared += difference[dim] * difference[dim];
        }
        double heavy = sources.mass[j] * similarity.of(squared);
        sums[lane] += heavy;
        double strength = heavy * similarity.steepness(squared);
        for (int dim = 0; dim < dimensions; dim++) {
          sums[(dim + 1) * LANES + lane] += strength * difference[dim];
        }
      }
    }
  }

  /// What acts on a group of points: cells and single points.
  static final class Sources {
    private static final int FIRST_CAPACITY = 1024;

    private float[][] position;
    private float[] mass = new float[FIRST_CAPACITY];
    private int count;

    Sources(int dimensions) {
      position = new float[dimensions][FIRST_CAPACITY];
    }

    void clear() {
      count = 0;
    }

    void add(float[][] from, int at, float heavy) {
      if (count == mass.length) {
        mass = Arrays.copyOf(mass, 2 * count);
        for (int dim = 0; dim < position.length; dim++) {
          position[dim] = Arrays.copyOf(position[dim], 2 * count);
        }
      }
      for (int dim = 0; dim < position.length; dim++) {
        position[dim][count] = from[dim][at];
      }
      mass[count++] = heavy;
    }
  }
}
