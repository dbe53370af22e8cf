package io.inscape.study.file;

import io.inscape.study.file.StudyException.Kind;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.atomic.AtomicLong;

/// Writes files so that a reader finds the old one or the new one, never a part: written aside in
/// the same folder, forced to the disk, renamed, and the folder forced too.
///
/// A killed process leaves at most a file whose name contains `.tmp-`; [#clearLeftovers] removes
/// them. A write that fails leaves the file it was to replace as it was, and says so in one
/// sentence. Safe for use by several threads as long as they write to different files.
public final class SafeFiles {
  private static final String ASIDE = ".tmp-";
  private static final AtomicLong COUNTER = new AtomicLong();

  private final Watcher watcher;

  private SafeFiles(Watcher watcher) {
    this.watcher = watcher;
  }

  /// {@return the writer that everything but a test uses}
  public static SafeFiles plain() {
    return new SafeFiles((_, _, _) -> {});
  }

  /// A writer that is watched at every moment at which a kill could leave something else behind.
  ///
  /// @param watcher told of every moment; what it throws ends the write there, as a kill or a full
  ///   disk would
  /// @return a writer
  public static SafeFiles watched(Watcher watcher) {
    return new SafeFiles(watcher);
  }

  /// The moments of one write.
  public enum Moment {
    /// Nothing is written yet.
    BEFORE,
    /// The file aside is written, not forced to the disk.
    ASIDE,
    /// The file aside is on the disk, the target is still the old one.
    FORCED,
    /// The target is the new one.
    RENAMED
  }

  /// Sees every moment of every write.
  @FunctionalInterface
  public interface Watcher {
    /// Called at each moment.
    ///
    /// @param moment which one
    /// @param aside the file being written
    /// @param target the file it will become
    /// @throws IOException to fail the write as the disk would
    void at(Moment moment, Path aside, Path target) throws IOException;
  }

  /// Writes the content of a file to the path it is given.
  @FunctionalInterface
  public interface Producer {
    /// Writes the whole file.
    ///
    /// @param aside where to write; not there yet
    /// @throws IOException if the disk refuses
    void write(Path aside) throws IOException;
  }

  /// Replaces a file, or makes it.
  ///
  /// @param target the file; its folder is made where missing
  /// @param bytes its new content
  /// @throws StudyException of kind [Kind#DISK] if it cannot be written; the target is as it was
  public void write(Path target, byte[] bytes) {
    produce(
        target,
        aside -> {
          try (var out = new FileOutputStream(aside.toFile())) {
            out.write(bytes);
          }
        });
  }

  /// Replaces a file, or makes it, by something that writes to a path.
  ///
  /// @param target the file; its folder is made where missing
  /// @param producer writes the content aside
  /// @throws StudyException of kind [Kind#DISK] if it cannot be written; the target is as it was
  public void produce(Path target, Producer producer) {
    Path aside = aside(target);
    try {
      Path folder = parent(target);
      Files.createDirectories(folder);
      watcher.at(Moment.BEFORE, aside, target);
      producer.write(aside);
      watcher.at(Moment.ASIDE, aside, target);
      force(aside);
      watcher.at(Moment.FORCED, aside, target);
      Files.move(
          aside, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      watcher.at(Moment.RENAMED, aside, target);
      forceFolder(folder);
    } catch (IOException e) {
      throw notWritten(target, aside, e);
    } catch (UncheckedIOException e) {
      throw notWritten(target, aside, new IOException(e.getMessage(), e));
    } catch (RuntimeException e) {
      removeQuietly(aside);
      throw e;
    }
  }

  /// Removes a file if it is there, and makes sure that it stays removed.
  ///
  /// @param file the file
  /// @throws StudyException of kind [Kind#DISK] if it cannot be removed
  public void delete(Path file) {
    try {
      if (Files.deleteIfExists(file)) {
        forceFolder(parent(file));
      }
    } catch (IOException e) {
      throw new StudyException(
          Kind.DISK, file + " cannot be removed: " + reason(e) + "; check who owns the folder", e);
    }
  }

  /// A path beside a file that [#clearLeftovers] would clear.
  ///
  /// @param target the file that is going to be written
  /// @return a path of the same folder that no other write uses
  public static Path aside(Path target) {
    return target.resolveSibling(
        target.getFileName()
            + ASIDE
            + ProcessHandle.current().pid()
            + "-"
            + COUNTER.incrementAndGet());
  }

  /// Removes what killed writers left.
  ///
  /// @param folder the folder to clear, with all below it
  /// @return the number of files removed
  /// @throws StudyException of kind [Kind#DISK] if one cannot be removed
  public static int clearLeftovers(Path folder) {
    int[] count = new int[1];
    try {
      Files.walkFileTree(
          folder,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
              if (file.getFileName().toString().contains(ASIDE) && Files.deleteIfExists(file)) {
                count[0]++;
              }
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      throw new StudyException(
          Kind.DISK, "leftovers in " + folder + " cannot be removed: " + reason(e), e);
    }
    return count[0];
  }

  private static StudyException notWritten(Path target, Path aside, IOException cause) {
    String size = removeQuietly(aside);
    return new StudyException(
        Kind.DISK,
        target
            + " cannot be written"
            + size
            + ": "
            + reason(cause)
            + "; what was kept before is whole, so make room or get access and start again",
        cause);
  }

  /// Removes the file aside and says how far it came.
  private static String removeQuietly(Path aside) {
    try {
      long bytes = Files.size(aside);
      Files.delete(aside);
      return " (stopped after " + bytes + " bytes)";
    } catch (IOException _) { // not there, or the disk refuses this too: cleared at the next start
      return "";
    }
  }

  /// The system's own words, without the path that it may put before them.
  private static String reason(IOException e) {
    if (e instanceof NoSuchFileException) {
      return "no such file or folder";
    }
    if (e instanceof java.nio.file.AccessDeniedException) {
      return "permission denied";
    }
    if (e instanceof java.nio.file.FileSystemException system && system.getReason() != null) {
      return lowerFirst(system.getReason());
    }
    String message = e.getMessage();
    return message == null ? e.getClass().getSimpleName() : lowerFirst(message);
  }

  private static String lowerFirst(String text) {
    return text.isEmpty() ? text : Character.toLowerCase(text.charAt(0)) + text.substring(1);
  }

  private static Path parent(Path file) {
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null) {
      throw new IllegalArgumentException(file + " is not a file in a folder");
    }
    return folder;
  }

  /// Forces a file; not through an interruptible channel, so that an interrupt cannot tear a write.
  private static void force(Path file) throws IOException {
    try (var open = new RandomAccessFile(file.toFile(), "rw")) {
      open.getFD().sync();
    }
  }

  private static void forceFolder(Path folder) throws IOException {
    boolean interrupted = Thread.interrupted();
    try {
      for (boolean forced = false; !forced; ) {
        try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
          channel.force(true);
          forced = true;
        } catch (ClosedByInterruptException | InterruptedIOException _) {
          interrupted |= Thread.interrupted();
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
