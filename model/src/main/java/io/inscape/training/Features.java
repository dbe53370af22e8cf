package io.inscape.training;

import io.inscape.dataset.Images;
import io.inscape.dataset.Pipeline;
import io.inscape.matrix.Workers;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// Preprocessed images in native memory, so that a batch is a few copies of rows.
final class Features {
  private static final int CHUNK = 64; // observations per task

  private final MemorySegment values; // [row * size + feature]
  private final int count;
  private final int size;

  private Features(MemorySegment values, int count, int size) {
    this.values = values;
    this.count = count;
    this.size = size;
  }

  static Features of(
      Images images, int[] observations, Pipeline pipeline, Arena arena, Workers workers) {
    int size = pipeline.outputShape(images.shape()).size();
    long bytes = (long) observations.length * size * Float.BYTES;
    MemorySegment values = arena.allocate(bytes, Float.BYTES);
    workers.forEachChunk(
        observations.length,
        CHUNK,
        (_, from, to) -> {
          float[] image = new float[size];
          for (int row = from; row < to; row++) {
            pipeline.apply(images, observations[row], image, 0);
            long offset = (long) row * size * Float.BYTES;
            MemorySegment.copy(image, 0, values, ValueLayout.JAVA_FLOAT, offset, size);
          }
        });
    return new Features(values, observations.length, size);
  }

  int count() {
    return count;
  }

  /// Rows in a row.
  MemorySegment rows(int from, int to) {
    long row = (long) size * Float.BYTES;
    return values.asSlice(from * row, (to - from) * row);
  }

  /// Copies the rows `order[from, to)`.
  void gather(int[] order, int from, int to, MemorySegment target) {
    long row = (long) size * Float.BYTES;
    for (int i = from; i < to; i++) {
      MemorySegment.copy(values, order[i] * row, target, (i - from) * row, row);
    }
  }
}
