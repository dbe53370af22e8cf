package io.inscape.web.bring;

import io.inscape.http.HttpError;
import io.inscape.study.Study;
import io.inscape.study.file.StudyException;
import io.inscape.study.file.StudyException.Kind;
import io.inscape.study.file.StudyFolder;
import io.inscape.study.file.StudyLock;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The staging areas of a study folder: `.staging/ID/...`, what was uploaded and is not part of the
/// study yet. They live as long as their server; what a killed one left is cleared by the next.
final class Staging implements AutoCloseable {
  private static final int MOST_AREAS = 16;
  private static final int BYTES_OF_AN_ID = 12;

  private final Path folder;
  private final Path root;
  private final boolean readOnly;
  private final boolean folderWasThere;
  private final SecureRandom random = new SecureRandom();
  private final Map<String, StagingArea> areas = new ConcurrentHashMap<>();
  private @Nullable StudyLock lock; // guarded by this

  /// Clears what an earlier server left.
  ///
  /// @param folder the study's, which may not be there yet
  /// @param readOnly whether nothing may be written in it
  /// @throws StudyException of kind [Kind#IN_USE] if another server has areas in it
  Staging(Path folder, boolean readOnly) {
    this.folder = folder.toAbsolutePath().normalize();
    this.root = new StudyFolder(this.folder).staging();
    this.readOnly = readOnly;
    this.folderWasThere = Files.exists(folder);
    if (!readOnly && Files.isDirectory(root, LinkOption.NOFOLLOW_LINKS)) {
      lock();
    }
  }

  /// Makes an area.
  ///
  /// @throws HttpError 503 if there are too many
  synchronized StagingArea make() {
    if (readOnly) {
      throw new HttpError(403, "this study is open for reading only, so nothing can be uploaded");
    }
    if (areas.size() >= MOST_AREAS) {
      throw new HttpError(
          503,
          "there are " + MOST_AREAS + " uploads already; remove one, or start the server anew");
    }
    lock();
    byte[] bytes = new byte[BYTES_OF_AN_ID];
    random.nextBytes(bytes);
    String id = HexFormat.of().formatHex(bytes);
    StagingArea area = StagingArea.make(id, root.resolve(id), folder);
    areas.put(id, area);
    return area;
  }

  /// Takes an area away, with its files.
  void remove(StagingArea area) {
    areas.remove(area.id());
    area.delete();
  }

  /// Takes the folder for this server; its first act is to clear it.
  private synchronized void lock() {
    if (lock != null) {
      return;
    }
    try {
      if (Files.isSymbolicLink(root)) {
        throw new StudyException(
            Kind.DISK, root + " is a link, and nothing is uploaded through one; remove it");
      }
      Files.createDirectories(root);
      lock = StudyLock.take(root);
      clear();
    } catch (IOException e) {
      throw StagingArea.disk(root, e);
    }
  }

  private void clear() throws IOException {
    List<Path> left;
    try (Stream<Path> entries = Files.list(root)) {
      left = entries.filter(Files::isDirectory).toList();
    }
    for (Path entry : left) {
      if (!Study.exists(folder)) { // killed between moving its data and making the study
        for (Path moved : MovedData.of(entry).targets(folder)) {
          delete(moved);
        }
      }
      delete(entry);
    }
    if (!Study.exists(folder)) {
      deleteIfEmpty(new StudyFolder(folder).data());
    }
  }

  /// Removes a file or a folder with all in it, links as links.
  static void delete(Path path) throws IOException {
    if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    Files.walkFileTree(
        path,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException e)
              throws IOException {
            Files.deleteIfExists(visited);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  static void deleteIfEmpty(Path path) throws IOException {
    if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
      try (Stream<Path> entries = Files.list(path)) {
        if (entries.findAny().isPresent()) {
          return;
        }
      }
      Files.delete(path);
    }
  }

  /// Removes every area, and the folder where nothing came of it.
  @Override
  public synchronized void close() {
    new ArrayList<>(areas.values()).forEach(this::remove);
    if (lock == null) {
      return;
    }
    lock.close();
    lock = null;
    try {
      delete(root);
      if (!Study.exists(folder)) { // what was found in data that were looked at only
        delete(new StudyFolder(folder).dataIndex());
      }
      if (!folderWasThere) {
        deleteIfEmpty(folder);
      }
    } catch (IOException _) {
      // The next start clears it.
    }
  }
}
