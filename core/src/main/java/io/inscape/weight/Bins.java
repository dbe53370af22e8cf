package io.inscape.weight;

import java.util.Arrays;
import java.util.List;

/// Bins that follow each other: each holds what is at least its left edge and less than its right
/// edge; the last holds its right edge too. Immutable.
///
/// Counts equal those of NumPy's `histogram` on the same 32-bit floats: [#uniform] those of a
/// number of bins, whose edges and indices NumPy computes in 32 bits and then corrects by the
/// edges, [#of] those of a list of edges.
public final class Bins {
  private static final int BLOCK = 4096;
  private static final int TABLES = 4;

  private final double[] edges;
  private final float[] narrow; // the edges of uniform bins, empty for others

  private Bins(double[] edges, float[] narrow) {
    this.edges = edges;
    this.narrow = narrow;
  }

  /// Bins of equal width.
  ///
  /// @param first the left edge of the first
  /// @param last the right edge of the last; where it equals `first`, both move by a half, as in
  ///   NumPy
  /// @param count how many, at least 1
  /// @return bins as `numpy.histogram(weights, count, (float32(first), float32(last)))` has them
  /// @throws IllegalArgumentException if there are no such bins of 32-bit floats
  public static Bins uniform(float first, float last, int count) {
    if (count < 1) {
      throw new IllegalArgumentException("a histogram needs at least 1 bin, got " + count);
    }
    if (!(first <= last) || !Float.isFinite(last - first)) {
      throw new IllegalArgumentException(
          "bins must go from a number to a greater one within 32-bit floats, got "
              + first
              + " to "
              + last);
    }
    boolean point = first == last;
    float[] narrow = point ? linear(first - 0.5f, last + 0.5f, count) : linear(first, last, count);
    if (!increasing(narrow)) {
      throw new IllegalArgumentException(
          "between "
              + first
              + " and "
              + last
              + " there are too few 32-bit floats for "
              + count
              + " bins; take fewer");
    }
    return new Bins(widened(narrow), narrow);
  }

  /// Bins with given edges.
  ///
  /// @param edges at least 2, ascending; equal neighbours make an empty bin
  /// @return bins as `numpy.histogram(weights, edges)` has them
  /// @throws IllegalArgumentException if they do not ascend, or are no numbers
  public static Bins of(double... edges) {
    if (edges.length < 2) {
      throw new IllegalArgumentException("bins need at least 2 edges, got " + edges.length);
    }
    for (int i = 0; i < edges.length; i++) {
      if (!Double.isFinite(edges[i]) || (i > 0 && edges[i] < edges[i - 1])) {
        throw new IllegalArgumentException(
            "the edges of bins must be ascending finite numbers, got "
                + edges[i]
                + " as number "
                + i);
      }
    }
    return new Bins(edges.clone(), new float[0]);
  }

  /// Bins of equal width that hold all weights of several tensors, so that their histograms can be
  /// laid over each other.
  ///
  /// Where the weights are so close together that 32-bit floats cannot tell so many edges apart,
  /// the bins reach further on both sides.
  ///
  /// @param summaries of the tensors, at least one
  /// @param count how many bins, at least 1
  /// @return the bins
  public static Bins over(List<Summary> summaries, int count) {
    if (summaries.isEmpty()) {
      throw new IllegalArgumentException("common bins need at least 1 tensor, got 0");
    }
    float first = Float.POSITIVE_INFINITY;
    float last = Float.NEGATIVE_INFINITY;
    for (Summary summary : summaries) {
      first = Math.min(first, summary.min());
      last = Math.max(last, summary.max());
    }
    if (!Float.isFinite(last - first)) {
      return of(wide(first, last, count));
    }
    float size = Math.max(Math.abs(first), Math.abs(last));
    if (first == last && increasing(linear(first - 0.5f, last + 0.5f, count))) {
      return uniform(first, last, count);
    }
    for (float more = Math.ulp(size); !increasing(linear(first, last, count)); more *= 2) {
      first -= more;
      last += more;
    }
    return uniform(first, last, count);
  }

  /// {@return how many bins there are}
  public int count() {
    return edges.length - 1;
  }

