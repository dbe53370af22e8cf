package io.inscape.vectors;

import io.inscape.activation.NpyType;
import io.inscape.activation.NpyWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// The file of numbers that a result goes to, or none. Its room is taken before the work begins;
/// without [#write] what was there before stays.
public final class ArrayOutput implements AutoCloseable {
  private static final int PIECE = 1 << 20; // numbers

  private final @Nullable NpyWriter writer;

  private ArrayOutput(@Nullable NpyWriter writer) {
    this.writer = writer;
  }

  /// Takes room.
  ///
  /// @param file where the numbers go; null for nowhere
  /// @param shape the size of each axis
  /// @return the output, to be closed
  /// @throws io.inscape.dataset.InputException when the disk is full or refuses
  public static ArrayOutput reserve(@Nullable Path file, long... shape) {
    if (file == null) {
      return new ArrayOutput(null);
    }
    NpyWriter writer = NpyWriter.create(file, NpyType.FLOAT32, shape);
    boolean reserved = false;
    try {
      writer.reserve();
      reserved = true;
      return new ArrayOutput(writer);
    } finally {
      if (!reserved) {
        writer.close();
      }
    }
  }

  /// Writes the numbers, once.
  ///
  /// @param values as many as the shape says, the last axis fastest; not modified
  public void write(float[] values) {
    if (writer == null) {
      return;
    }
    for (int from = 0; from < values.length; from += PIECE) {
      int count = Math.min(PIECE, values.length - from);
      ByteBuffer bytes = ByteBuffer.allocate(4 * count).order(ByteOrder.LITTLE_ENDIAN);
      bytes.asFloatBuffer().put(values, from, count);
      writer.write(bytes);
    }
    writer.commit();
  }

  @Override
  public void close() {
    if (writer != null) {
      writer.close();
    }
  }
}
