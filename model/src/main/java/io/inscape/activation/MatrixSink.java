package io.inscape.activation;

import io.inscape.matrix.Matrix;
import io.inscape.network.Layer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// Collects what a layer makes of observations, batch after batch, in one matrix.
final class MatrixSink implements CaptureBatch.Sink {
  private final Layer layer;
  private final int rows;
  private float[] values;
  private int filled;

  MatrixSink(Layer layer, int rows) {
    this.layer = layer;
    this.rows = rows;
    this.values = new float[Math.multiplyExact(rows, layer.units())];
  }

  @Override
  public void write(ByteBuffer batch) {
    int count = batch.remaining() / 4;
    batch.order(ByteOrder.nativeOrder()).asFloatBuffer().get(values, filled, count);
    filled += count;
  }

  /// The matrix, once all batches are there; asked for once.
  Matrix matrix() {
    float[] all = values;
    values = new float[0]; // it is copied: two of them for a moment, not for longer
    try {
      return Matrix.of(rows, layer.units(), all);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("layer " + layer.name() + ": " + e.getMessage(), e);
    }
  }
}
