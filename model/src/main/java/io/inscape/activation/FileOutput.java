package io.inscape.activation;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/// A new file, filled from its start to its end.
///
/// A large one goes straight to the disk where the system can do that: going through the system's
/// cache costs a copy and a page of memory per 4 KiB, which takes from a network under capture up
/// to a third of its speed, and drives out of the cache what others need. Straight to the disk,
/// only whole blocks at block boundaries go, so bytes are gathered in an aligned buffer, and the
/// last block is filled up and cut off again.
final class FileOutput implements AutoCloseable {
  /// Files from this size on go straight to the disk.
  static final long LARGE = 64L << 20;

  /// What the blocks of common disks divide.
  static final int BLOCK = 4096;

  private static final int GATHERED = 4 << 20;

  private final FileChannel channel;
  private final @Nullable ByteBuffer gathered; // null when the system's cache is used
  private long size;

  private FileOutput(FileChannel channel, @Nullable ByteBuffer gathered) {
    this.channel = channel;
    this.gathered = gathered;
  }

  /// Begins a file; one that is there already is written over.
  static FileOutput create(Path file, long size) throws IOException {
    if (size >= LARGE) {
      try {
        return direct(file);
      } catch (UnsupportedOperationException | IOException _) {
        // a file system without it, such as one in memory; a real obstacle shows again below
      }
    }
    return new FileOutput(
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE),
        null);
  }

  private static FileOutput direct(Path file) throws IOException {
    FileChannel channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE,
            pastTheCache());
    try {
      long block = Files.getFileStore(file).getBlockSize();
      if (BLOCK % block != 0) {
        throw new UnsupportedOperationException("blocks of " + block + " bytes");
      }
    } catch (UnsupportedOperationException | IOException unfit) {
      channel.close();
      throw unfit;
    }
    return new FileOutput(channel, aligned(GATHERED));
  }

  /// The JDK's option for it, which lives in a module of its own that a JDK may lack; the compiler
  /// lets nobody name it without a warning.
  private static OpenOption pastTheCache() {
    try {
      for (Object option :
          Class.forName("com.sun.nio.file.ExtendedOpenOption").getEnumConstants()) {
        if (option instanceof OpenOption found && option.toString().equals("DIRECT")) {
          return found;
        }
      }
    } catch (ClassNotFoundException _) {
      // said below
    }
    throw new UnsupportedOperationException("no way past the system's cache");
  }

  /// Appends bytes, from position to limit.
  void append(ByteBuffer bytes) throws IOException {
    size += bytes.remaining();
    ByteBuffer target = gathered;
    if (target == null) {
      write(bytes);
      return;
    }
    while (bytes.hasRemaining()) {
      int length = Math.min(bytes.remaining(), target.remaining());
      target.put(target.position(), bytes, bytes.position(), length);
      target.position(target.position() + length);
      bytes.position(bytes.position() + length);
      if (!target.hasRemaining()) {
        write(target.flip());
        target.clear();
      }
    }
  }

  /// Takes the room on the disk for so many more bytes, which then are zeros until they are
  /// appended.
  void reserve(long bytes) throws IOException {
    long start = channel.position();
    ByteBuffer zeros =
        gathered == null ? ByteBuffer.allocate(1 << 16) : aligned(1 << 16); // zero when fresh
    long end = gathered == null ? start + bytes : Math.ceilDiv(size + bytes, BLOCK) * BLOCK;
    for (long left = end - start; left > 0; left -= zeros.capacity()) {
      write(zeros.clear().limit((int) Math.min(left, zeros.capacity())));
    }
    channel.force(false);
    channel.position(start);
  }

  private static ByteBuffer aligned(int bytes) {
    return ByteBuffer.allocateDirect(bytes + BLOCK).alignedSlice(BLOCK).slice(0, bytes);
  }

  private void write(ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  /// Brings to the disk what has been appended so far. May run on another thread while this one
  /// goes on.
  void force() throws IOException {
    if (gathered == null) {
      try {
        channel.force(false);
      } catch (ClosedChannelException _) {
        // closed in the meantime; whoever did that has seen to everything
      }
    }
  }

  /// Brings everything to the disk and closes the file.
  void finish() throws IOException {
    ByteBuffer target = gathered;
    if (target != null) {
      while (target.position() % BLOCK != 0) {
        target.put((byte) 0);
      }
      write(target.flip());
      channel.truncate(size);
    }
    channel.force(true);
    channel.close();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
