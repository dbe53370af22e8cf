package io.inscape.neighbors;

import io.inscape.matrix.Matrix;
import io.inscape.matrix.Workers;
import java.util.Arrays;

/// A balanced k-d tree over rows of few columns: exact neighbours in about `n log n` steps.
///
/// The nodes are numbered like those of a heap, 1 being the root. Each knows its box and the least
/// row number in it, so that ties by row number are settled without visiting whoever is as far.
final class KdTree {
  /// Columns up to which a tree beats comparing all pairs.
  static final int MOST_COLUMNS = 4;

  private static final int LEAF = 16;

  private final int cols;
  private final int leaves;
  private final int[] order; // [position] = row
  private final float[] values; // [position * cols + col]
  private final float[] low; // [node * cols + col]
  private final float[] high;
  private final int[] least; // [node]: least row number

  private KdTree(Matrix data) {
    cols = data.cols();
    order = new int[data.rows()];
    Arrays.setAll(order, row -> row);
    int blocks = 1;
    while ((long) blocks * LEAF < order.length) {
      blocks *= 2;
    }
    leaves = blocks;
    values = new float[order.length * cols];
    low = new float[2 * leaves * cols];
    high = new float[2 * leaves * cols];
    least = new int[2 * leaves];
  }

  static KdTree of(Matrix data, Workers workers) {
    KdTree tree = new KdTree(data);
    float[] source = data.toArray();
    float[] key = new float[data.rows()];
    for (int level = 1; level <= tree.leaves; level *= 2) {
      int first = level;
      workers.forEachChunk(
          level,
          Math.max(1, level / 256),
          (_, from, to) -> {
            for (int at = from; at < to; at++) {
              tree.build(first + at, source, key);
            }
          });
    }
    workers.forEachChunk(
        data.rows(),
        4096,
        (_, from, to) -> {
          for (int at = from; at < to; at++) {
            data.copyRow(tree.order[at], tree.values, at * tree.cols);
          }
        });
    return tree;
  }

  /// Finds the neighbours of every row of this tree.
  void findAll(int k, Metric metric, int[] index, float[] distance, Workers workers) {
    workers.forEachChunk(
        order.length,
        512,
        (_, from, to) -> {
          Search search = new Search(k);
          for (int at = from; at < to; at++) {
            search.run(values, at * cols, order[at]);
            search.write(order[at], metric, index, distance);
          }
        });
  }

  /// Finds the neighbours of other rows.
  void findAll(
      Matrix queries, int k, Metric metric, int[] index, float[] distance, Workers workers) {
    workers.forEachChunk(
        queries.rows(),
        512,
        (_, from, to) -> {
          Search search = new Search(k);
          float[] query = new float[cols];
          for (int row = from; row < to; row++) {
            queries.copyRow(row, query, 0);
            search.run(query, 0, -1);
            search.write(row, metric, index, distance);
          }
        });
  }

  private int start(int node, int after) {
    int level = Integer.highestOneBit(node);
    return (int) ((long) order.length * (node - level + after) / level);
  }

  private void build(int node, float[] source, float[] key) {
    int from = start(node, 0);
    int to = start(node, 1);
    int widest = -1;
    double width = 0;
    for (int col = 0; col < cols; col++) {
      float smallest = Float.POSITIVE_INFINITY;
      float largest = Float.NEGATIVE_INFINITY;
      for (int at = from; at < to; at++) {
        float value = source[order[at] * cols + col];
        smallest = Math.min(smallest, value);
        largest = Math.max(largest, value);
      }
      low[node * cols + col] = smallest;
      high[node * cols + col] = largest;
      if ((double) largest - smallest > width) {
        width = (double) largest - smallest;
        widest = col;
      }
    }
    int first = Integer.MAX_VALUE;
    for (int at = from; at < to; at++) {
      first = Math.min(first, order[at]);
    }
    least[node] = first;
    if (node < leaves) {
      halve(node, from, to, widest, source, key);
    }
  }

  /// Equal rows stand in the order of their numbers.
  private void halve(int node, int from, int to, int widest, float[] source, float[] key) {
    if (widest < 0) {
      Arrays.sort(order, from, to);
      return;
    }
    for (int at = from; at < to; at++) {
      key[at] = source[order[at] * cols + widest];
    }
    Select.partition(key, order, from, to, start(2 * node, 1));
  }

  /// One query after the other.
  private final class Search {
    private final int k;
    private final double[] best;
    private final int[] row;
    private float[] query = new float[0];
    private int offset;
    private int self;
    private int found;

    Search(int k) {
      this.k = k;
      best = new double[k];
      row = new int[k];
    }

    void run(float[] query, int offset, int self) {
      this.query = query;
      this.offset = offset;
      this.self = self;
      found = 0;
      visit(1, 0);
    }

    void write(int target, Metric metric, int[] index, float[] distance) {
      System.arraycopy(row, 0, index, target * k, k);
      for (int at = 0; at < k; at++) {
        distance[target * k + at] = metric.fromSquared(best[at]);
      }
    }

    private void visit(int node, double bound) {
      if (!wanted(bound, least[node])) {
        return;
      }
      if (node >= leaves) {
        leaf(node);
        return;
      }
      int left = 2 * node;
      double leftBound = bound(left);
      double rightBound = bound(left + 1);
      if (leftBound < rightBound || (leftBound == rightBound && least[left] <= least[left + 1])) {
        visit(left, leftBound);
        visit(left + 1, rightBound);
      } else {
        visit(left + 1, rightBound);
        visit(left, leftBound);
      }
    }

    private boolean wanted(double squared, int number) {
      return found < k || squared < best[k - 1] || (squared == best[k - 1] && number < row[k - 1]);
    }

    /// Not more than the distance to anyone in the node's box, roundings included: they keep order.
    private double bound(int node) {
      double sum = 0;
      for (int col = 0; col < cols; col++) {
        double value = query[offset + col];
        double below = low[node * cols + col] - value;
        double above = value - high[node * cols + col];
        double away = Math.max(0, Math.max(below, above));
        sum += away * away;
      }
      return sum;
    }

    private void leaf(int node) {
      int to = start(node, 1);
      for (int at = start(node, 0); at < to; at++) {
        double sum = 0;
        for (int col = 0; col < cols; col++) {
          double away = (double) query[offset + col] - values[at * cols + col];
          sum += away * away;
        }
        if (order[at] != self && wanted(sum, order[at])) {
          insert(sum, order[at]);
        }
      }
    }

    private void insert(double squared, int number) {
      int at = Math.min(found, k - 1);
      while (at > 0
          && (best[at - 1] > squared || (best[at - 1] == squared && row[at - 1] > number))) {
        best[at] = best[at - 1];
        row[at] = row[at - 1];
        at--;
      }
      best[at] = squared;
      row[at] = number;
      found = Math.min(found + 1, k);
    }
  }
}
