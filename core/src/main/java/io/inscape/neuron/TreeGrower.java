package io.inscape.neuron;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/// Grows extremely randomized trees that tell the observations of one class (the hits) from the
/// others, and adds up what each unit's cuts gain.
///
/// A node is a range of the hits and a range of the others, both reordered in place, so that the
/// members of a side are counted without looking at labels. Units are drawn without replacement as
/// scikit-learn draws them: constant ones count as drawn too, so a node may look at fewer varying
/// units than wanted, but drawing goes on until there is at least one, or none is left. What is
/// found to be constant is not looked at again further down.
final class TreeGrower {
  private static final int FRAME = 6; // hits from, to, others from, to, depth, constant units
  private static final double UNIT = 0x1p-32;

  private final Columns columns;
  private final float[] values; // of the columns
  private final int drawn;
  private final int depth;
  private final int leaf;
  private final int split;
  private final int[] hits;
  private final int[] others;
  private final int[] hitRows; // in the order of the node ranges
  private final int[] otherRows;
  private final int[] spare;
  private final float[] node; // values of one unit in the node, hits first
  private final int[] units; // constant in the node first, then known to be, then undrawn, drawn
  private final int[] constants; // the constant ones, in the order in which they were found
  private final float[] range = new float[2];
  private int[] stack = new int[64 * FRAME];
  private int frames;

  private int hitFrom;
  private int hitTo;
  private int otherFrom;
  private int otherTo;
  private int bestUnit;
  private float bestCut;
  private double bestScore;

  /// A grower for one class.
  ///
  /// @param columns the activations
  /// @param hits the observations of the class; not modified
  /// @param others all others; not modified
  /// @param params options
  TreeGrower(Columns columns, int[] hits, int[] others, ForestParams params) {
    this.columns = columns;
    this.values = columns.values();
    this.hits = hits;
    this.others = others;
    drawn = params.features().among(columns.units());
    depth = params.depth().most();
    leaf = params.leaf();
    split = params.split();
    hitRows = hits.clone();
    otherRows = others.clone();
    spare = new int[Math.max(hits.length, others.length)];
    node = new float[hits.length + others.length];
    units = new int[columns.units()];
    constants = new int[columns.units()];
  }

  /// Grows a tree.
  ///
  /// @param random the tree's own stream
  /// @param gain adds to each unit the fall of Gini impurity by its cuts, times observations
  /// @return the number of cuts
  int grow(RandomGenerator random, double[] gain) {
    System.arraycopy(hits, 0, hitRows, 0, hits.length);
    System.arraycopy(others, 0, otherRows, 0, others.length);
    Arrays.setAll(units, unit -> unit);
    frames = 0;
    push(0, hits.length, 0, others.length, 0, 0);
    int cuts = 0;
    while (frames > 0) {
      int at = --frames * FRAME;
      hitFrom = stack[at];
      hitTo = stack[at + 1];
      otherFrom = stack[at + 2];
      otherTo = stack[at + 3];
      int level = stack[at + 4];
      int members = hitTo - hitFrom + otherTo - otherFrom;
      if (hitFrom == hitTo
          || otherFrom == otherTo
          || members < split
          || members / 2 < leaf
          || level >= depth) {
        continue;
      }
      int constant = search(stack[at + 5], random);
      if (bestUnit >= 0) {
        gain[bestUnit] += bestScore - score(hitTo - hitFrom, otherTo - otherFrom);
        divide(level, constant);
        cuts++;
      }
    }
    return cuts;
  }

