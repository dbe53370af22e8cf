package io.inscape.neighbors;

import io.inscape.matrix.Matrix;
import io.inscape.matrix.Workers;
import java.util.concurrent.ConcurrentLinkedQueue;

/// The nearest rows of one matrix to those of another: every block of queries visits the blocks of
/// data, nearest first.
final class QuerySearch {
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
}
