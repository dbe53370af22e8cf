package io.inscape.quality;

import io.inscape.matrix.Matrix;
import io.inscape.matrix.Rng;
import io.inscape.matrix.Workers;
import io.inscape.neighbors.ExactNeighbors;
import io.inscape.neighbors.Metric;
import io.inscape.neighbors.Neighbors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Compares the distances in one space with those in several layouts, row by row: makes what
/// [SpaceQuality] holds.
final class SpaceComparison {
  private static final int ROWS_PER_CHUNK = 48;

  private final Matrix data;
  private final List<Matrix> layouts;
  private final int @Nullable [] labels;
  private final int sampled;
  private final int k;
  private final int rankK;
  private final int nearK; // neighbours that are looked for in each space
  private final int[] order; // the sampled observations
  private final double[][] sums; // [layout][row * SUMS + sum], see QualityKernels
  private final long[][] intruders; // [layout][row]
  private final double[][] same; // [space][row], distances to those of one label; 0 = own space
  private final int[][] hits; // [space][row]

  SpaceComparison(
      Matrix data, List<Matrix> layouts, int @Nullable [] labels, QualityParams params) {
    this.data = data;
    this.layouts = layouts;
    this.labels = labels;
    int count = data.rows();
    sampled = params.sample().size(count);
    k = Math.min(params.k(), count - 1);
    rankK = Math.min(params.trustworthinessK(), (sampled - 1) / 2);
    nearK = Math.max(rankK, Math.min(k, sampled - 1));
    order = sample(count, sampled, params.seed());
    sums = new double[layouts.size()][sampled * QualityKernels.SUMS];
    intruders = new long[layouts.size()][sampled];
    same = new double[layouts.size() + 1][sampled];
    hits = new int[layouts.size() + 1][sampled];
  }

  private static int[] sample(int count, int sampled, long seed) {
    int[] all = new int[count];
    Arrays.setAll(all, row -> row);
    if (sampled < count) {
      RandomGenerator random = Rng.of(seed, "quality sample");
      for (int at = 0; at < sampled; at++) {
        int other = random.nextInt(at, count);
        int swap = all[at];
        all[at] = all[other];
        all[other] = swap;
      }
    }
    return Arrays.copyOf(all, sampled);
  }

  SpaceQuality compute(Workers workers) {
    Space own = Space.of(data, order, sampled, workers);
    List<Space> laidOut = new ArrayList<>();
    for (Matrix layout : layouts) {
      laidOut.add(Space.of(layout, order, sampled, workers));
    }
    workers.forEachChunk(
        sampled, ROWS_PER_CHUNK, (_, from, to) -> new Block(own, laidOut, from, to).compare());
    List<SpaceQuality.LayoutFigures> figures = new ArrayList<>();
    for (int layout = 0; layout < layouts.size(); layout++) {
      figures.add(
          new SpaceQuality.LayoutFigures(
              hit(layouts.get(layout), layout + 1, workers),
              classRatio(layout, 4, layout + 1),
              stress(layout),
              trustworthiness(layout)));
    }
    return new SpaceQuality(
        data.rows(), sampled, k, rankK, ownHit(workers), classRatio(0, 3, 0), figures);
  }

  private @Nullable Double hit(Matrix layout, int space, Workers workers) {
    if (labels == null) {
      return null;
    }
    return sampled == data.rows()
        ? (double) Arrays.stream(hits[space]).sum() / ((double) sampled * k)
        : NeighborhoodHit.of(layout, labels, k, workers).mean();
  }

  /// Of the sampled observations among all.
  private @Nullable Double ownHit(Workers workers) {
    if (labels == null) {
      return null;
    }
    if (sampled == data.rows()) {
      return (double) Arrays.stream(hits[0]).sum() / ((double) sampled * k);
    }
    Neighbors found =
        ExactNeighbors.search(
            data, data.selectRows(order), k + 1, Metric.EUCLIDEAN, workers); // itself included
    long same = 0;
    for (int row = 0; row < sampled; row++) {
      int taken = 0;
      for (int neighbor = 0; taken < k; neighbor++) {
        if (found.index(row, neighbor) != order[row]) {
          same += labels[found.index(row, neighbor)] == labels[order[row]] ? 1 : 0;
          taken++;
        }
      }
    }
    return same / ((double) sampled * k);
  }

