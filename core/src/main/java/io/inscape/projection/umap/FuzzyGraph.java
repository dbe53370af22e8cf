package io.inscape.projection.umap;

import io.inscape.matrix.Workers;
import io.inscape.neighbors.Neighbors;
import java.util.Arrays;

/// UMAP's weighted neighbour graph: how strongly each two observations belong together, symmetric,
/// in rows of ascending neighbour index.
public final class FuzzyGraph {
  private static final int ROWS_PER_CHUNK = 256;
  private static final double FAR = 2.5;
  private static final double UNKNOWN = 1;

  private final int[] rowStart;
  private final int[] index;
  private final float[] weight;

  FuzzyGraph(int[] rowStart, int[] index, float[] weight) {
    this.rowStart = rowStart;
    this.index = index;
    this.weight = weight;
  }

  /// The union of what each observation makes of its neighbours, see [Memberships].
  ///
  /// With `a` and `b` the two directed weights of a pair, its weight is `mix (a + b - ab) + (1 -
  /// mix) ab`: 1 unites, 0 intersects.
  ///
  /// @param neighbors the nearest of every observation, itself not among them
  /// @param localConnectivity how many neighbours, at least 1, count as fully connected
  /// @param mix from 0 to 1
  /// @param workers do the arithmetic
  /// @return the graph
  public static FuzzyGraph of(
      Neighbors neighbors, double localConnectivity, double mix, Workers workers) {
    int n = neighbors.observations();
    int k = neighbors.k();
    float[] directed = new float[Math.multiplyExact(n, k)];
    int[] order = new int[n * k];
    Memberships memberships = new Memberships(neighbors, localConnectivity, workers);
    workers.forEachChunk(
        n,
        ROWS_PER_CHUNK,
        (_, from, to) -> {
          float[] strength = new float[k];
          long[] keys = new long[k]; // index in the high half, place in the low
          for (int i = from; i < to; i++) {
            memberships.of(i, strength);
            for (int m = 0; m < k; m++) {
              keys[m] = (long) neighbors.index(i, m) << 32 | m;
            }
            Arrays.sort(keys);
            for (int m = 0; m < k; m++) {
              order[i * k + m] = (int) (keys[m] >>> 32);
              directed[i * k + m] = strength[(int) keys[m]];
            }
          }
        });
    int[] start = new int[n + 1];
    Arrays.setAll(start, i -> i * k);
    return new FuzzyGraph(start, order, directed).mixed(mix);
  }

  /// Every pair's two directed weights made one.
  FuzzyGraph mixed(double mix) {
    int n = vertices();
    FuzzyGraph incoming = transposed();
    int[] start = new int[n + 1];
    int[] joined = new int[2 * index.length];
    float[] mixture = new float[2 * index.length];
    int end = 0;
    for (int i = 0; i < n; i++) {
      int own = rowStart[i];
      int other = incoming.rowStart[i];
      while (own < rowStart[i + 1] || other < incoming.rowStart[i + 1]) {
        int mine = own < rowStart[i + 1] ? index[own] : Integer.MAX_VALUE;
        int theirs = other < incoming.rowStart[i + 1] ? incoming.index[other] : Integer.MAX_VALUE;
        double a = mine <= theirs ? weight[own++] : 0;
        double b = theirs <= mine ? incoming.weight[other++] : 0;
        float value = (float) (mix * (a + b - a * b) + (1 - mix) * a * b);
        if (value > 0) {
          joined[end] = Math.min(mine, theirs);
          mixture[end++] = value;
        }
      }
      start[i + 1] = end;
    }
    return new FuzzyGraph(start, Arrays.copyOf(joined, end), Arrays.copyOf(mixture, end));
  }

  /// Loosens the edges between observations of different labels and unites again: the supervised
  /// variant.
  ///
  /// An edge between two labels is multiplied by `exp(-2.5 / (1 - trust))`, one at an observation
  /// without a label by `exp(-1)`; then each observation's strongest edge is made 1.
  ///
  /// @param labels one per observation; a negative one means that it is not known; not modified
  /// @param trust how much the labels count, from 0 to 1
  /// @return a new graph
  public FuzzyGraph withLabels(int[] labels, double trust) {
    double other = trust < 1 ? Math.exp(-FAR / (1 - trust)) : 0;
    float[] changed = weight.clone();
    for (int i = 0; i < vertices(); i++) {
      float strongest = 0;
      for (int at = rowStart[i]; at < rowStart[i + 1]; at++) {
        int label = labels[index[at]];
        if (labels[i] < 0 || label < 0) {
          changed[at] *= (float) Math.exp(-UNKNOWN);
        } else if (labels[i] != label) {
          changed[at] *= (float) other;
        }
        strongest = Math.max(strongest, changed[at]);
      }
      for (int at = rowStart[i]; at < rowStart[i + 1] && strongest > 0; at++) {
        changed[at] /= strongest;
      }
    }
    return new FuzzyGraph(rowStart, index, changed).mixed(1);
  }

  private FuzzyGraph transposed() {
    int n = vertices();
    int[] start = new int[n + 1];
    for (int j : index) {
      start[j + 1]++;
    }
    for (int j = 0; j < n; j++) {
      start[j + 1] += start[j];
    }
    int[] from = new int[index.length];
    float[] value = new float[index.length];
    int[] fill = Arrays.copyOf(start, n);
    for (int i = 0; i < n; i++) {
      for (int at = rowStart[i]; at < rowStart[i + 1]; at++) {
        int slot = fill[index[at]]++;
        from[slot] = i; // ascending, for i ascends
        value[slot] = weight[at];
      }
    }
    return new FuzzyGraph(start, from, value);
  }

  /// The graph of some vertices, numbered anew in their order; no edge may lead out of them.
  ///
  /// @param members the vertices, whole connected parts
  /// @param number room for one number per vertex of this graph
  FuzzyGraph within(int[] members, int[] number) {
    int kept = 0;
    for (int m = 0; m < members.length; m++) {
      number[members[m]] = m;
      kept += rowStart[members[m] + 1] - rowStart[members[m]];
    }
    int[] start = new int[members.length + 1];
    int[] ends = new int[kept];
    float[] value = new float[kept];
    int filled = 0;
    for (int m = 0; m < members.length; m++) {
      for (int at = rowStart[members[m]]; at < rowStart[members[m] + 1]; at++) {
        ends[filled] = number[index[at]];
        value[filled++] = weight[at];
      }
      start[m + 1] = filled;
    }
    return new FuzzyGraph(start, ends, value);
  }

  /// {@return the number of observations}
  public int vertices() {
    return rowStart.length - 1;
  }

  /// {@return the number of edges, each pair counted once}
  public int edges() {
    return index.length / 2;
  }

  /// Where the edges of each vertex begin, one more than vertices; not to be modified.
  int[] rowStart() {
    return rowStart;
  }

  /// The other end of each edge; not to be modified.
  int[] index() {
    return index;
  }

  /// The weight of each edge, above 0 and at most 1; not to be modified.
  float[] weight() {
    return weight;
  }

  float largestWeight() {
    float largest = 0;
    for (float value : weight) {
      largest = Math.max(largest, value);
    }
    return largest;
  }
}
