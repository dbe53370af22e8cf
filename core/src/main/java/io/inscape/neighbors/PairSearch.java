package io.inscape.neighbors;

import io.inscape.matrix.Matrix;
import io.inscape.matrix.Progress;
import io.inscape.matrix.Workers;
import java.util.concurrent.ConcurrentLinkedQueue;

/// All pairs of blocks, each once; the rows of both learn from it.
///
/// In round x block b meets block b xor x: no block is in two matches of one round, and near
/// relatives meet first, so that later rounds find little that is new and skip what is too far.
final class PairSearch {
  private final BlockedRows rows;
  private final Candidates[] candidates;
  private final Workers workers;
  private final ConcurrentLinkedQueue<BlockMatch> free = new ConcurrentLinkedQueue<>();

  private PairSearch(BlockedRows rows, Workers workers) {
    this.rows = rows;
    this.workers = workers;
    candidates = new Candidates[rows.blocks()];
  }

  /// Finds the k nearest other rows of every row.
  static void find(
      Matrix data,
      int k,
      Metric metric,
      int[] index,
      float[] distance,
      Workers workers,
      Progress progress) {
    BlockedRows rows = BlockedRows.of(data, BlockedRows.scaleOf(data), workers);
    PairSearch search = new PairSearch(rows, workers);
    workers.forEachChunk(rows.blocks(), 1, (block, _, _) -> search.within(block, k));
    for (int round = 1; round < rows.blocks(); round++) {
      progress.report("neighbors", (double) round / rows.blocks());
      search.round(round);
    }
    workers.forEachChunk(
        rows.blocks(),
        1,
        (block, _, _) -> search.candidates[block].finish(index, distance, metric));
  }

  private void within(int block, int k) {
    candidates[block] = new Candidates(rows, block, rows, k);
    match(block, block);
  }

  private void round(int round) {
    int high = Integer.highestOneBit(round);
    workers.forEachChunk(
        rows.blocks() / 2,
        1,
        (pair, _, _) -> {
          int block = (pair & ~(high - 1)) << 1 | (pair & (high - 1));
          match(block, block ^ round);
        });
  }

  private void match(int block, int other) {
    BlockMatch match = free.poll();
    if (match == null) {
      match = new BlockMatch(rows, rows);
    }
    match.compare(block, candidates[block], other, candidates[other], block == other);
    candidates[block].compactAll();
    if (block != other) {
      candidates[other].compactAll();
    }
    free.add(match);
  }
}
