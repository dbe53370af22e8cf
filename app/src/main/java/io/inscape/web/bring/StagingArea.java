package io.inscape.web.bring;

import io.inscape.http.HttpError;
import io.inscape.study.file.StudyException;
import io.inscape.study.file.StudyException.Kind;
import io.inscape.study.file.StudyFolder;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/// Files that were uploaded: `files/...` are whole, `incoming/...` are on their way. Safe for use
/// by several threads.
final class StagingArea {
  static final long MOST_BYTES = 8L << 30;
  static final int MOST_FILES = 250_000;

  /// What an upload leaves free on the disk, for the study that is to come of it.
  private static final long SPARE_BYTES = 256L << 20;

  private static final int BUFFER_BYTES = 1 << 16;

  private final String id;
  private final Path root;
  private final Path study;
  private final AtomicLong arrivals = new AtomicLong();
  private final AtomicInteger count = new AtomicInteger();
  private final AtomicLong bytes = new AtomicLong();

  private StagingArea(String id, Path root, Path study) {
    this.id = id;
    this.root = root;
    this.study = study;
  }

  static StagingArea make(String id, Path root, Path study) {
    StagingArea area = new StagingArea(id, root, study);
    try {
      Files.createDirectories(area.files());
      Files.createDirectories(area.incoming());
    } catch (IOException e) {
      throw disk(root, e);
    }
    return area;
  }

  String id() {
    return id;
  }

  /// How many files came.
  int count() {
    return count.get();
  }

  /// How many bytes they had.
  long bytes() {
    return bytes.get();
  }

  private Path files() {
    return root.resolve("files");
  }

  private Path incoming() {
    return root.resolve("incoming");
  }

  /// Takes a file in, piece by piece. It is there when all of it is, and replaces one of that name.
  ///
  /// @param text its path
  /// @param length as announced; negative where it was not
  /// @param in its bytes
  /// @return how many bytes it has
  /// @throws HttpError if the path is not possible, or the file is too large or was cut off
  long take(String text, long length, InputStream in) {
    Path target = StagedPath.resolve(files(), text);
    if (length > MOST_BYTES) {
      throw tooLarge();
    }
    if (count.get() >= MOST_FILES) {
      throw new HttpError(
          413, "an upload has at most " + MOST_FILES + " files; name the folder's path instead");
    }
    Path aside = incoming().resolve(Long.toString(arrivals.incrementAndGet()));
    try {
      requireSpace(length);
      long taken = copy(in, aside, length);
      Files.createDirectories(Objects.requireNonNull(target.getParent()));
      boolean fresh = !Files.exists(target);
      Files.move(aside, target, StandardCopyOption.REPLACE_EXISTING);
      if (fresh) {
        count.incrementAndGet();
      }
      bytes.addAndGet(taken);
      return taken;
    } catch (FileAlreadyExistsException | DirectoryNotEmptyException | NotDirectoryException _) {
      throw new HttpError(
          400, "a file and a folder cannot have the same path; another upload used this one");
    } catch (IOException e) {
      throw disk(target, e);
    } finally {
      removeQuietly(aside);
    }
  }

  private void requireSpace(long length) throws IOException {
    long free = Files.getFileStore(root).getUsableSpace();
    if (Math.max(0, length) > free - SPARE_BYTES) {
      throw new HttpError(
          507,
          "the file has "
              + length
              + " bytes, and the disk of the study has "
              + free
              + " left; make room, or name the file's path on this machine instead");
    }
  }

  private static long copy(InputStream in, Path aside, long length) throws IOException {
    byte[] buffer = new byte[BUFFER_BYTES];
    long taken = 0;
    try (OutputStream out = Files.newOutputStream(aside, StandardOpenOption.CREATE_NEW)) {
      for (int read = read(in, buffer, taken); read >= 0; read = read(in, buffer, taken)) {
        taken += read;
        if (taken > MOST_BYTES) {
          throw tooLarge();
        }
        out.write(buffer, 0, read);
      }
    }
    if (length >= 0 && taken != length) {
      throw cutOff(taken);
    }
    return taken;
  }

  /// What fails here is the way from the page, not the disk.
  private static int read(InputStream in, byte[] buffer, long taken) {
    try {
      return in.read(buffer);
    } catch (IOException _) {
      throw cutOff(taken);
    }
  }

  private static HttpError cutOff(long taken) {
    return new HttpError(400, "the upload was cut off after " + taken + " bytes; send it again");
  }

  private static HttpError tooLarge() {
    return new HttpError(
        413,
        "a file of an upload has at most "
            + MOST_BYTES
            + " bytes; name its path on this machine instead");
  }

  /// A file or folder that was uploaded, or `.` for all of them.
  ///
  /// @throws HttpError 400 if there is none
  Path existing(String text) {
    return StagedPath.existing(files(), text);
  }

