package io.inscape.activation;

import io.inscape.network.Layer;
import io.inscape.network.OnnxExecutor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The memory of one batch on its way: prepared observations in, layers' values out. Used again and
/// again.
final class CaptureBatch {
  /// Takes the values of one layer, batch after batch.
  interface Sink {
    void write(ByteBuffer values);
  }

  /// Puts one observation's numbers into a row.
  interface Filler {
    void fill(float[] row, int offset);
  }

  private final int capacity;
  private final float[] row;
  private final FloatBuffer input;
  private final List<Layer> layers;
  private final Map<String, ByteBuffer> bytes = new HashMap<>();
  private final Map<String, FloatBuffer> values = new HashMap<>();
  private int prepared;
  private int finished;

  CaptureBatch(int capacity, int inputSize, List<Layer> layers) {
    this.capacity = capacity;
    this.row = new float[inputSize];
    this.input = direct((long) capacity * inputSize).asFloatBuffer();
    this.layers = layers;
    for (Layer layer : layers) {
      ByteBuffer memory = direct((long) capacity * layer.units());
      bytes.put(layer.result(), memory);
      values.put(layer.result(), memory.asFloatBuffer());
    }
  }

  private static ByteBuffer direct(long floats) {
    int size = Math.toIntExact(Math.multiplyExact(4, floats));
    return ByteBuffer.allocateDirect(size).order(ByteOrder.nativeOrder());
  }

  /// How much memory the batch holds.
  long byteSize() {
    return 4L * input.capacity() + bytes.values().stream().mapToLong(ByteBuffer::capacity).sum();
  }

  void clear() {
    prepared = 0;
    input.clear();
  }

  void add(Filler filler) {
    filler.fill(row, 0);
    input.put(row);
    prepared++;
  }

  void run(OnnxExecutor executor) {
    int count = executor.fixedBatch().isPresent() ? capacity : prepared;
    input.position(0).limit(count * row.length); // a fixed batch is filled up with what is there
    executor.run(input, count, values);
    finished = prepared;
  }

  /// Appends the values of the newest run, once.
  void writeTo(List<? extends Sink> sinks) {
    for (int i = 0; i < layers.size() && finished > 0; i++) {
      Layer layer = layers.get(i);
      ByteBuffer memory = bytes.getOrDefault(layer.result(), ByteBuffer.allocate(0));
      memory.clear().limit(4 * finished * layer.units());
      sinks.get(i).write(memory);
    }
    finished = 0;
  }
}
