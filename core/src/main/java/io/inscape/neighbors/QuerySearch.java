package io.inscape.neighbors;

import io.inscape.matrix.Kernels;
import io.inscape.matrix.Matrix;
import io.inscape.matrix.Workers;
import java.util.concurrent.ConcurrentLinkedQueue;

/// The nearest rows of one matrix to those of another: every block of queries visits the blocks of
/// data, nearest first; a few queries are compared with all rows.
final class QuerySearch {
  /// So few queries are compared with every row: preparing the blocks would cost more.
  private static final int FEW = 8;

  private static final int ROWS_PER_CHUNK = 256;

  private QuerySearch() {}

  /// Finds the k nearest rows of `data` to every query.
  static void find(
      Matrix data,
      Matrix queries,
      int k,
      Metric metric,
      int[] index,
      float[] distance,
      Workers workers) {
    if (queries.rows() == 0) {
      return;
    }
    if (queries.rows() <= FEW) {
      compareAll(data, queries, k, metric, index, distance, workers);
      return;
    }
    float scale = BlockedRows.scaleOf(data, queries);
    BlockedRows rows = BlockedRows.of(data, scale, workers);
    BlockedRows sought = BlockedRows.of(queries, scale, workers);
    ConcurrentLinkedQueue<BlockMatch> free = new ConcurrentLinkedQueue<>();
    workers.forEachChunk(
        sought.blocks(),
        1,
        (block, _, _) -> {
          BlockMatch polled = free.poll();
          BlockMatch match = polled == null ? new BlockMatch(sought, rows) : polled;
          Candidates candidates = new Candidates(sought, block, rows, k);
          for (int other : nearestFirst(sought, block, rows)) {
            match.compare(block, candidates, other, candidates, false);
            candidates.compactAll();
          }
          candidates.finish(index, distance, metric);
          free.add(match);
        });
  }

  private static int[] nearestFirst(BlockedRows sought, int block, BlockedRows rows) {
    double[] distance = new double[rows.blocks()];
    int[] order = new int[rows.blocks()];
    for (int other = 0; other < order.length; other++) {
      distance[other] = sought.centreDistance(block, rows, other);
      order[other] = other;
    }
    Select.sort(distance, order, order.length);
    return order;
  }

  private static void compareAll(
      Matrix data,
      Matrix queries,
      int k,
      Metric metric,
      int[] index,
      float[] distance,
      Workers workers) {
    float[] sought = queries.toArray();
    double[][] squared = new double[queries.rows()][data.rows()];
    workers.forEachChunk(
        data.rows(),
        ROWS_PER_CHUNK,
        (_, from, to) -> {
          float[] row = new float[data.cols()];
          for (int i = from; i < to; i++) {
            data.copyRow(i, row, 0);
            for (int query = 0; query < squared.length; query++) {
              squared[query][i] =
                  Kernels.squaredDistance(sought, query * row.length, row, 0, row.length);
            }
          }
        });
    for (int query = 0; query < squared.length; query++) {
      nearest(squared[query], k, metric, query * k, index, distance);
    }
  }

  /// Keeps the k least, of equal ones the first.
  @SuppressWarnings("TooManyParameters") // where they go is two arrays and a place in them
  private static void nearest(
      double[] squared, int k, Metric metric, int first, int[] index, float[] distance) {
    double[] least = new double[k];
    int found = 0;
    for (int row = 0; row < squared.length; row++) {
      if (found == k && squared[row] >= least[k - 1]) {
        continue;
      }
      int at = found < k ? found++ : k - 1;
      for (; at > 0 && least[at - 1] > squared[row]; at--) {
        least[at] = least[at - 1];
        index[first + at] = index[first + at - 1];
      }
      least[at] = squared[row];
      index[first + at] = row;
    }
    for (int slot = 0; slot < k; slot++) {
      distance[first + slot] = metric.fromSquared(least[slot]);
    }
  }
}
