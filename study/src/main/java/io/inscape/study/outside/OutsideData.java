package io.inscape.study.outside;

import io.inscape.activation.ArrayFile;
import io.inscape.activation.ArrayPlace;
import io.inscape.activation.Labels;
import io.inscape.activation.NpyRows;
import io.inscape.activation.NpyType;
import io.inscape.activation.RowReader;
import io.inscape.dataset.Content;
import io.inscape.dataset.ImageShape;
import io.inscape.dataset.Images;
import io.inscape.dataset.InputException;
import io.inscape.dataset.Targets;
import io.inscape.dataset.Vectors;
import io.inscape.study.file.Digests;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a folder of activations tells of the observations: `labels.npy`, `classes.txt`, and
/// `images.npy` or `vectors.npy`; all of it may be missing.
public final class OutsideData implements AutoCloseable {
  /// Larger files are told apart by what describes them, not read for it.
  private static final long READ_FOR_DIGEST = 256L << 20;

  private static final int MOST_CLASSES = 1 << 16; // they travel as uint16

  private final int count;
  private final Targets targets;
  private final List<String> classNames;
  private final @Nullable Path imagesFile;
  private final @Nullable ImageShape shape;
  private final boolean channelsLast;
  private final @Nullable NpyRows vectors;
  private final String digest;
  private @Nullable Images images;

  private OutsideData(Reading reading) {
    this.count = reading.count;
    this.targets = reading.targets;
    this.classNames = reading.classNames;
    this.imagesFile = reading.imagesFile;
    this.shape = reading.shape;
    this.channelsLast = reading.channelsLast;
    this.vectors = reading.vectors;
    this.digest = reading.digest;
  }

  /// Reads what is there.
  ///
  /// @param folder the folder
  /// @return what it tells, to be closed
  /// @throws InputException if it is no folder, a file in it is damaged, or two do not fit
  public static OutsideData open(Path folder) {
    return new OutsideData(new Reading(folder));
  }

  /// {@return how many observations there are}
  public int count() {
    return count;
  }

  /// {@return what is known of each observation}
  public Targets targets() {
    return targets;
  }

  /// {@return the names of the classes, in the order of the labels; empty without classes}
  public List<String> classNames() {
    return classNames;
  }

  /// {@return the size of the images, if the observations are images}
  public Optional<ImageShape> shape() {
    return Optional.ofNullable(shape);
  }

  /// {@return how many numbers an observation has itself; 0 where only its activations are there}
  public int columns() {
    return shape != null ? shape.size() : vectors == null ? 0 : vectors.cols();
  }

  /// {@return SHA-256 over what is there}
  public String digest() {
    return digest;
  }

  /// {@return the observations themselves, if they are there}
  ///
  /// @throws InputException if the images cannot be read
  public synchronized Optional<Content> content() {
    if (vectors != null) {
      return Optional.of(Vectors.of(vectors.rows(), vectors.cols(), vectors::copy));
    }
    if (images == null && imagesFile != null && shape != null) {
      images = readImages(imagesFile, shape);
    }
    return Optional.ofNullable(images);
  }

  private Images readImages(Path file, ImageShape of) {
    ArrayPlace place = ArrayPlace.ofNumpy(file, "", 0, size(file));
    byte[] pixels = new byte[Math.toIntExact(place.count())];
    try (FileChannel channel = FileChannel.open(file)) {
      ByteBuffer target = ByteBuffer.wrap(pixels);
      while (target.hasRemaining()
          && channel.read(target, place.offset() + target.position()) >= 0) {
        // goes on until all is there
      }
    } catch (IOException e) {
      throw InputException.refused(file.toString(), "read", e);
    }
    return Images.of(of, channelsLast ? channelsFirst(pixels, of) : pixels);
  }

