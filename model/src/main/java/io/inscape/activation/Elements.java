package io.inscape.activation;

import java.io.EOFException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.util.function.Consumer;

/// The elements of one array on their way from a file, a piece at a time, so that the file is never
/// in memory as a whole.
///
/// A file is mapped window by window; a packed stream goes through one buffer.
final class Elements {
  /// Takes one piece.
  @FunctionalInterface
  interface Taker {
    /// Takes elements.
    ///
    /// @param piece their bytes from index 0, in the byte order of the array
    /// @param from the number of the first one, in the order of the file
    /// @param count how many
    void take(ByteBuffer piece, long from, int count);
  }

  private static final int WINDOW_BYTES = 1 << 24;
  private static final int BUFFER_BYTES = 1 << 16;

  private Elements() {}

  /// All elements of a `.npy` file in the order of the file.
  static void mapped(FileChannel channel, NpyHeader header, Taker taker) throws IOException {
    long count = header.count();
    int bytes = header.type().bytes();
    int most = WINDOW_BYTES / bytes;
    for (long from = 0; from < count; from += most) {
      int some = (int) Math.min(most, count - from);
      try (Arena arena = Arena.ofConfined()) {
        MemorySegment window =
            channel.map(
                FileChannel.MapMode.READ_ONLY,
                header.dataOffset() + from * bytes,
                (long) some * bytes,
                arena);
        taker.take(window.asByteBuffer().order(header.order()), from, some);
      }
    }
  }

  /// The whole of a `.npy` file's elements at once, for one that is not read in its own order.
  static void whole(FileChannel channel, NpyHeader header, Consumer<MemorySegment> reader)
      throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      reader.accept(
          channel.map(
              FileChannel.MapMode.READ_ONLY,
              header.dataOffset(),
              header.count() * header.type().bytes(),
              arena));
    }
  }

  /// All elements of a stream that stands at the first one.
  static void streamed(ReadableByteChannel channel, NpyHeader header, Taker taker)
      throws IOException {
    int bytes = header.type().bytes();
    ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES).order(header.order());
    long count = header.count();
    int most = BUFFER_BYTES / bytes;
    for (long from = 0; from < count; from += most) {
      int some = (int) Math.min(most, count - from);
      buffer.clear().limit(some * bytes);
      while (buffer.hasRemaining()) {
        if (channel.read(buffer) < 0) {
          throw new EOFException("the packed data end too early");
        }
      }
      taker.take(buffer.flip(), from, some);
    }
  }
}
