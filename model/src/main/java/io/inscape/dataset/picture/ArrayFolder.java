package io.inscape.dataset.picture;

import io.inscape.activation.ArrayFile;
import io.inscape.activation.Labels;
import io.inscape.activation.NpyType;
import io.inscape.dataset.Dataset;
import io.inscape.dataset.ImageShape;
import io.inscape.dataset.Images;
import io.inscape.dataset.InputException;
import io.inscape.dataset.Split;
import io.inscape.dataset.Targets;
import io.inscape.matrix.Progress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/// Reads images that are arrays of NumPy: `images.npy`, unsigned bytes `[image, row, col]`,
/// `[image, channel, row, col]` or `[image, row, col, channel]` with 1 or 3 channels, and
/// `labels.npy`, one number for each image: whole numbers are classes, floats are values, without
/// the file there are no labels. `classes.txt` may name the classes.
///
/// They lie in `train` and `test`, or in the folder itself: then every sixth image is held back.
/// The images are mapped and not read before they are asked for.
final class ArrayFolder {
  private static final String IMAGES = "images.npy";
  private static final String LABELS = "labels.npy";
  private static final List<Integer> CHANNELS = List.of(1, 3);

  private final Path folder;
  private final MessageDigest digest = Pictures.sha256();

  private ArrayFolder(Path folder) {
    this.folder = folder;
  }

  static boolean isIn(Path folder) {
    return Files.exists(folder.resolve(IMAGES))
        || Files.exists(folder.resolve("train").resolve(IMAGES));
  }

  static Dataset read(Path folder, Progress progress) {
    return new ArrayFolder(folder).read(progress);
  }

  /// What lies in one folder.
  private record Part(
      Path file, Images images, Optional<Labels> classes, Optional<float[]> values) {}

  private Dataset read(Progress progress) {
    progress.report("read images", 0);
    List<Part> parts = List.of();
    if (Files.exists(folder.resolve(IMAGES))) {
      parts = List.of(part(folder));
    } else {
      Path held = folder.resolve("test");
      if (!Files.exists(held.resolve(IMAGES))) {
        throw InputException.missing(
            held.resolve(IMAGES).toString(),
            "the images held back",
            "put some of the images there");
      }
      parts = List.of(part(folder.resolve("train")), part(held));
    }
    progress.report("read images", 1);
    requireAlike(parts);
    List<String> classes = classes(parts);
    List<Split> splits = parts.stream().map(part -> split(part, classes)).toList();
    Split all = splits.getFirst();
    return new Dataset(
        FolderListing.name(folder.toAbsolutePath().normalize()),
        folder.toString(),
        classes,
        splits.size() > 1 ? all : some(all, false),
        splits.size() > 1 ? splits.getLast() : some(all, true),
        HexFormat.of().formatHex(digest.digest()));
  }

  private Part part(Path root) {
    Path file = root.resolve(IMAGES);
    Images images = images(file);
    Path labels = root.resolve(LABELS);
    if (!Files.exists(labels)) {
      return new Part(file, images, Optional.empty(), Optional.empty());
    }
    ArrayFile array = ArrayFile.open(labels.toString());
    long count = LongStream.of(array.shape()).reduce(1, (a, b) -> a * b);
    if (count != images.count()) {
      throw InputException.malformed(
          labels.toString(),
          "the header",
          count + " labels",
          images.count() + ", one for each image of " + file,
          "are the two files of one data set?");
    }
    digest.update(ImageIndex.bytes(array.sha256()));
    return array.type().isReal()
        ? new Part(file, images, Optional.empty(), Optional.of(array.numbers()))
        : new Part(file, images, Optional.of(array.labels()), Optional.empty());
  }

  private Images images(Path file) {
    ArrayFile array = ArrayFile.open(file.toString());
    if (array.type() != NpyType.UINT8) {
      throw InputException.unsupported(
          file.toString(),
          "the header",
          "images of " + (array.type().isReal() ? "floats" : array.type()),
          "unsigned bytes (uint8), 0 to 255",
          array.type().isReal()
              ? "of numbers in [0, 1] save (images * 255).round().astype('uint8')"
              : "save images.astype('uint8')");
    }
    if (array.fortran()) {
      throw InputException.unsupported(
          file.toString(),
          "the header",
          "an array in Fortran order",
          "C order",
          "save numpy.ascontiguousarray(images)");
    }
    Layout layout = layout(file, array.shape());
    MappedFile bytes = MappedFile.of(file);
    bytes.addTo(digest);
    int count = Math.toIntExact(array.shape()[0]);
    int size = layout.shape.size();
    long start = bytes.length() - (long) count * size; // the header ends where the values begin
    return Images.read(
        layout.shape,
        count,
        (observation, target, offset) -> {
          bytes.copy(start + (long) observation * size, target, offset, size);
          if (layout.channelsLast) {
            turn(target, offset, layout.shape);
          }
        });
  }

  /// How one image is stored.
  private record Layout(ImageShape shape, boolean channelsLast) {}

