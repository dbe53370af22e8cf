package io.inscape.projection.umap;

import java.util.Arrays;

/// Moves a block of points, each through its due edges one after the other: pulled by the other
/// end, then pushed by a few points drawn at random. All others stand still.
///
/// The points take their steps together, those with the most edges in front, so that what goes on
/// at a step is a loop over the first so many of them.
final class SweepBlock {
  /// Points of a block.
  static final int POINTS = 256;

  private final ClockedEdges edges;
  private final Sweep sweep;
  private final float[][] from;
  private final float[][] current; // [dim][place in the block]
  private final float[][] difference; // [dim][sample * live + place]
  private final float[] coefficient;
  private final int[] other;
  private final int[] point = new int[POINTS]; // by place
  private final int[] state = new int[POINTS]; // of the random numbers, by place
  private final int[] list = new int[POINTS]; // where the due partners begin, by place
  private final int[] steps = new int[POINTS]; // by point of the block
  private int[] partners = new int[0];
  private int[] startOfCount = new int[2];

  /// @param from one array per dimension: where all points stand
  SweepBlock(ClockedEdges edges, Sweep sweep, float[][] from) {
    this.edges = edges;
    this.sweep = sweep;
    this.from = from;
    int samples = Math.max(1, sweep.negatives());
    current = new float[from.length][POINTS];
    difference = new float[from.length][POINTS * samples];
    coefficient = new float[POINTS * samples];
    other = new int[POINTS * samples];
  }

  /// Moves the points of some rows of edges.
  ///
  /// @param firstRow first row
  /// @param count number of rows, at most `POINTS`
  /// @param firstPoint the point of the first row
  /// @param time of the edges' clocks
  /// @param to receives the new positions of these points; may be where they stand if no edge and
  ///   no draw leads to them
  void move(int firstRow, int count, int firstPoint, int time, float[][] to) {
    gather(firstRow, count, firstPoint, time);
    int live = count;
    for (int step = 0; ; step++) {
      while (live > 0 && steps[point[live - 1] - firstPoint] <= step) {
        live--;
      }
      if (live == 0) {
        break;
      }
      for (int place = 0; place < live; place++) {
        other[place] = partners[list[place] + step];
      }
      differ(0, live, live);
      UmapKernels.coefficients(coefficient, live, sweep.pullPower(), 0, 0, sweep);
      apply(0, live);
      push(live);
    }
    for (int dim = 0; dim < to.length; dim++) {
      for (int place = 0; place < count; place++) {
        to[dim][point[place]] = current[dim][place];
      }
    }
  }

  private void push(int live) {
    int samples = sweep.negatives();
    for (int sample = 0; sample < samples; sample++) {
      for (int place = 0; place < live; place++) {
        int s = state[place];
        s ^= s << 13; // xorshift, 32 bits
        s ^= s >>> 17;
        s ^= s << 5;
        state[place] = s;
        other[sample * live + place] = (int) (((s & 0xffffffffL) * sweep.count()) >>> 32);
      }
    }
    for (int sample = 0; sample < samples; sample++) {
      differ(sample * live, live, live);
    }
    UmapKernels.coefficients(
        coefficient, samples * live, 0, sweep.pushConstant(), UmapKernels.SOFTENING, sweep);
    for (int sample = 0; sample < samples; sample++) {
      apply(sample * live, live);
    }
  }

  /// Differences to the others and their squared lengths.
  private void differ(int offset, int live, int length) {
    for (int dim = 0; dim < from.length; dim++) {
      float[] axis = from[dim];
      float[] own = current[dim];
      float[] to = difference[dim];
      for (int place = 0; place < live; place++) {
        int j = other[offset + place];
        to[offset + place] = j == point[place] ? 0 : own[place] - axis[j];
      }
    }
    float[] first = difference[0];
    for (int at = offset; at < offset + length; at++) {
      coefficient[at] = first[at] * first[at];
    }
    for (int dim = 1; dim < from.length; dim++) {
      float[] next = difference[dim];
      for (int at = offset; at < offset + length; at++) {
        coefficient[at] = Math.fma(next[at], next[at], coefficient[at]);
      }
    }
  }

  private void apply(int offset, int live) {
    for (int dim = 0; dim < from.length; dim++) {
      UmapKernels.step(current[dim], difference[dim], coefficient, offset, live, sweep.alpha());
    }
  }

  /// Collects the due edges and puts the points in order: most edges first.
  private void gather(int firstRow, int count, int firstPoint, int time) {
    int begin = edges.rowStart()[firstRow];
    int room = edges.rowStart()[firstRow + count] - begin + count;
    if (partners.length < room) {
      partners = new int[room + room / 4];
    }
    int most = 0;
    for (int i = 0; i < count; i++) {
      int at = edges.rowStart()[firstRow + i] - begin + i; // one to spare for each
      steps[i] = edges.due(firstRow + i, time, partners, at);
      most = Math.max(most, steps[i]);
    }
    if (startOfCount.length < most + 2) {
      startOfCount = new int[most + 2];
    }
    Arrays.fill(startOfCount, 0);
    for (int i = 0; i < count; i++) {
      startOfCount[steps[i]]++;
    }
    int before = 0;
    for (int size = most; size >= 0; size--) {
      int here = startOfCount[size];
      startOfCount[size] = before;
      before += here;
    }
    for (int i = 0; i < count; i++) {
      int place = startOfCount[steps[i]]++;
      point[place] = firstPoint + i;
      list[place] = edges.rowStart()[firstRow + i] - begin + i;
      state[place] = UmapKernels.stream(sweep.key(), firstPoint + i);
      for (int dim = 0; dim < from.length; dim++) {
        current[dim][place] = from[dim][firstPoint + i];
      }
    }
  }
}
