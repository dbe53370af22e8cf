package io.inscape.dataset.picture;

import io.inscape.dataset.ImageShape;
import io.inscape.dataset.Images;
import io.inscape.dataset.InputException;
import io.inscape.matrix.Progress;
import io.inscape.matrix.Workers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The image files of a data set: what is in each, the one size they are fitted to, and their
/// pixels when they are asked for.
final class ImageFiles {
  private static final int BLOCK = 2048; // files between two words of progress
  private static final int CHUNK = 32;
  private static final long MOST_BYTES = 256L << 20;
  private static final int SHARE_OF_HEAP = 16;

  private final Path folder;
  private final List<ListedImage> listed;
  private final KnownImage[] known;
  private final Fitting fitting;
  private final ImageDecoder decoder = new ImageDecoder();
  private final ImageShape shape;

  private ImageFiles(Path folder, List<ListedImage> listed, KnownImage[] known, Fitting fitting) {
    this.folder = folder;
    this.listed = List.copyOf(listed);
    this.known = known;
    this.fitting = fitting;
    this.shape = commonShape();
  }

  /// Looks at all files, or at those that an index does not know.
  ///
  /// @param folder of the data set
  /// @param listed its files, at least one
  /// @param fitting what is done to images of any size
  /// @param index where what was found is kept
  /// @param progress hears how many were looked at
  /// @throws InputException when a file is no image, is cut, or has another size
  static ImageFiles look(
      Path folder,
      List<ListedImage> listed,
      Fitting fitting,
      Optional<Path> index,
      Progress progress) {
    @Nullable KnownImage[] before =
        index.isPresent() ? ImageIndex.read(index.get(), listed) : new KnownImage[listed.size()];
    KnownImage[] known = new KnownImage[listed.size()];
    int[] unknown = new int[listed.size()];
    int count = 0;
    for (int i = 0; i < known.length; i++) {
      KnownImage image = before[i];
      if (image == null) {
        unknown[count++] = i;
      } else {
        known[i] = image;
      }
    }
    lookAt(folder, listed, java.util.Arrays.copyOf(unknown, count), known, progress);
    ImageFiles files = new ImageFiles(folder, listed, known, fitting);
    if (count > 0 && index.isPresent()) {
      ImageIndex.write(index.get(), listed, known);
    }
    return files;
  }

  private static void lookAt(
      Path folder, List<ListedImage> listed, int[] unknown, KnownImage[] known, Progress progress) {
    try (Workers workers = Workers.of(Runtime.getRuntime().availableProcessors())) {
      for (int from = 0; from < unknown.length; from += BLOCK) {
        int start = from;
        progress.report("read images", (double) from / unknown.length);
        workers.forEachChunk(
            Math.min(BLOCK, unknown.length - from),
            CHUNK,
            (_, first, last) -> {
              for (int i = first; i < last; i++) {
                int at = unknown[start + i];
                known[at] = lookAt(folder.resolve(listed.get(at).path()));
              }
            });
      }
    }
    progress.report("read images", 1);
  }

  private static KnownImage lookAt(Path file) {
    byte[] content = content(file);
    ImageHeader header = ImageHeader.read(file.toString(), content);
    return new KnownImage(
        Pictures.sha256().digest(content), header.rows(), header.cols(), header.grey());
  }

  /// {@return what is in an image file, which is of a modest size}
  static byte[] content(Path file) {
    long most = Math.min(MOST_BYTES, Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP);
    try {
      long bytes = Files.size(file);
      if (bytes > most) {
        throw InputException.unsupported(
            file.toString(),
            "its size",
            bytes + " bytes",
            "at most " + most + " bytes",
            "make it smaller, or take it away");
      }
      return Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      throw FolderListing.vanished(file.toString());
    } catch (IOException e) {
      throw InputException.refused(file.toString(), "read", e);
    }
  }

  /// {@return the size of every image once it is fitted}
  ImageShape shape() {
    return shape;
  }

  private ImageShape commonShape() {
    boolean grey = true;
    for (KnownImage image : known) {
      grey &= image.grey();
    }
    ImageShape common = fitted(0, grey);
    for (int i = 0; i < known.length; i++) {
      requireModest(i);
      ImageShape own = fitted(i, grey);
      if (!own.equals(common)) {
        throw InputException.malformed(
            path(i),
            "its size",
            known[i].words(),
            known[0].words() + " as " + path(0),
            advice(known[0], own, common));
      }
    }
    return common;
  }

  private void requireModest(int at) {
    KnownImage image = known[at];
    ImageHeader size =
        new ImageHeader(ImageHeader.Kind.PNG, image.rows(), image.cols(), image.grey());
    if (!decoder.isModest(size)) {
      decoder.requireModest(path(at), size);
    }
  }

  private String advice(KnownImage first, ImageShape own, ImageShape common) {
    if (fitting.isEmpty()) {
      return "images of different sizes need a step at the front of the preprocessing, such as"
          + " resize("
          + first.rows()
          + ","
          + first.cols()
          + ") or resize(256),crop(224)";
    }
    int side = Math.min(common.rows(), common.cols());
    return fitting
        + " makes them "
        + own.rows()
        + " x "
        + own.cols()
        + " and "
        + common.rows()
        + " x "
        + common.cols()
        + ", and all must be of one size; add crop("
        + side
        + "), or use resize(rows,cols)";
  }

  private ImageShape fitted(int at, boolean grey) {
    KnownImage image = known[at];
    try {
      return fitting.after(new ImageShape(grey ? 1 : 3, image.rows(), image.cols()));
    } catch (IllegalArgumentException e) {
      throw InputException.unsupported(
          path(at),
          "its size",
          image.words(),
          "what " + fitting + " takes",
          String.valueOf(e.getMessage()));
    }
  }

  private String path(int at) {
    return folder.resolve(listed.get(at).path()).toString();
  }

  /// {@return the images, read when they are asked for}
  Images images() {
    return Images.cached(shape, known.length, this::read);
  }

  private void read(int observation, byte[] target, int offset) {
    Path file = folder.resolve(listed.get(observation).path());
    byte[] content = content(file);
    if (!MessageDigest.isEqual(Pictures.sha256().digest(content), known[observation].digest())) {
      throw InputException.malformed(
          file.toString(),
          "its content",
          "another image than when the data set was opened",
          "the same",
          "put the old file back, or open the data set again");
    }
    ImageHeader header = ImageHeader.read(file.toString(), content);
    byte[] pixels = decoder.decode(file.toString(), header, content, shape.channels());
    ImageShape whole = new ImageShape(shape.channels(), header.rows(), header.cols());
    System.arraycopy(fitting.apply(pixels, whole), 0, target, offset, shape.size());
  }

  /// {@return SHA-256 over label, name and content of every file, in hexadecimal}
  String digest() {
    MessageDigest digest = Pictures.sha256();
    for (int i = 0; i < known.length; i++) {
      ListedImage image = listed.get(i);
      digest.update(ImageIndex.bytes(image.label() + "/" + image.name() + "\n"));
      digest.update(Objects.requireNonNull(known[i]).digest());
    }
    return java.util.HexFormat.of().formatHex(digest.digest());
  }
}
