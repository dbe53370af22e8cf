package io.inscape.activation;

import io.inscape.dataset.InputException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.CancellationException;

/// Writes a NumPy file piece by piece, so that it is there whole or not at all.
///
/// Bytes go to a file beside the target (its name plus `.tmp-` and the process's number);
/// [#commit()] brings them to the disk and gives the file its name. Closing without that removes
/// them. Used by one thread at a time.
public final class NpyWriter implements AutoCloseable {
  private final Path target;
  private final Path aside;
  private final FileOutput output;
  private final long expected;
  private long written;
  private boolean committed;

  private NpyWriter(Path target, Path aside, FileOutput output, long expected) {
    this.target = target;
    this.aside = aside;
    this.output = output;
    this.expected = expected;
  }

  /// Begins a file.
  ///
  /// @param target the file, in a folder that is made if it is not there
  /// @param type what the elements are
  /// @param shape the size of each axis; elements come in C order, the last axis fastest
  /// @return a writer, to be committed and closed
  /// @throws InputException when the system refuses
  public static NpyWriter create(Path target, NpyType type, long... shape) {
    long count = type.bytes();
    for (long size : shape) {
      if (size < 0) {
        throw new IllegalArgumentException("an axis cannot have " + size + " elements");
      }
      count = Math.multiplyExact(count, size);
    }
    Path absolute = target.toAbsolutePath();
    Path aside =
        absolute.resolveSibling(absolute.getFileName() + ".tmp-" + ProcessHandle.current().pid());
    try {
      Path folder = absolute.getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
      byte[] header =
          count < FileOutput.LARGE
              ? NpyHeader.encode(type, shape)
              : NpyHeader.encode(type, FileOutput.BLOCK, shape);
      NpyWriter writer = new NpyWriter(absolute, aside, FileOutput.create(aside, count), count);
      try {
        writer.output.append(ByteBuffer.wrap(header));
      } catch (IOException e) {
        writer.close(); // a full disk must not keep what is left of the attempt
        throw e;
      }
      return writer;
    } catch (IOException e) {
      throw InputException.refused(target.toString(), "write", e);
    }
  }

  /// Takes the room on the disk that the whole file needs, so that a full disk shows before a long
  /// computation and not after it. Called before the first elements are written.
  ///
  /// @throws InputException when the system refuses
  public void reserve() {
    try {
      output.reserve(expected);
    } catch (IOException e) {
      throw refused(e);
    }
  }

  /// Appends elements.
  ///
  /// @param elements their bytes, little-endian, from position to limit; the position moves to the
  ///   limit
  public void write(ByteBuffer elements) {
    written += elements.remaining();
    if (written > expected) {
      throw new IllegalStateException(
          "more than the " + expected + " bytes that " + target + " was begun with");
    }
    try {
      output.append(elements);
    } catch (IOException e) {
      throw refused(e);
    }
  }

  private RuntimeException refused(IOException e) {
    return e instanceof ClosedByInterruptException
        ? new CancellationException("writing " + target + " was interrupted")
        : InputException.refused(target.toString(), "write", e);
  }

  /// Brings to the disk what has been written so far, so that little is left to wait for at the
  /// end. May run on another thread while this one writes on.
  void sync() {
    try {
      output.force();
    } catch (IOException e) {
      throw refused(e);
    }
  }

  /// Ends the file: after this it is there, whole, under its name, even if the power fails.
  public void commit() {
    if (written != expected) {
      throw new IllegalStateException(
          target + " was begun with " + expected + " bytes but got " + written);
    }
    try {
      output.finish();
      Files.move(
          aside, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      committed = true;
      Path folder = target.getParent();
      if (folder != null) {
        forceFolder(folder);
      }
    } catch (IOException e) {
      throw refused(e);
    }
  }

  /// Brings a folder's new names to the disk where the system can do that.
  private static void forceFolder(Path folder) {
    try (FileChannel opened = FileChannel.open(folder)) {
      opened.force(true);
    } catch (IOException _) {
      // Windows opens no folders; there the move itself is journalled
    }
  }

  /// Removes what was written unless it was committed.
  @Override
  public void close() {
    try {
      output.close();
      if (!committed) {
        Files.deleteIfExists(aside);
      }
    } catch (IOException e) {
      throw InputException.refused(aside.toString(), "remove", e);
    }
  }
}
