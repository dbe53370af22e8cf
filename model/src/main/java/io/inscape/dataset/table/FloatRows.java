package io.inscape.dataset.table;

import io.inscape.dataset.Vectors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Rows of floats that come one after the other, kept in blocks of a few megabytes.
final class FloatRows implements Vectors.Rows {
  private static final int BLOCK = 1 << 20;

  private final int width;
  private final int rowsPerBlock;
  private final List<float[]> blocks = new ArrayList<>();
  private int count;

  FloatRows(int width) {
    this.width = width;
    this.rowsPerBlock = Math.max(1, BLOCK / Math.max(1, width));
  }

  int count() {
    return count;
  }

  /// {@return the block that the next row goes into, from [#offset()] on, until [#added()]}
  float[] next() {
    int index = count / rowsPerBlock;
    int wanted = (count % rowsPerBlock + 1) * width;
    if (index == blocks.size()) {
      blocks.add(new float[Math.min(rowsPerBlock, 16) * width]);
    }
    if (blocks.get(index).length < wanted) { // the last block grows, the others are full
      int grown = (int) Math.min((long) rowsPerBlock * width, 2L * blocks.get(index).length);
      blocks.set(index, Arrays.copyOf(blocks.get(index), grown));
    }
    return blocks.get(index);
  }

  int offset() {
    return count % rowsPerBlock * width;
  }

  void added() {
    count++;
  }

  Vectors vectors(List<String> names) {
    return Vectors.of(count, width, this).named(names);
  }

  @Override
  public void copy(int observation, int from, int to, float[] target, int offset) {
    float[] block = blocks.get(observation / rowsPerBlock);
    System.arraycopy(block, observation % rowsPerBlock * width + from, target, offset, to - from);
  }
}
