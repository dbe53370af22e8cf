package io.inscape.neighbors;

import io.inscape.matrix.Matrix;
import io.inscape.matrix.Progress;
import io.inscape.matrix.Workers;
import java.util.concurrent.ConcurrentLinkedQueue;

/// Nearest neighbours by a forest of random trees and descent over the graph of neighbours.
///
/// Distances are float products around the mean of the data and have the same bits whichever way
/// they are computed, so that the k nearest of all rows offered to a row do not depend on the order
/// of the offers. What is found is measured again in double at the end.
final class Descent {
  static final int TREES = 8;
  static final int ROUNDS = 10;
  static final double ENOUGH = 0.03; // share of neighbours that changed below which rounds end
  private static final int LEAF = 512;
  static final int LIST = 48;
  private static final int CHUNK = 64;

  private final Matrix rows; // in the order of the first tree
  private final int n;
  private final int cols;
  private final float[] centred; // [row * cols + col], scaled
  private final float[] half; // half the negative squared lengths
  private final NeighborGraph graph;
  private final long seed;
  private final Workers workers;
  private final ConcurrentLinkedQueue<PairJoin> free = new ConcurrentLinkedQueue<>();

  private Descent(Matrix rows, int k, long seed, Workers workers) {
    this.rows = rows;
    this.seed = seed;
    this.workers = workers;
    n = rows.rows();
    cols = rows.cols();
    centred = new float[n * cols];
    half = new float[n];
    centre(BlockedRows.scaleOf(rows));
    graph = new NeighborGraph(n, k);
  }

  /// Finds neighbours of every row.
  static void find(
      Matrix data,
      int k,
      Metric metric,
      long seed,
      int[] index,
      float[] distance,
      Workers workers,
      Progress progress) {
    int leaf = Math.max(LEAF, 2 * k + 2);
    BlockOrder first = BlockOrder.of(data, leaf, workers);
    int[] order = new int[data.rows()];
    for (int at = 0; at < order.length; at++) {
      order[at] = first.row(at);
    }
    Descent descent = new Descent(data.selectRows(order), k, seed, workers);
    descent.plant(leaf, progress);
    descent.descend(progress);
    descent.finish(order, metric, index, distance);
  }

  private void centre(float scale) {
    double[] mean = io.inscape.matrix.SquaredDistances.columnMeans(rows);
    float[] middle = new float[cols];
    for (int col = 0; col < cols; col++) {
      middle[col] = (float) (mean[col] * scale);
    }
    float[] values = rows.toArray();
    workers.forEachChunk(
        n,
        1024,
        (_, from, to) -> {
          float[] sums = new float[NeighborKernels.SUMS];
          for (int row = from; row < to; row++) {
            double squared =
                NeighborKernels.centre(
                    values, row * cols, scale, middle, 0, cols, centred, row * cols, sums);
            half[row] = (float) (squared / -2);
          }
        });
  }

  private void plant(int leaf, Progress progress) {
    for (int tree = 0; tree < TREES; tree++) {
      progress.report("neighbors", 0.4 * tree / TREES);
      BlockOrder order =
          tree == 0
              ? BlockOrder.of(rows, leaf, workers)
              : BlockOrder.random(rows, leaf, JoinLists.mix(seed + tree), workers);
      workers.forEachChunk(
          order.blocks(),
          1,
          (block, _, _) -> {
            PairJoin join = take();
            int from = order.start(block);
            int count = order.start(block + 1) - from;
            int[] members = new int[count];
            for (int at = 0; at < count; at++) {
              members[at] = order.row(from + at);
            }
            join.all(members);
            free.add(join);
          });
    }
  }

  private void descend(Progress progress) {
    JoinLists lists = new JoinLists(n, LIST);
    long left = 0;
    for (int round = 0; round < ROUNDS; round++) {
      progress.report("neighbors", 0.4 + 0.5 * round / ROUNDS);
      long salt = JoinLists.mix(JoinLists.mix(seed) + round);
      double changed = (lists.draw(graph, n, salt, workers) - left) / ((double) n * graph.k());
      if (changed <= ENOUGH) {
        return;
      }
      left = lists.age(graph, n, salt, workers);
      workers.forEachChunk(
          n,
          CHUNK,
          (_, from, to) -> {
            PairJoin join = take();
            for (int row = from; row < to; row++) {
              join.around(lists, row);
            }
            free.add(join);
          });
    }
  }

  private void finish(int[] order, Metric metric, int[] index, float[] distance) {
    int k = graph.k();
    float[] values = rows.toArray();
    workers.forEachChunk(
        n,
        256,
        (_, from, to) -> {
          double[] exact = new double[k];
          int[] name = new int[k];
          for (int row = from; row < to; row++) {
            for (int neighbor = 0; neighbor < k; neighbor++) {
              int other = graph.number(row, neighbor);
              exact[neighbor] =
                  io.inscape.matrix.Kernels.squaredDistance(
                      values, row * cols, values, other * cols, cols);
              name[neighbor] = order[other];
            }
            Select.sort(exact, name, k);
            int target = order[row] * k;
            for (int neighbor = 0; neighbor < k; neighbor++) {
              index[target + neighbor] = name[neighbor];
              distance[target + neighbor] = metric.fromSquared(exact[neighbor]);
            }
          }
        });
  }

  private PairJoin take() {
    PairJoin join = free.poll();
    return join == null ? new PairJoin(centred, half, cols, graph) : join;
  }
}
