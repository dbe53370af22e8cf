package io.inscape.activation;

import io.inscape.dataset.InputException;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.util.Objects;
import java.util.concurrent.CancellationException;

/// The rows of an array in C order, each read from the file when it is asked for. Where a few rows
/// of a large file are wanted, mapping it would make the system read megabytes around each of them.
final class FileRows implements RowReader {
  private final FileChannel channel;
  private final ArrayPlace place;
  private final int rows;
  private final int cols;

  FileRows(ArrayPlace place) throws IOException {
    this.channel = FileChannel.open(place.file());
    this.place = place;
    this.rows = Math.toIntExact(place.shape().getFirst());
    this.cols = Math.toIntExact(place.count() / rows);
  }

  @Override
  public int rows() {
    return rows;
  }

  @Override
  public int cols() {
    return cols;
  }

  @Override
  public void copy(int row, int from, int to, float[] target, int offset) {
    Objects.checkIndex(row, rows);
    Objects.checkFromToIndex(from, to, cols);
    int width = place.type().bytes();
    ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(to - from, width));
    long start = place.offset() + ((long) row * cols + from) * width;
    try {
      while (bytes.hasRemaining()) {
        if (channel.read(bytes, start + bytes.position()) < 0) {
          throw new EOFException("the file became shorter while it was read");
        }
      }
    } catch (ClosedByInterruptException _) {
      throw new CancellationException("reading " + place.name() + " was interrupted");
    } catch (ClosedChannelException e) {
      throw new IllegalStateException(place.name() + " is closed", e);
    } catch (IOException e) {
      throw InputException.refused(place.name(), "read", e);
    }
    bytes.flip().order(place.bigEndian() ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
    place.decode(bytes, to - from, target, offset);
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw InputException.refused(place.name(), "close", e);
    }
  }
}
