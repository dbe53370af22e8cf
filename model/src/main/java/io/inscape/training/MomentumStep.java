package io.inscape.training;

import io.inscape.matrix.Workers;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// One update in place: `v = momentum v - rate g`, `w = w + v`.
///
/// One sweep over memory for both lines. Values pass through small heap arrays because the compiler
/// turns loops over those into vector code, and loops over native memory not: measured 2.8 ms
/// against 7.4 ms for 3.8 million weights.
final class MomentumStep {
  private static final int CHUNK = 1 << 18; // values per task
  private static final int BLOCK = 2048; // values per copy: three blocks stay in the nearest cache

  private final float rate;
  private final float momentum;

  MomentumStep(double rate, double momentum) {
    this.rate = (float) rate;
    this.momentum = (float) momentum;
  }

  /// Updates native memory; the three segments are of one size.
  void apply(
      MemorySegment weight, MemorySegment velocity, MemorySegment gradient, Workers workers) {
    int count = Math.toIntExact(weight.byteSize() / Float.BYTES);
    workers.forEachChunk(
        count, CHUNK, (_, from, to) -> applyTo(weight, velocity, gradient, from, to));
  }

  private void applyTo(
      MemorySegment weight, MemorySegment velocity, MemorySegment gradient, int from, int to) {
    float[] w = new float[BLOCK];
    float[] v = new float[BLOCK];
    float[] g = new float[BLOCK];
    for (int start = from; start < to; start += BLOCK) {
      int count = Math.min(BLOCK, to - start);
      long offset = (long) start * Float.BYTES;
      MemorySegment.copy(weight, ValueLayout.JAVA_FLOAT, offset, w, 0, count);
      MemorySegment.copy(velocity, ValueLayout.JAVA_FLOAT, offset, v, 0, count);
      MemorySegment.copy(gradient, ValueLayout.JAVA_FLOAT, offset, g, 0, count);
      step(w, v, g, count);
      MemorySegment.copy(v, 0, velocity, ValueLayout.JAVA_FLOAT, offset, count);
      MemorySegment.copy(w, 0, weight, ValueLayout.JAVA_FLOAT, offset, count);
    }
  }

  private void step(float[] w, float[] v, float[] g, int count) {
    for (int i = 0; i < count; i++) {
      float next = v[i] * momentum - rate * g[i];
      v[i] = next;
      w[i] += next;
    }
  }
}