  /// {@return the edges, one more than bins}
  public double[] edges() {
    return edges.clone();
  }

  /// {@return the left edge of the first bin}
  public double first() {
    return edges[0];
  }

  /// {@return the right edge of the last bin}
  public double last() {
    return edges[edges.length - 1];
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Bins bins
        && Arrays.equals(edges, bins.edges)
        && Arrays.equals(narrow, bins.narrow);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(edges);
  }

  /// {@return the bins in words}
  @Override
  public String toString() {
    return count() + " bins from " + first() + " to " + last();
  }

  /// Room to count in: several tables, so that equal neighbours do not wait for each other.
  int[] tables() {
    return new int[TABLES * count()];
  }

  /// The sum of what was counted.
  int[] sum(Iterable<int[]> tables) {
    int[] counts = new int[count()];
    for (int[] table : tables) {
      for (int at = 0; at < table.length; at++) {
        counts[at % counts.length] += table[at];
      }
    }
    return counts;
  }

  /// Adds weights to the tables; all must be numbers within the bins.
  void add(float[] weights, int from, int to, int[] tables) {
    if (narrow.length == 0) {
      addByEdges(weights, from, to, tables);
      return;
    }
    int[] index = new int[BLOCK];
    for (int start = from; start < to; start += BLOCK) {
      int length = Math.min(BLOCK, to - start);
      indices(weights, start, length, index);
      addBlock(weights, start, length, index, tables);
    }
  }

  /// NumPy's first guess, in 32 bits and its order of operations.
  private void indices(float[] weights, int start, int length, int[] index) {
    float first = narrow[0];
    float range = narrow[count()] - first;
    float bins = count();
    for (int i = 0; i < length; i++) {
      index[i] = (int) (((weights[start + i] - first) / range) * bins);
    }
  }

  private void addBlock(float[] weights, int start, int length, int[] index, int[] tables) {
    float[] edge = narrow;
    int bins = edge.length - 1;
    int i = 0;
    for (; i + TABLES <= length; i += TABLES) {
      int at = start + i;
      tables[corrected(edge, weights[at], index[i])]++;
      tables[bins + corrected(edge, weights[at + 1], index[i + 1])]++;
      tables[2 * bins + corrected(edge, weights[at + 2], index[i + 2])]++;
      tables[3 * bins + corrected(edge, weights[at + 3], index[i + 3])]++;
    }
    for (; i < length; i++) {
      tables[corrected(edge, weights[start + i], index[i])]++;
    }
  }

  /// NumPy's correction of a guess by the edges.
  private static int corrected(float[] edges, float weight, int guess) {
    int last = edges.length - 2;
    int bin = Math.min(guess, last);
    if (weight < edges[bin]) {
      bin--;
    }
    return weight >= edges[bin + 1] && bin != last ? bin + 1 : bin;
  }

  private void addByEdges(float[] weights, int from, int to, int[] tables) {
    for (int i = from; i < to; i++) {
      int low = 0; // edges[low] <= weight
      int high = edges.length;
      while (high - low > 1) {
        int middle = (low + high) >>> 1;
        if (edges[middle] <= weights[i]) {
          low = middle;
        } else {
          high = middle;
        }
      }
      tables[Math.min(low, edges.length - 2)]++;
    }
  }

  /// NumPy's `linspace` in 32 bits.
  private static float[] linear(float first, float last, int count) {
    float[] edges = new float[count + 1];
    float range = last - first;
    float step = range / count;
    for (int i = 0; i < count; i++) {
      edges[i] = (step == 0 ? i / (float) count * range : i * step) + first;
    }
    edges[count] = last;
    return edges;
  }

  private static double[] wide(double first, double last, int count) {
    double[] edges = new double[count + 1];
    for (int i = 0; i <= count; i++) {
      edges[i] = i == count ? last : first + (last - first) / count * i;
    }
    return edges;
  }

  private static boolean increasing(float[] edges) {
    for (int i = 1; i < edges.length; i++) {
      if (!(edges[i - 1] < edges[i])) {
        return false;
      }
    }
    return true;
  }

  private static double[] widened(float[] values) {
    double[] wide = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      wide[i] = values[i];
    }
    return wide;
  }
}