  private static Layout layout(Path file, long[] axes) {
    boolean first = axes.length == 4 && CHANNELS.contains((int) axes[1]);
    boolean last = axes.length == 4 && CHANNELS.contains((int) axes[3]);
    long most = LongStream.of(axes).max().orElse(0);
    long least = LongStream.of(axes).min().orElse(0);
    boolean flat = axes.length == 3;
    if ((!flat && first == last) || least < 1 || most > Integer.MAX_VALUE) {
      throw InputException.unsupported(
          file.toString(),
          "the header",
          "an array of shape " + Arrays.toString(axes),
          "[image, row, col], [image, channel, row, col] or [image, row, col, channel] with 1 or 3"
              + " channels",
          first && last ? "which axis the channels are cannot be told; save another order" : "");
    }
    int a = (int) axes[1];
    int b = (int) axes[2];
    if (flat) {
      return new Layout(new ImageShape(1, a, b), false);
    }
    int c = (int) axes[3];
    return first
        ? new Layout(new ImageShape(a, b, c), false)
        : new Layout(new ImageShape(c, a, b), true);
  }

  /// `[row, col, channel]` to `[channel, row, col]`, in place.
  private static void turn(byte[] target, int offset, ImageShape shape) {
    byte[] stored = Arrays.copyOfRange(target, offset, offset + shape.size());
    int plane = shape.rows() * shape.cols();
    for (int i = 0; i < stored.length; i++) {
      target[offset + i % shape.channels() * plane + i / shape.channels()] = stored[i];
    }
  }

  private void requireAlike(List<Part> parts) {
    Part first = parts.getFirst();
    Part last = parts.getLast();
    if (first.classes.isPresent() != last.classes.isPresent()
        || first.values.isPresent() != last.values.isPresent()) {
      throw InputException.malformed(
          last.file.toString(),
          "its labels",
          kind(last),
          kind(first) + " as in " + first.file,
          "label both parts alike");
    }
    if (!first.images.shape().equals(last.images.shape())) {
      throw InputException.malformed(
          last.file.toString(),
          "the header",
          "images of " + last.images.shape(),
          first.images.shape() + " as in " + first.file,
          "are the files of one data set?");
    }
  }

  private static String kind(Part part) {
    return part.classes.isPresent() ? "classes" : part.values.isPresent() ? "numbers" : "none";
  }

  private List<String> classes(List<Part> parts) {
    if (parts.getFirst().classes.isEmpty()) {
      return List.of();
    }
    Path names = folder.resolve("classes.txt");
    if (Files.exists(names)) {
      List<String> read = ClassNames.read(names);
      digest.update(ImageIndex.bytes(String.join("\n", read)));
      return read;
    }
    TreeSet<String> all =
        new TreeSet<>(java.util.Comparator.comparingLong(Long::parseUnsignedLong));
    for (Part part : parts) {
      for (String name : part.classes.orElseThrow().names()) {
        all.add(requireClass(part, name));
      }
    }
    return List.copyOf(all);
  }

  private String requireClass(Part part, String name) {
    if (name.startsWith("-")) {
      throw InputException.malformed(
          part.file.resolveSibling(LABELS).toString(),
          "its labels",
          "class " + name,
          "classes from 0 on",
          "save floats where the labels are numbers to be predicted");
    }
    return name;
  }

  private Split split(Part part, List<String> classes) {
    if (part.values.isPresent()) {
      return new Split(part.images, new Targets.Values(part.values.get()));
    }
    if (part.classes.isEmpty()) {
      return new Split(part.images, new Targets.None(part.images.count()));
    }
    boolean named = Files.exists(folder.resolve("classes.txt"));
    Labels labels = part.classes.get();
    int[] classOf = new int[labels.names().size()];
    for (int i = 0; i < classOf.length; i++) {
      String name = requireClass(part, labels.names().get(i));
      classOf[i] = named ? place(part, name, classes.size()) : classes.indexOf(name);
    }
    int[] given = labels.classes();
    Arrays.setAll(given, i -> classOf[given[i]]);
    return new Split(part.images, given);
  }

  private static int place(Part part, String name, int classes) {
    long place = Long.parseUnsignedLong(name);
    if (place < 0 || place >= classes) {
      throw InputException.malformed(
          part.file.resolveSibling(LABELS).toString(),
          "its labels",
          "class " + name,
          "0 to " + (classes - 1) + ", for classes.txt has " + classes + " names",
          "add its name, or mend the labels");
    }
    return (int) place;
  }

  /// Every sixth image, or the others.
  private static Split some(Split all, boolean held) {
    int[] chosen =
        IntStream.range(0, all.count()).filter(i -> isHeld(i, all.count()) == held).toArray();
    Images images = all.images().select(chosen);
    return switch (all.targets()) {
      case Targets.Classes _ -> new Split(images, all.labels(chosen));
      case Targets.None _ -> new Split(images, new Targets.None(chosen.length));
      case Targets.Values known -> {
        float[] values = known.values();
        float[] some = new float[chosen.length];
        for (int i = 0; i < some.length; i++) {
          some[i] = values[chosen[i]];
        }
        yield new Split(images, new Targets.Values(some));
      }
    };
  }

  private static boolean isHeld(int image, int count) {
    boolean last = count < ImageFolder.HELD_BACK && image == count - 1 && count > 1;
    return image % ImageFolder.HELD_BACK == ImageFolder.HELD_BACK - 1 || last;
  }
}