  /// A sentence with the area's files named as they were uploaded, not by where they lie meanwhile.
  String readable(String text) {
    return text.replace(files() + "/", "").replace(files().toString(), "the upload");
  }

  /// Moves what an order needs later too into the study's folder: a rename, so that it is quick and
  /// whole. Models are only read.
  ///
  /// @return the order with the new places
  ImportOrder settle(ImportOrder order) {
    Optional<Path> data =
        order.data().filter(text -> text.startsWith(files().toString())).map(Path::of);
    Optional<Path> activations = order.activations().filter(this::holds);
    Optional<Path> tokenizer = order.reading().tokenizer().filter(this::holds);
    List<Path> homes = new ArrayList<>();
    data.or(() -> activations).ifPresent(path -> homes.add(home(path, homes)));
    tokenizer.ifPresent(path -> homes.add(home(path, homes)));
    new MovedData(homes.stream().map(home -> home.getFileName().toString()).toList()).write(root);
    try {
      if (activations.isPresent()) { // then there is nothing else
        return order.withActivations(moveTo(homes.getFirst(), activations.get()));
      }
      Optional<Path> newTokenizer = order.reading().tokenizer();
      if (tokenizer.isPresent()) { // first: it may lie beside the data
        newTokenizer = Optional.of(copyTo(homes.getLast(), tokenizer.get()));
      }
      Optional<String> newData = order.data();
      if (data.isPresent()) {
        newData = Optional.of(moveTo(homes.getFirst(), data.get()).toString());
      }
      return order.at(newData, newTokenizer);
    } catch (IOException e) {
      unsettle(order, order);
      throw disk(new StudyFolder(study).data(), e);
    }
  }

  /// Takes back what [#settle] moved, where no study came of it.
  ///
  /// @param order as it was before
  /// @param settled as it was then
  void unsettle(ImportOrder order, ImportOrder settled) {
    try {
      if (!order.data().equals(settled.data())) {
        moveBack(Path.of(settled.data().orElseThrow()), Path.of(order.data().orElseThrow()));
      }
      if (!order.activations().equals(settled.activations())) {
        moveBack(settled.activations().orElseThrow(), order.activations().orElseThrow());
      }
      for (Path home : MovedData.of(root).targets(study)) {
        Staging.delete(home);
      }
      new MovedData(List.of()).write(root);
      Staging.deleteIfEmpty(new StudyFolder(study).data());
    } catch (IOException e) {
      throw disk(root, e);
    }
  }

  private void moveBack(Path from, Path to) throws IOException {
    Files.createDirectories(Objects.requireNonNull(to.getParent()));
    if (to.equals(files())) {
      Staging.deleteIfEmpty(to);
    }
    Files.move(from, to);
  }

  private boolean holds(Path path) {
    return path.startsWith(files());
  }

  /// A folder of the study's data that is not there yet.
  private Path home(Path staged, List<Path> taken) {
    String stem = staged.equals(files()) ? "data" : staged.getFileName().toString();
    if (Files.isRegularFile(staged)) {
      stem = stem.replaceFirst("\\.[^.]*$", "");
    }
    String safe = stem.replaceAll("[^A-Za-z0-9._-]", "-").replaceFirst("^[.-]+", "");
    String name = safe.isEmpty() ? "data" : safe.substring(0, Math.min(60, safe.length()));
    Path folder = new StudyFolder(study).data();
    Path home = folder.resolve(name);
    for (int i = 2; Files.exists(home) || taken.contains(home); i++) {
      home = folder.resolve(name + "-" + i);
    }
    return home;
  }

  private static Path moveTo(Path home, Path staged) throws IOException {
    if (Files.isDirectory(staged)) {
      Files.createDirectories(Objects.requireNonNull(home.getParent()));
      return Files.move(staged, home);
    }
    Files.createDirectories(home);
    return Files.move(staged, home.resolve(staged.getFileName()));
  }

  /// Copies, for the model may need it where it is.
  private static Path copyTo(Path home, Path staged) throws IOException {
    Files.createDirectories(home);
    if (!Files.isDirectory(staged)) {
      return Files.copy(staged, home.resolve(staged.getFileName()));
    }
    try (Stream<Path> entries = Files.list(staged)) {
      for (Path file : entries.filter(Files::isRegularFile).toList()) {
        Files.copy(file, home.resolve(file.getFileName()));
      }
    }
    return home;
  }

  /// Removes the files; what the study took stays with it.
  void delete() {
    try {
      Staging.delete(root);
    } catch (IOException _) {
      // An upload may still be on its way into it: the next start clears it.
    }
  }

  private static void removeQuietly(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException _) {
      // Cleared with the area.
    }
  }

  static StudyException disk(Path path, IOException e) {
    String reason =
        e instanceof FileSystemException system && system.getReason() != null
            ? system.getReason()
            : e.getClass().getSimpleName();
    return new StudyException(
        Kind.DISK,
        path + " cannot be written: " + reason + "; make room or get access, and try again",
        e);
  }
}
