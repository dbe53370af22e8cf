package io.inscape.study.pack;

import io.inscape.dataset.InputException;
import io.inscape.matrix.Progress;
import io.inscape.study.StudyInfo;
import io.inscape.study.file.Json;
import io.inscape.study.file.StudyException;
import io.inscape.study.file.StudyException.Kind;
import io.inscape.study.file.StudyFolder;
import io.inscape.study.pack.PackManifest.PackedFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/// Opens a packed study that somebody sent.
///
/// Nothing is believed: every name must stay below the folder, every file must be in the manifest
/// with the size and digest it has, and no more is written than the manifest says, which must fit
/// the disk. Files are written into a new folder, so there are no links to be led astray by, and
/// the folder gets its name once all is well.
public final class PackReader {
  private static final int BLOCK = 1 << 18;
  private static final int LONGEST_MANIFEST = 64 << 20;
  private static final long SPARE = 64 << 20; // for what else writes to the disk meanwhile

  private final Path file;
  private final Path target;
  private final Progress progress;
  private long done;

  private PackReader(Path file, Path target, Progress progress) {
    this.file = file;
    this.target = target;
    this.progress = progress;
  }

  /// The folder that a packed file is unpacked to where nobody says another: beside it, by its name
  /// without the ending.
  ///
  /// @param file the packed file
  /// @return a folder
  public static Path beside(Path file) {
    String name = String.valueOf(file.getFileName());
    return file.resolveSibling(
        name.endsWith(".inscape")
            ? name.substring(0, name.length() - ".inscape".length())
            : name + "-study");
  }

  /// Unpacks a study; where the same file was unpacked to the folder before, nothing is done.
  ///
  /// @param file the packed file
  /// @param target a folder that is not there yet
  /// @param progress hears how far it is
  /// @throws InputException if the file is cut, changed, or no packed study
  /// @throws StudyException of kind [Kind#EXISTS] if there is something else in the folder,
  ///   [Kind#DISK] if it does not fit
  public static void unpack(Path file, Path target, Progress progress) {
    new PackReader(file, target.toAbsolutePath().normalize(), progress).unpack();
  }

  private void unpack() {
    if (!Files.isRegularFile(file)) {
      throw InputException.missing(
          file.toString(), "a packed study or the folder of one", "check the path");
    }
    try (ZipFile zip = new ZipFile(file.toFile(), StandardCharsets.UTF_8)) {
      byte[] manifest = manifestBytes(zip);
      if (Files.exists(target)) {
        requireSame(manifest);
        return;
      }
      PackManifest checked = check(zip, parse(manifest));
      requireRoom(checked);
      place(zip, checked, manifest);
    } catch (ZipException e) {
      throw damaged("its end", String.valueOf(e.getMessage()), "the list of a zip archive");
    } catch (IOException e) {
      throw new StudyException(
          Kind.DISK, file + " cannot be unpacked to " + target + ": " + e.getMessage(), e);
    }
  }

  private InputException damaged(String where, String found, String expected) {
    return InputException.malformed(
        file.toString(), where, found, expected, "it is cut or was changed; ask for it again");
  }

  private byte[] manifestBytes(ZipFile zip) throws IOException {
    ZipEntry entry = zip.getEntry(PackManifest.NAME);
    if (entry == null) {
      throw damaged("its list", "no " + PackManifest.NAME, "a study that was packed by Inscape");
    }
    try (InputStream in = zip.getInputStream(entry)) {
      byte[] bytes = in.readNBytes(LONGEST_MANIFEST + 1);
      if (bytes.length > LONGEST_MANIFEST) {
        throw damaged(
            PackManifest.NAME,
            "more than " + LONGEST_MANIFEST + " bytes",
            "a list of the study's files");
      }
      return bytes;
    }
  }

  private PackManifest parse(byte[] bytes) {
    PackManifest manifest;
    try {
      manifest = Json.read(new String(bytes, StandardCharsets.UTF_8), PackManifest.class);
    } catch (IllegalArgumentException e) {
      throw damaged(PackManifest.NAME, String.valueOf(e.getMessage()), "a list of files");
    }
    if (manifest.format() != PackManifest.FORMAT) {
      throw InputException.unsupported(
          file.toString(),
          PackManifest.NAME,
          "format " + manifest.format(),
          "format " + PackManifest.FORMAT,
          "open it with the version that packed it");
    }
    return manifest;
  }

  private void requireSame(byte[] manifest) throws IOException {
    Path kept = target.resolve(PackManifest.NAME);
    boolean same =
        Files.isRegularFile(kept)
            && Files.size(kept) == manifest.length
            && Arrays.equals(Files.readAllBytes(kept), manifest);
    if (!same) {
      throw new StudyException(
          Kind.EXISTS,
          file
              + " unpacks to a folder of its own, but "
              + target
              + " holds something else already; name another with --to");
    }
  }

