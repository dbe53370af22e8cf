package io.inscape.neighbors;

import io.inscape.matrix.Kernels;
import io.inscape.matrix.Matrix;
import io.inscape.matrix.Workers;
import java.util.Arrays;

/// Groups of equal rows. Comparing large ones row by row would tell nothing apart and cost much, so
/// one row of each group is searched for and the others follow from it.
final class Duplicates {
  /// Equal rows that are no burden.
  private static final int HARMLESS = 32;

  private final int[] member; // rows, group after group, ascending within each
  private final int[] start; // [group], and the end
  private final int[] groupOf; // [row]

  private Duplicates(int[] member, int[] start, int[] groupOf) {
    this.member = member;
    this.start = start;
    this.groupOf = groupOf;
  }

  /// {@return the groups in the order of their first rows}
  static Duplicates of(Matrix data) {
    int n = data.rows();
    long[] hash = new long[n];
    float[] row = new float[data.cols()];
    for (int at = 0; at < n; at++) {
      data.copyRow(at, row, 0);
      long sum = 0x9e3779b97f4a7c15L;
      for (float value : row) {
        sum = (sum ^ Float.floatToIntBits(value + 0f)) * 0x100000001b3L; // +0 and -0 are equal
        sum ^= sum >>> 29;
      }
      hash[at] = JoinLists.mix(sum) << 31 | at; // rows of one hash stay in order
    }
    long[] sorted = hash.clone();
    Arrays.sort(sorted);
    return grouped(data, sorted);
  }

  private static Duplicates grouped(Matrix data, long[] sorted) {
    int n = sorted.length;
    int[] first = new int[n]; // [row] = first row equal to it
    float[] row = new float[data.cols()];
    float[] other = new float[data.cols()];
    for (int at = 0; at < n; at++) {
      int current = (int) sorted[at] & Integer.MAX_VALUE;
      first[current] = current;
      data.copyRow(current, row, 0);
      for (int back = at - 1; back >= 0 && sorted[back] >>> 31 == sorted[at] >>> 31; back--) {
        int earlier = first[(int) sorted[back] & Integer.MAX_VALUE];
        data.copyRow(earlier, other, 0);
        if (equal(row, other)) {
          first[current] = earlier;
          break;
        }
      }
    }
    return numbered(first);
  }

  private static Duplicates numbered(int[] first) {
    int n = first.length;
    int[] groupOf = new int[n];
    int groups = 0;
    for (int row = 0; row < n; row++) {
      groupOf[row] = first[row] == row ? groups++ : groupOf[first[row]];
    }
    int[] start = new int[groups + 1];
    for (int group : groupOf) {
      start[group + 1]++;
    }
    for (int group = 0; group < groups; group++) {
      start[group + 1] += start[group];
    }
    int[] next = start.clone();
    int[] member = new int[n];
    for (int row = 0; row < n; row++) {
      member[next[groupOf[row]]++] = row;
    }
    return new Duplicates(member, start, groupOf);
  }

  private static boolean equal(float[] row, float[] other) {
    for (int col = 0; col < row.length; col++) {
      if (row[col] != other[col]) {
        return false;
      }
    }
    return true;
  }

  /// {@return whether a group is large enough to be a burden}
  boolean matter() {
    for (int group = 0; group < groups(); group++) {
      if (start[group + 1] - start[group] > HARMLESS) {
        return true;
      }
    }
    return false;
  }

  int groups() {
    return start.length - 1;
  }

  /// {@return the first row of every group}
  int[] firsts() {
    int[] rows = new int[groups()];
    for (int group = 0; group < rows.length; group++) {
      rows[group] = member[start[group]];
    }
    return rows;
  }

  /// Neighbours of all rows from those of the groups.
  ///
  /// @param data all rows
  /// @param k neighbours of every row
  /// @param near `[group * nearest + neighbor]`, the nearest other groups
  /// @param nearest how many those are, k unless there are fewer
  void expand(
      Matrix data,
      int k,
      int[] near,
      int nearest,
      Metric metric,
      int[] index,
      float[] distance,
      Workers workers) {
    float[] values = data.toArray();
    workers.forEachChunk(
        data.rows(),
        256,
        (_, from, to) -> {
          Merge merge = new Merge(values, data.cols(), k);
          for (int row = from; row < to; row++) {
            merge.begin(row);
            merge.add(groupOf[row]);
            int base = groupOf[row] * nearest;
            for (int neighbor = 0; neighbor < nearest && merge.open(near[base + neighbor]); ) {
              merge.add(near[base + neighbor++]);
            }
            Select.sort(merge.squared, merge.name, merge.count);
            for (int neighbor = 0; neighbor < k; neighbor++) {
              index[row * k + neighbor] = merge.name[neighbor];
              distance[row * k + neighbor] = metric.fromSquared(merge.squared[neighbor]);
            }
          }
        });
  }

  /// The neighbours of one row, group by group.
  private final class Merge {
    private final float[] values;
    private final int cols;
    private final int k;
    private double[] squared;
    private int[] name;
    private int count;
    private int row;
    private double farthest;

    Merge(float[] values, int cols, int k) {
      this.values = values;
      this.cols = cols;
      this.k = k;
      squared = new double[2 * k];
      name = new int[2 * k];
    }

    void begin(int row) {
      this.row = row;
      count = 0;
      farthest = -1;
    }

    /// Whether a group at least as far as all before can still matter: there is room, or it ties.
    boolean open(int group) {
      return count < k || distance(group) == farthest;
    }

    /// No more than k of a group can be among the neighbours: its first ones.
    void add(int group) {
      farthest = distance(group);
      int taken = 0;
      for (int at = start[group]; at < start[group + 1] && taken < k; at++) {
        if (member[at] != row) {
          if (count == name.length) {
            squared = Arrays.copyOf(squared, 2 * count);
            name = Arrays.copyOf(name, 2 * count);
          }
          squared[count] = farthest;
          name[count++] = member[at];
          taken++;
        }
      }
    }

    private double distance(int group) {
      return Kernels.squaredDistance(values, row * cols, values, member[start[group]] * cols, cols);
    }
  }
}
