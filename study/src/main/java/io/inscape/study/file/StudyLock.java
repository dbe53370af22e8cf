package io.inscape.study.file;

import io.inscape.study.file.StudyException.Kind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The right to write to a study, held by one process at a time through a lock of the operating
/// system on `.lock`.
///
/// The system gives it back when the process ends, however it ends, so a killed holder needs no
/// cleaning up. The file holds the holder's process number for the sentence that a second process
/// gets; it is never removed.
public final class StudyLock implements AutoCloseable {
  private static final String NAME = ".lock";

  /// The folders that this process holds. POSIX gives a process's lock back as soon as the process
  /// closes any handle on the file, so a folder of ours must be known without opening its lock
  /// again.
  private static final Set<Path> OURS = ConcurrentHashMap.newKeySet();

  private final Path folder;
  private final FileChannel channel;
  private final FileLock lock;

  private StudyLock(Path folder, FileChannel channel, FileLock lock) {
    this.folder = folder;
    this.channel = channel;
    this.lock = lock;
  }

  /// Takes the lock.
  ///
  /// @param folder the study's folder
  /// @return the lock, held until closed
  /// @throws StudyException of kind [Kind#IN_USE] if another one holds it, of kind [Kind#DISK] if
  ///   the folder cannot be written
  public static StudyLock take(Path folder) {
    Path real = real(folder);
    if (!OURS.add(real)) {
      throw inUse(folder, " (this process, pid " + ProcessHandle.current().pid() + ")");
    }
    boolean taken = false;
    FileChannel channel = null;
    try {
      channel =
          FileChannel.open(
              folder.resolve(NAME),
              StandardOpenOption.CREATE,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE);
      FileLock lock = channel.tryLock();
      if (lock == null) {
        throw inUse(folder, holder(folder));
      }
      String pid = ProcessHandle.current().pid() + "\n";
      channel.truncate(0);
      channel.write(ByteBuffer.wrap(pid.getBytes(StandardCharsets.US_ASCII)), 0);
      taken = true;
      return new StudyLock(real, channel, lock);
    } catch (IOException e) {
      throw new StudyException(
          Kind.DISK,
          "study "
              + folder
              + " cannot be locked for writing: "
              + e.getMessage()
              + "; check who owns the folder, or open it for reading only",
          e);
    } finally {
      if (!taken) {
        closeQuietly(channel);
        OURS.remove(real);
      }
    }
  }

  /// Tells whether a writer is at work.
  ///
  /// @param folder the study's folder
  /// @return whether somebody holds the lock, this process included
  public static boolean held(Path folder) {
    Path file = folder.resolve(NAME);
    if (OURS.contains(real(folder))) {
      return true;
    }
    if (!Files.exists(file)) {
      return false;
    }
    try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
      FileLock lock = channel.tryLock(0, Long.MAX_VALUE, true);
      if (lock == null) {
        return true;
      }
      lock.release();
      return false;
    } catch (IOException _) { // no rights, or no locks on this file system: nobody we could know of
      return false;
    }
  }

  @Override
  public void close() {
    try {
      lock.release();
    } catch (IOException _) { // closing the channel gives it back too
    }
    closeQuietly(channel);
    OURS.remove(folder);
  }

  private static String holder(Path folder) {
    try {
      String pid = Files.readString(folder.resolve(NAME)).strip();
      return pid.matches("[0-9]{1,10}") ? " (pid " + pid + ")" : "";
    } catch (IOException _) { // the sentence is good without the number
      return "";
    }
  }

  private static Path real(Path folder) {
    try {
      return folder.toRealPath();
    } catch (IOException _) { // not there yet
      return folder.toAbsolutePath().normalize();
    }
  }

  private static StudyException inUse(Path folder, String holder) {
    return new StudyException(
        Kind.IN_USE,
        "study "
            + folder
            + " is in use by another process"
            + holder
            + ", and only one may write; end that one, or open the study for reading only");
  }

  private static void closeQuietly(@Nullable FileChannel channel) {
    try {
      if (channel != null) {
        channel.close();
      }
    } catch (IOException _) { // nothing was written that matters
    }
  }
}