  private static byte[] channelsFirst(byte[] pixels, ImageShape shape) {
    int channels = shape.channels();
    int area = shape.size() / channels;
    byte[] turned = new byte[pixels.length];
    for (int start = 0; start < pixels.length; start += shape.size()) {
      for (int i = 0; i < area; i++) {
        for (int channel = 0; channel < channels; channel++) {
          turned[start + channel * area + i] = pixels[start + i * channels + channel];
        }
      }
    }
    return turned;
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw InputException.refused(file.toString(), "read", e);
    }
  }

  @Override
  public void close() {
    if (vectors != null) {
      vectors.close();
    }
  }

  /// Reads a folder.
  private static final class Reading {
    private final Path folder;
    private final List<Object> parts = new ArrayList<>();
    private int count = -1;
    private String countedBy = "";
    private Targets targets = new Targets.None(0);
    private List<String> classNames = List.of();
    private @Nullable Path imagesFile;
    private @Nullable ImageShape shape;
    private boolean channelsLast;
    private @Nullable NpyRows vectors;
    private final String digest;

    Reading(Path folder) {
      this.folder = folder;
      if (!Files.isDirectory(folder)) {
        throw InputException.missing(
            folder.toString(), "a folder of activations", "check the path");
      }
      Path images = folder.resolve("images.npy");
      Path rows = folder.resolve("vectors.npy");
      if (Files.exists(images)) {
        images(images);
      } else if (Files.exists(rows)) {
        vectors = NpyRows.open(rows);
        counted(vectors.rows(), rows);
      }
      Path labels = folder.resolve("labels.npy");
      if (Files.exists(labels)) {
        labels(labels);
      }
      if (count < 0) {
        countActivations();
      }
      if (targets instanceof Targets.None) {
        targets = new Targets.None(count);
      }
      parts.add(count);
      digest = Digests.ofJson(parts);
    }

    private void images(Path file) {
      ArrayPlace place = ArrayPlace.ofNumpy(file, "", 0, size(file));
      List<Long> axes = place.shape();
      boolean fits =
          place.type() == NpyType.UINT8
              && !place.fortran()
              && (axes.size() == 3 || axes.size() == 4)
              && axes.stream().allMatch(axis -> axis > 0)
              && place.count() <= Integer.MAX_VALUE - 8;
      channelsLast = fits && axes.size() == 4 && colours(axes.get(3)) && !colours(axes.get(1));
      if (!fits || (axes.size() == 4 && !channelsLast && !colours(axes.get(1)))) {
        throw InputException.unsupported(
            file.toString(),
            "the header",
            place.type() + " " + axes + (place.fortran() ? " in Fortran order" : ""),
            "UINT8 [observation, row, col], [observation, channel, row, col] or [observation, row,"
                + " col, channel] in C order, with 1 or 3 channels and less than 2 GiB",
            "scale the images to 0 to 255 and convert them, as in a.astype('u1')");
      }
      int[] sizes = axes.stream().mapToInt(Math::toIntExact).toArray();
      shape =
          sizes.length == 3
              ? new ImageShape(1, sizes[1], sizes[2])
              : channelsLast
                  ? new ImageShape(sizes[3], sizes[1], sizes[2])
                  : new ImageShape(sizes[1], sizes[2], sizes[3]);
      imagesFile = file;
      counted(sizes[0], file);
    }

    private static boolean colours(long channels) {
      return channels == 1 || channels == 3;
    }

    /// Whole numbers are classes; other numbers are values.
    private void labels(Path file) {
      List<String> names = OutsideFolder.lines(folder.resolve("classes.txt"));
      Optional<float[]> values = values(file);
      if (values.isPresent()) {
        targets = new Targets.Values(values.get());
      } else {
        Labels found = ArrayFile.open(file.toString()).labels();
        targets = new Targets.Classes(names.isEmpty() ? found.classes() : named(found, names));
        classNames = names.isEmpty() ? found.names() : names;
        if (classNames.size() > MOST_CLASSES) {
          throw InputException.unsupported(
              file.toString(),
              "the labels",
              classNames.size() + " different values",
              "at most " + MOST_CLASSES + " classes",
              "save them as floating-point numbers if they are values and not classes");
        }
      }
      parts.add(classNames);
      counted(targets.count(), file);
    }

    private int[] named(Labels found, List<String> names) {
      return Arrays.stream(found.classes())
          .map(index -> {
            String value = found.names().get(index);
            if (!value.matches("\\d{1,9}") || Integer.parseInt(value) >= names.size()) {
              throw InputException.unsupported(
                  folder.resolve("labels.npy").toString(),
                  "the labels",
                  "label " + value,
                  "0 to " + (names.size() - 1) + ", one for each line of classes.txt",
                  "number the classes from 0, or complete classes.txt");
            }
            return Integer.parseInt(value);
          })
          .toArray();
    }

    private static Optional<float[]> values(Path file) {
      ArrayPlace place = ArrayPlace.ofNumpy(file, "", 0, size(file));
      boolean flat = place.shape().stream().filter(axis -> axis != 1).count() <= 1;
      if (!place.type().isReal() || !flat || place.shape().isEmpty()) {
        return Optional.empty();
      }
      boolean whole = true;
      try (RowReader reader = place.open(Integer.MAX_VALUE)) {
        float[] values = new float[reader.rows()];
        for (int i = 0; i < values.length; i++) {
          reader.copy(i, 0, 1, values, i);
          if (!Float.isFinite(values[i])) {
            throw InputException.malformed(
                file.toString(),
                "observation " + i,
                Float.toString(values[i]),
                "finite numbers",
                "leave out the observations without a label");
          }
          whole &= values[i] == Math.rint(values[i]);
        }
        return whole ? Optional.empty() : Optional.of(values);
      }
    }

    private void counted(int rows, Path file) {
      if (count >= 0 && rows != count) {
        throw InputException.unsupported(
            file.toString(),
            "the header",
            rows + " observations",
            count + ", as in " + countedBy,
            "both must be of the same observations in the same order");
      }
      count = rows;
      countedBy = file.toString();
      try {
        parts.add(String.valueOf(file.getFileName()));
        parts.add(
            size(file) <= READ_FOR_DIGEST
                ? Digests.of(file)
                : size(file) + " " + ArrayPlace.ofNumpy(file, "", 0, size(file)).shape());
      } catch (IOException e) {
        throw InputException.refused(file.toString(), "read", e);
      }
    }

    private void countActivations() {
      List<OutsideRun> runs = OutsideFolder.find(folder);
      if (runs.isEmpty()) {
        throw InputException.missing(
            folder.resolve("<run>/<epoch>/<layer>.npy").toString(),
            "a folder for each run with its epochs in it",
            "see docs/formats.md, Activations made elsewhere");
      }
      List<Long> axes = runs.getFirst().epochs().getFirst().layers().getFirst().array().shape();
      count = (int) Math.min(Integer.MAX_VALUE - 8, axes.getFirst());
    }
  }
}