  /// Finds the best of the random cuts of some random units.
  ///
  /// @return how many units are known to be constant in the node afterwards
  private int search(int known, RandomGenerator random) {
    bestUnit = -1;
    bestScore = Double.NEGATIVE_INFINITY;
    int end = units.length; // units from here on were drawn and vary
    int visited = 0;
    int drawnConstants = 0; // of the known ones
    int found = 0; // constants that were not known
    while (end > known + found && (visited < drawn || visited <= found + drawnConstants)) {
      visited++;
      long bits = random.nextLong();
      int bound = end - found - drawnConstants;
      int at = drawnConstants + (int) (((bits >>> 32) * bound) >>> 32);
      if (at < known) {
        swap(drawnConstants++, at);
        continue;
      }
      at += found;
      int unit = units[at];
      if (!fetch(unit)) {
        swap(at, known + found++);
        continue;
      }
      swap(--end, at);
      tryCut(unit, (bits & 0xffffffffL) * UNIT);
    }
    // Drawing has shuffled the known ones, which nodes beside this one still need in their order.
    System.arraycopy(constants, 0, units, 0, known);
    System.arraycopy(units, known, constants, known, found);
    return known + found;
  }

  private void swap(int one, int other) {
    int unit = units[one];
    units[one] = units[other];
    units[other] = unit;
  }

  /// Fetches a unit's values in the node and their range; false if they are constant.
  private boolean fetch(int unit) {
    int hitCount = hitTo - hitFrom;
    int members = hitCount + otherTo - otherFrom;
    boolean root = members == node.length;
    if (root && columns.dead(unit)) {
      return false;
    }
    int base = unit * columns.observations();
    TreeKernels.gather(values, base, hitRows, hitFrom, hitTo, node, 0);
    TreeKernels.gather(values, base, otherRows, otherFrom, otherTo, node, hitCount);
    if (root) {
      range[0] = columns.low(unit);
      range[1] = columns.high(unit);
    } else {
      TreeKernels.range(node, 0, members, range);
    }
    return range[0] < range[1];
  }

  /// Cuts the fetched values at random and keeps the cut if it is the best so far.
  private void tryCut(int unit, double share) {
    float low = range[0];
    float high = range[1];
    float cut = (float) (low + share * ((double) high - low));
    if (!(cut < high)) {
      cut = low; // both sides have members
    }
    int hitCount = hitTo - hitFrom;
    int otherCount = otherTo - otherFrom;
    int hitLeft = TreeKernels.atMost(node, 0, hitCount, cut);
    int otherLeft = TreeKernels.atMost(node, hitCount, hitCount + otherCount, cut);
    int left = hitLeft + otherLeft;
    if (left < leaf || hitCount + otherCount - left < leaf) {
      return;
    }
    double gained = score(hitLeft, otherLeft) + score(hitCount - hitLeft, otherCount - otherLeft);
    if (gained > bestScore) {
      bestScore = gained;
      bestUnit = unit;
      bestCut = cut;
    }
  }

  /// Members less their number times the Gini impurity: the larger, the purer.
  private static double score(double hitCount, double otherCount) {
    return (hitCount * hitCount + otherCount * otherCount) / (hitCount + otherCount);
  }

  private void divide(int level, int constant) {
    int base = bestUnit * columns.observations();
    int hitMiddle = partition(hitRows, hitFrom, hitTo, base);
    int otherMiddle = partition(otherRows, otherFrom, otherTo, base);
    push(hitMiddle, hitTo, otherMiddle, otherTo, level + 1, constant);
    push(hitFrom, hitMiddle, otherFrom, otherMiddle, level + 1, constant);
  }

  /// Moves the rows at most the cut to the front, keeping the order on both sides.
  private int partition(int[] rows, int from, int to, int base) {
    int left = from;
    int right = 0;
    for (int at = from; at < to; at++) {
      int row = rows[at];
      boolean goesLeft = values[base + row] <= bestCut;
      rows[left] = row;
      spare[right] = row;
      left += goesLeft ? 1 : 0;
      right += goesLeft ? 0 : 1;
    }
    System.arraycopy(spare, 0, rows, left, right);
    return left;
  }

  private void push(int fromHit, int toHit, int fromOther, int toOther, int level, int constant) {
    int at = frames * FRAME;
    if (at == stack.length) {
      stack = Arrays.copyOf(stack, 2 * stack.length);
    }
    stack[at] = fromHit;
    stack[at + 1] = toHit;
    stack[at + 2] = fromOther;
    stack[at + 3] = toOther;
    stack[at + 4] = level;
    stack[at + 5] = constant;
    frames++;
  }
}