  /// @param layout whose sums to take
  /// @param sum which of them has the distances of the space
  private @Nullable Double classRatio(int layout, int sum, int space) {
    if (labels == null) {
      return null;
    }
    long[] members = new long[Arrays.stream(labels).max().orElse(0) + 1];
    double all = 0;
    double within = 0;
    for (int row = 0; row < sampled; row++) {
      members[labels[order[row]]]++;
      all += sums[layout][row * QualityKernels.SUMS + sum];
      within += same[space][row];
    }
    double pairs = (double) sampled * (sampled - 1);
    double pairsWithin = 0;
    for (long count : members) {
      pairsWithin += (double) count * (count - 1);
    }
    if (pairsWithin == 0 || pairsWithin == pairs) {
      return null;
    }
    if (all == 0) {
      return 1.0;
    }
    return within == 0
        ? null
        : (Double) (Math.max(0, all - within) / (pairs - pairsWithin) / (within / pairsWithin));
  }

  private double stress(int layout) {
    double inData = 0;
    double both = 0;
    double laidOut = 0;
    for (int at = 0; at < sums[layout].length; at += QualityKernels.SUMS) {
      inData += sums[layout][at];
      both += sums[layout][at + 1];
      laidOut += sums[layout][at + 2];
    }
    if (inData == 0) {
      return laidOut == 0 ? 0 : 1;
    }
    return laidOut == 0 ? 1 : Math.max(0, 1 - both * both / (inData * laidOut));
  }

  private double trustworthiness(int layout) {
    double worst = 0.5 * rankK * (2.0 * sampled - 3.0 * rankK - 1); // of one observation
    return rankK == 0 ? 1 : 1 - Arrays.stream(intruders[layout]).sum() / (sampled * worst);
  }

  /// Some rows at once.
  private final class Block {
    private final int from;
    private final int to;
    private final int stride = Space.stride(sampled);
    private final float[] far;
    private final float[][] near; // [layout]
    private final RowRanks ranks;
    private final RowRanks[] laidOutRanks;
    private final double[] rowSums = new double[QualityKernels.SUMS];
    private final boolean[] mark = new boolean[sampled];

    Block(Space own, List<Space> laidOut, int from, int to) {
      this.from = from;
      this.to = to;
      far = new float[(to - from) * stride];
      own.fill(from, to, far);
      ranks = new RowRanks(own, order, sampled, nearK);
      near = new float[laidOut.size()][far.length];
      laidOutRanks = new RowRanks[near.length];
      for (int layout = 0; layout < near.length; layout++) {
        laidOut.get(layout).fill(from, to, near[layout]);
        laidOutRanks[layout] = new RowRanks(laidOut.get(layout), order, sampled, nearK);
      }
    }

    void compare() {
      for (int row = from; row < to; row++) {
        int at = (row - from) * stride;
        for (int layout = 0; layout < near.length; layout++) {
          QualityKernels.distanceSums(far, near[layout], at, stride, rowSums);
          System.arraycopy(rowSums, 0, sums[layout], row * rowSums.length, rowSums.length);
          sumSame(row, near[layout], at, layout + 1);
        }
        sumSame(row, far, at, 0);
        ranks.look(row, far, at); // from here on the distance to itself is infinite
        countHits(row, ranks.nearest(), 0);
        for (int layout = 0; layout < near.length; layout++) {
          laidOutRanks[layout].look(row, near[layout], at);
          countHits(row, laidOutRanks[layout].nearest(), layout + 1);
          intruders[layout][row] = excess(laidOutRanks[layout].nearest());
        }
      }
    }

    /// How far beyond rankK those are in the own space that are among the rankK nearest in a
    /// layout.
    private long excess(int[] nearest) {
      for (int neighbor = 0; neighbor < rankK; neighbor++) {
        mark[ranks.nearest()[neighbor]] = true;
      }
      long excess = 0;
      for (int neighbor = 0; neighbor < rankK; neighbor++) {
        if (!mark[nearest[neighbor]]) {
          excess += ranks.rank(nearest[neighbor]) - rankK;
        }
      }
      for (int neighbor = 0; neighbor < rankK; neighbor++) {
        mark[ranks.nearest()[neighbor]] = false;
      }
      return excess;
    }

    private void countHits(int row, int[] nearest, int space) {
      if (labels != null) {
        for (int neighbor = 0; neighbor < Math.min(k, nearK); neighbor++) {
          hits[space][row] += labels[order[nearest[neighbor]]] == labels[order[row]] ? 1 : 0;
        }
      }
    }

    private void sumSame(int row, float[] squared, int at, int space) {
      if (labels != null) {
        int label = labels[order[row]];
        double sum = 0;
        for (int other = 0; other < sampled; other++) {
          sum += labels[order[other]] == label ? Math.sqrt(squared[at + other]) : 0;
        }
        same[space][row] = sum;
      }
    }
  }
}
