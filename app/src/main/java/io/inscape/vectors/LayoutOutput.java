package io.inscape.vectors;

import io.inscape.activation.NpyType;
import io.inscape.activation.NpyWriter;
import io.inscape.projection.Layout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// The file that a layout goes to, or none. Its room is taken before the work begins; without
/// [#write] what was there before stays.
public final class LayoutOutput implements AutoCloseable {
  private final @Nullable NpyWriter writer;

  private LayoutOutput(@Nullable NpyWriter writer) {
    this.writer = writer;
  }

  /// Takes room.
  ///
  /// @param file where the layout goes; null for nowhere
  /// @param observations of the layout
  /// @param dimensions of the layout
  /// @return the output, to be closed
  /// @throws io.inscape.dataset.InputException when the disk is full or refuses
  public static LayoutOutput reserve(@Nullable Path file, long observations, int dimensions) {
    if (file == null) {
      return new LayoutOutput(null);
    }
    NpyWriter writer = NpyWriter.create(file, NpyType.FLOAT32, observations, dimensions);
    boolean reserved = false;
    try {
      writer.reserve();
      reserved = true;
      return new LayoutOutput(writer);
    } finally {
      if (!reserved) {
        writer.close();
      }
    }
  }

  /// Writes the layout, once.
  ///
  /// @param layout the positions
  public void write(Layout layout) {
    if (writer != null) {
      float[] values = layout.toArray();
      ByteBuffer bytes =
          ByteBuffer.allocate(Math.multiplyExact(4, values.length)).order(ByteOrder.LITTLE_ENDIAN);
      bytes.asFloatBuffer().put(values);
      writer.write(bytes);
      writer.commit();
    }
  }

  @Override
  public void close() {
    if (writer != null) {
      writer.close();
    }
  }
}
