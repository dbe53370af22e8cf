package io.inscape.quality;

import io.inscape.matrix.Matrix;
import io.inscape.matrix.Progress;
import io.inscape.matrix.Workers;
import java.util.Arrays;

/// Compares the distances from every observation to the references in two spaces.
///
/// Rows are observations in an order of which the first are the references. For each row: sums over
/// its distances, how far its neighbours in one space are down in the other, and how many it has in
/// both. Rows are worked on in blocks of 48, whose distances are the only ones in memory.
final class PairComparison {
  private static final int ROWS_PER_CHUNK = 48;
  private static final int ROWS_PER_REPORT = 960;

  /// The most observations whose pairs are all ranked; of more, the first in order are taken.
  static final int MOST_RANKED = 10_000;

  final double[] sums; // [row * SUMS + sum], see QualityKernels
  final long[] intruders; // excess ranks in the data of the layout's neighbours
  final long[] missed; // excess ranks in the layout of the data's neighbours
  final int[] preserved;
  final int[] ownNearest; // [reference * ownK + neighbor], reference numbers
  final int ownK;
  final long[] pairs; // for the rank correlation
  float largest; // squared distance between references in the data, in their scale
  float largestLaidOut;
  final double unit; // of the layout's scale in the data's

  private final int[] order;
  private final int references;
  private final int k;
  private final int ranked;
  private final Space data;
  private final Space layout;

  /// @param k neighbours that are looked at in the other space; 0 for none
  /// @param ownK neighbours in the data that are kept, at least k and below the references
  PairComparison(
      Matrix data, Matrix layout, int[] order, int references, int k, int ownK, Workers workers) {
    this.order = order;
    this.references = references;
    this.k = k;
    this.ownK = ownK;
    this.data = Space.of(data, order, references, workers);
    this.layout = Space.of(layout, order, references, workers);
    unit = this.layout.unit() / this.data.unit();
    ranked = Math.min(references, MOST_RANKED);
    sums = new double[order.length * QualityKernels.SUMS];
    intruders = new long[order.length];
    missed = new long[order.length];
    preserved = new int[order.length];
    ownNearest = new int[references * ownK];
    pairs = new long[ranked * (ranked - 1) / 2];
  }

  PairComparison run(Workers workers, Progress progress) {
    int rows = order.length;
    float[] most = new float[Math.ceilDiv(rows, ROWS_PER_CHUNK)];
    float[] mostLaidOut = new float[most.length];
    for (int begin = 0; begin < rows; begin += ROWS_PER_REPORT) {
      int first = begin;
      workers.forEachChunk(
          Math.min(ROWS_PER_REPORT, rows - first),
          ROWS_PER_CHUNK,
          (_, from, to) -> {
            Block block = new Block(first + from, first + to);
            block.compare();
            most[(first + from) / ROWS_PER_CHUNK] = block.most;
            mostLaidOut[(first + from) / ROWS_PER_CHUNK] = block.mostLaidOut;
          });
      progress.report("quality", 0.1 + 0.7 * Math.min(rows, begin + ROWS_PER_REPORT) / rows);
    }
    for (int chunk = 0; chunk < most.length; chunk++) {
      largest = Math.max(largest, most[chunk]);
      largestLaidOut = Math.max(largestLaidOut, mostLaidOut[chunk]);
    }
    return this;
  }

  /// Some rows at once.
  private final class Block {
    private final int from;
    private final int to;
    private final int stride = Space.stride(references);
    private final float[] far;
    private final float[] near;
    private final double[] rowSums = new double[QualityKernels.SUMS];
    private final int[] mark = new int[references];
    private float most;
    private float mostLaidOut;

    Block(int from, int to) {
      this.from = from;
      this.to = to;
      far = new float[(to - from) * stride];
      near = new float[(to - from) * stride];
    }

    void compare() {
      data.fill(from, to, far);
      layout.fill(from, to, near);
      RowRanks own = new RowRanks(data, order, references, Math.max(1, ownK));
      RowRanks laidOut = new RowRanks(layout, order, references, Math.max(1, k));
      Arrays.fill(mark, -1);
      for (int row = from; row < to; row++) {
        int at = (row - from) * stride;
        QualityKernels.distanceSums(far, near, at, stride, rowSums);
        System.arraycopy(rowSums, 0, sums, row * QualityKernels.SUMS, rowSums.length);
        if (row < references) {
          most = Math.max(most, largest(far, at));
          mostLaidOut = Math.max(mostLaidOut, largest(near, at));
        }
        if (row < ranked) {
          keepPairs(row, at);
        }
        if (references > 1) {
          own.look(row, far, at);
          if (row < references) {
            System.arraycopy(own.nearest(), 0, ownNearest, row * ownK, ownK);
          }
        }
        if (k > 0) {
          laidOut.look(row, near, at);
          intruders[row] = excess(own, laidOut, row);
          missed[row] = excess(laidOut, own, row);
        }
      }
    }

    private float largest(float[] values, int at) {
      float largest = 0;
      for (int other = 0; other < references; other++) {
        largest = Math.max(largest, values[at + other]);
      }
      return largest;
    }

    private void keepPairs(int row, int at) {
      int place = (int) ((long) row * (2L * ranked - row - 1) / 2);
      for (int other = row + 1; other < ranked; other++) {
        pairs[place++] = RankCorrelation.pair(far[at + other], near[at + other]);
      }
    }

    /// How far beyond k those are in the one space that are among the k nearest in the other;
    /// counts those that are not beyond.
    private long excess(RowRanks here, RowRanks there, int row) {
      for (int neighbor = 0; neighbor < k; neighbor++) {
        mark[here.nearest()[neighbor]] = row;
      }
      long excess = 0;
      int both = 0;
      for (int neighbor = 0; neighbor < k; neighbor++) {
        int other = there.nearest()[neighbor];
        if (mark[other] == row) {
          both++;
        } else {
          excess += here.rank(other) - k;
        }
      }
      preserved[row] = both;
      for (int neighbor = 0; neighbor < k; neighbor++) {
        mark[here.nearest()[neighbor]] = -1;
      }
      return excess;
    }
  }
}