  /// Compares the archive's list with the manifest before a byte is written.
  private PackManifest check(ZipFile zip, PackManifest manifest) {
    PackNames names = new PackNames();
    Set<String> listed = new HashSet<>();
    for (PackedFile packed : manifest.files()) {
      String refused = names.refused(packed.path());
      if (refused != null || packed.path().equals(PackManifest.NAME)) {
        throw damaged(
            "the name " + shown(packed.path()),
            refused == null ? "the manifest itself" : refused,
            "a file below the study's folder");
      }
      ZipEntry entry = zip.getEntry(packed.path());
      if (entry == null || entry.isDirectory()) {
        throw damaged(packed.path(), "nothing", packed.bytes() + " bytes as its manifest says");
      }
      if (packed.bytes() < 0 || entry.getSize() != packed.bytes()) {
        throw damaged(
            packed.path(),
            entry.getSize() + " bytes",
            packed.bytes() + " bytes as its manifest says");
      }
      listed.add(packed.path());
    }
    listed.add(PackManifest.NAME);
    Set<String> seen = new HashSet<>();
    for (ZipEntry entry : Collections.list(zip.entries())) {
      if (!listed.contains(entry.getName()) || !seen.add(entry.getName())) {
        throw damaged(
            "the name " + shown(entry.getName()),
            "a file that its manifest does not list, or lists once",
            "only those that it lists");
      }
    }
    return manifest;
  }

  private static String shown(String name) {
    String clean = name.replaceAll("\\p{Cntrl}", "?");
    return '"' + (clean.length() > 100 ? clean.substring(0, 100) + "..." : clean) + '"';
  }

  private void requireRoom(PackManifest manifest) throws IOException {
    long bytes = 0;
    for (PackedFile packed : manifest.files()) {
      bytes = bytes + packed.bytes() < bytes ? Long.MAX_VALUE : bytes + packed.bytes();
    }
    Path parent = parent();
    Files.createDirectories(parent);
    long room = Files.getFileStore(parent).getUsableSpace();
    if (bytes > room - SPARE) {
      throw new StudyException(
          Kind.DISK,
          file
              + " unpacks to "
              + bytes
              + " bytes, and "
              + parent
              + " has room for "
              + Math.max(0, room - SPARE)
              + "; make room, or name another place with --to");
    }
  }

  private Path parent() {
    Path parent = target.getParent();
    if (parent == null) {
      throw new IllegalArgumentException(
          "a study cannot be unpacked to " + target + "; name a folder with --to");
    }
    return parent;
  }

  private void place(ZipFile zip, PackManifest manifest, byte[] bytes) throws IOException {
    Path aside = Files.createTempDirectory(parent(), target.getFileName() + ".tmp-");
    boolean placed = false;
    try {
      long total = manifest.files().stream().mapToLong(PackedFile::bytes).sum();
      for (PackedFile packed : manifest.files()) {
        extract(zip, packed, aside.resolve(packed.path()), total);
      }
      requireOwnData(aside);
      Files.write(aside.resolve(PackManifest.NAME), bytes, StandardOpenOption.CREATE_NEW);
      Files.move(aside, target);
      placed = true;
    } finally {
      if (!placed) {
        remove(aside);
      }
    }
  }

  /// A study without its observations would make this machine open whatever place it names.
  private void requireOwnData(Path folder) {
    StudyFolder inside = new StudyFolder(folder);
    if (!Files.isRegularFile(inside.description())) {
      throw damaged("its list", "no study.json", "a study");
    }
    Object dataset = Json.read(inside.description(), Map.class).get("dataset");
    String source = dataset instanceof Map<?, ?> named ? String.valueOf(named.get("source")) : "";
    boolean texts =
        dataset instanceof Map<?, ?> named
            && StudyInfo.DataKind.TEXTS.name().equalsIgnoreCase(String.valueOf(named.get("kind")));
    List<Path> needed =
        texts
            ? List.of(inside.observedTexts(), inside.observedTokenizer())
            : List.of(inside.observed());
    for (Path one : needed) {
      if (!Files.isRegularFile(one) && !source.matches(PackWriter.COMES_ALONG)) {
        throw damaged(
            "its list", "no " + one.getFileName(), "the observations that the study looks at");
      }
    }
  }

  private void extract(ZipFile zip, PackedFile packed, Path to, long total) throws IOException {
    Path folder = to.getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    MessageDigest digest = PackWriter.sha256();
    long bytes = 0;
    try (InputStream in = zip.getInputStream(zip.getEntry(packed.path()));
        OutputStream out =
            Files.newOutputStream(to, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      byte[] block = new byte[BLOCK];
      for (int read = in.read(block); read >= 0; read = in.read(block)) {
        bytes += read;
        if (bytes > packed.bytes()) {
          throw damaged(
              packed.path(),
              "more than " + packed.bytes() + " bytes",
              packed.bytes() + " bytes as its manifest says");
        }
        out.write(block, 0, read);
        digest.update(block, 0, read);
        done += read;
        progress.report("unpacking", (double) done / Math.max(1, total));
        if (Thread.currentThread().isInterrupted()) {
          throw new CancellationException("unpacking was interrupted");
        }
      }
    } catch (ZipException | java.io.EOFException e) {
      throw damaged(packed.path(), String.valueOf(e.getMessage()), "its content");
    }
    String found = HexFormat.of().formatHex(digest.digest());
    if (bytes != packed.bytes() || !found.equals(packed.sha256())) {
      throw damaged(
          packed.path(),
          bytes + " bytes with SHA-256 " + found.substring(0, 12) + "...",
          packed.bytes() + " bytes with another digest, as its manifest says");
    }
  }

  private static void remove(Path folder) throws IOException {
    List<Path> all;
    try (Stream<Path> entries = Files.walk(folder)) {
      all = entries.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : all) {
      Files.deleteIfExists(path);
    }
  }
}
