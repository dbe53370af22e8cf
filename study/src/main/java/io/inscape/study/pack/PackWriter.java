package io.inscape.study.pack;

import io.inscape.matrix.Progress;
import io.inscape.study.Study;
import io.inscape.study.StudyInfo;
import io.inscape.study.file.BuildVersion;
import io.inscape.study.file.Json;
import io.inscape.study.file.SafeFiles;
import io.inscape.study.file.StudyException;
import io.inscape.study.file.StudyException.Kind;
import io.inscape.study.file.StudyFolder;
import io.inscape.study.pack.PackManifest.PackedFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// Packs a study into one file: a zip archive of its folder, a copy of the observations that it
/// looks at, and a manifest with the size and SHA-256 of each file.
///
/// Files are read once and in blocks, whatever their size. The same study gives the same bytes.
public final class PackWriter {
  /// The data sets that whoever has Inscape has.
  static final String COMES_ALONG = "mnist(:.*)?";

  private static final int BLOCK = 1 << 18;
  private static final long TIME = 315_619_200_000L; // 1980, the earliest that an archive can say

  private final Study study;
  private final StudyFolder folder;
  private final boolean activations;
  private final Progress progress;
  private final List<PackedFile> packed = new ArrayList<>();
  private long done;
  private long total;

  private PackWriter(Study study, boolean activations, Progress progress) {
    this.study = study;
    this.folder = new StudyFolder(study.folder());
    this.activations = activations;
    this.progress = progress;
  }

  /// Packs a study.
  ///
  /// @param study open for writing, so that nobody else writes to it meanwhile
  /// @param target the file; there whole or not at all
  /// @param activations whether the captured activations go along, which are most of a study's
  ///   size; without them the units cannot be looked at
  /// @param progress hears how far it is
  /// @return what went in
  /// @throws StudyException of kind [Kind#DISK] if it cannot be written
  /// @throws io.inscape.dataset.InputException if the data set is gone, and its observations must
  ///   go along
  public static PackManifest write(
      Study study, Path target, boolean activations, Progress progress) {
    if (target
        .toAbsolutePath()
        .normalize()
        .startsWith(study.folder().toAbsolutePath().normalize())) {
      throw new IllegalArgumentException(
          "the packed file cannot lie in the study itself, got " + target + "; name another place");
    }
    PackWriter writer = new PackWriter(study, activations, progress);
    List<PackManifest> manifest = new ArrayList<>();
    SafeFiles.plain().produce(target, aside -> manifest.add(writer.produce(aside)));
    return manifest.getFirst();
  }

  private PackManifest produce(Path file) throws IOException {
    List<Path> paths = files();
    for (Path path : paths) {
      total += Files.size(path);
    }
    Path observed = Files.createTempDirectory("inscape-observed");
    try (OutputStream out = Files.newOutputStream(file);
        ZipOutputStream zip = new ZipOutputStream(out, StandardCharsets.UTF_8)) {
      zip.setLevel(1); // most is numbers, which shrink little however long one tries
      for (Path path : paths) {
        add(zip, name(path), path);
      }
      if (needsObserved()) {
        study.writeObserved(observed);
        List<Path> copies = copies(observed);
        for (Path copy : copies) {
          total += Files.size(copy);
        }
        for (Path copy : copies) {
          add(zip, copy.getFileName().toString(), copy);
        }
      }
      PackManifest manifest =
          new PackManifest(
              PackManifest.FORMAT, BuildVersion.current(), study.info().name(), packed);
      zip.putNextEntry(entry(PackManifest.NAME));
      zip.write(Json.pretty(manifest));
      zip.closeEntry();
      zip.finish();
      return manifest;
    } finally {
      for (Path copy : copies(observed)) {
        Files.deleteIfExists(copy);
      }
      Files.deleteIfExists(observed);
    }
  }

  private static List<Path> copies(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }

  private boolean needsObserved() {
    boolean texts = study.info().dataset().kind() == StudyInfo.DataKind.TEXTS;
    boolean there = Files.exists(texts ? folder.observedTexts() : folder.observed());
    return !there && !study.info().dataset().source().matches(COMES_ALONG);
  }

  private List<Path> files() throws IOException {
    List<Path> files = new ArrayList<>();
    Path root = folder.root();
    Files.walkFileTree(
        root,
        EnumSet.of(FileVisitOption.FOLLOW_LINKS), // what a person put elsewhere goes along
        Integer.MAX_VALUE,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes attributes) {
            boolean left = !activations && path.equals(root.resolve("activations"));
            return left ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) {
            String name = path.getFileName().toString();
            boolean ours =
                !name.equals(".lock")
                    && !name.contains(".tmp-")
                    && !path.equals(root.resolve(PackManifest.NAME));
            if (ours && attributes.isRegularFile()) {
              files.add(path);
            }
            return FileVisitResult.CONTINUE;
          }
        });
    Collections.sort(files); // the order in which a disk lists them is its own
    PackNames names = new PackNames();
    for (Path file : files) {
      String refused = names.refused(name(file));
      if (refused != null) {
        throw new StudyException(
            Kind.DAMAGED,
            file + " cannot be packed, it has " + refused + "; rename it or take it out");
      }
    }
    return files;
  }

  private String name(Path file) {
    return folder.root().relativize(file).toString().replace('\\', '/');
  }

  private void add(ZipOutputStream zip, String name, Path file) throws IOException {
    MessageDigest digest = sha256();
    zip.putNextEntry(entry(name));
    DigestOutputStream out = new DigestOutputStream(zip, digest);
    byte[] block = new byte[BLOCK];
    long bytes = 0;
    try (InputStream in = Files.newInputStream(file)) {
      for (int read = in.read(block); read >= 0; read = in.read(block)) {
        out.write(block, 0, read);
        bytes += read;
        done += read;
        progress.report("packing", (double) done / Math.max(1, total));
        if (Thread.currentThread().isInterrupted()) {
          throw new CancellationException("packing was interrupted");
        }
      }
    }
    zip.closeEntry();
    packed.add(new PackedFile(name, bytes, HexFormat.of().formatHex(digest.digest())));
  }

  private static ZipEntry entry(String name) {
    ZipEntry entry = new ZipEntry(name);
    entry.setTime(TIME);
    return entry;
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
