package io.inscape.projection.tsne;

import java.util.Arrays;

/// A quadtree or octree over points sorted along the Morton curve, in arrays in depth-first order:
/// the first child follows its parent, and every node knows where to go on when it is skipped.
final class Tree {
  private static final int LEAF = 8;

  private final long[] keys;
  private final float[][] sorted;
  private final int dimensions;
  private final double theta;
  private final double width;
  private int nodes;
  private float[][] centre; // of mass, [dim][node]
  private float[] mass;
  private float[] reach; // squared distance from which on the node counts as a point
  private int[] skip; // node to go on with
  private int[] begin; // first point of a leaf, or -1
  private int[] end;

  private Tree(long[] keys, float[][] sorted, double width, double theta) {
    this.keys = keys;
    this.sorted = sorted;
    this.width = width;
    this.theta = theta;
    dimensions = sorted.length;
    int capacity = Math.max(16, keys.length / 2);
    centre = new float[dimensions][capacity];
    mass = new float[capacity];
    reach = new float[capacity];
    skip = new int[capacity];
    begin = new int[capacity];
    end = new int[capacity];
  }

  static Tree of(long[] keys, float[][] sorted, Extent extent, double theta) {
    Tree tree = new Tree(keys, sorted, extent.largest(), theta);
    tree.build(0, keys.length, 0);
    return tree;
  }

  private void build(int from, int to, int level) {
    int node = nodes++;
    grow(node);
    double[] sum = new double[dimensions];
    begin[node] = -1;
    if (to - from <= LEAF || level == Morton.levels(dimensions)) {
      begin[node] = from;
      end[node] = to;
      for (int dim = 0; dim < dimensions; dim++) {
        for (int at = from; at < to; at++) {
          sum[dim] += sorted[dim][at];
        }
      }
    } else {
      int at = from;
      while (at < to) {
        int next = endOfChild(at, to, level);
        int child = nodes;
        build(at, next, level + 1);
        for (int dim = 0; dim < dimensions; dim++) {
          sum[dim] += (double) centre[dim][child] * (next - at);
        }
        at = next;
      }
    }
    for (int dim = 0; dim < dimensions; dim++) {
      centre[dim][node] = (float) (sum[dim] / (to - from));
    }
    mass[node] = to - from;
    double far = width / (1L << level) / theta; // infinite for theta 0
    reach[node] = (float) (far * far);
    skip[node] = nodes;
  }

  /// The first key after `at` that lies in another child of the node.
  private int endOfChild(int at, int to, int level) {
    int child = Morton.child(keys[at], level, dimensions);
    int low = at + 1;
    int high = to;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (Morton.child(keys[middle], level, dimensions) == child) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private void grow(int node) {
    if (node == mass.length) {
      int capacity = node * 2;
      for (int dim = 0; dim < dimensions; dim++) {
        centre[dim] = Arrays.copyOf(centre[dim], capacity);
      }
      mass = Arrays.copyOf(mass, capacity);
      reach = Arrays.copyOf(reach, capacity);
      skip = Arrays.copyOf(skip, capacity);
      begin = Arrays.copyOf(begin, capacity);
      end = Arrays.copyOf(end, capacity);
    }
  }

  /// Collects what acts on the 16 targets from `at` on.
  void collect(float[][] target, int at, TreeRepulsion.Sources sources) {
    float[] low = new float[3];
    float[] high = new float[3];
    box(target, at, low, high);
    sources.clear();
    int node = 0;
    while (node < nodes) {
      if (squaredDistance(node, low, high) > reach[node]) {
        sources.add(centre, node, mass[node]);
        node = skip[node];
      } else if (begin[node] >= 0) {
        for (int point = begin[node]; point < end[node]; point++) {
          sources.add(sorted, point, 1);
        }
        node = skip[node];
      } else {
        node++;
      }
    }
  }

  private void box(float[][] target, int at, float[] low, float[] high) {
    for (int dim = 0; dim < dimensions; dim++) {
      low[dim] = Float.POSITIVE_INFINITY;
      high[dim] = Float.NEGATIVE_INFINITY;
      for (int lane = 0; lane < TsneKernels.LANES; lane++) {
        low[dim] = Math.min(low[dim], target[dim][at + lane]);
        high[dim] = Math.max(high[dim], target[dim][at + lane]);
      }
    }
  }

  private float squaredDistance(int node, float[] low, float[] high) {
    float squared = 0;
    for (int dim = 0; dim < dimensions; dim++) {
      float at = centre[dim][node];
      float outside = Math.max(0, Math.max(low[dim] - at, at - high[dim]));
      squared += outside * outside;
    }
    return squared;
  }
}
