package io.inscape.dataset.picture;

import io.inscape.dataset.Dataset;
import io.inscape.dataset.Images;
import io.inscape.dataset.InputException;
import io.inscape.dataset.Pipeline;
import io.inscape.dataset.Split;
import io.inscape.dataset.Targets;
import io.inscape.matrix.Progress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Reads a folder of PNG, JPEG, BMP and GIF files. Its images are unpacked when they are asked for,
/// so that a folder may be larger than memory.
///
/// | in the folder, or in each of `train` and `test` | labels |
/// |---|---|
/// | a folder for each class | the names of the class folders |
/// | `labels.csv` beside the images | a class or a number for each, as [LabelTable] reads it |
/// | images alone | none |
///
/// Without `train` and `test` every sixth image by name, of each class where they have folders, is
/// held back. The images have one channel where every file is stored in grey, and three otherwise.
public final class ImageFolder {
  private static final List<String> TRAIN = List.of("train", "training");
  private static final List<String> TEST = List.of("test", "testing", "val", "valid", "validation");

  /// One of so many images is held back where the folder has no test part.
  static final int HELD_BACK = 6;

  private final Path folder;
  private final FolderListing listing;
  private boolean labelled;
  private boolean numbers;

  private ImageFolder(Path folder) {
    this.folder = folder;
    this.listing = new FolderListing(folder);
  }

  /// {@return whether a folder has images in it, by class or not, in parts or not}
  ///
  /// @param folder which exists
  public static boolean isIn(Path folder) {
    Path root = part(folder, TRAIN).orElse(folder);
    return FolderListing.hasImage(root) || FolderListing.hasClasses(root);
  }

  /// Opens a folder of images of one size.
  ///
  /// @param folder where they are
  /// @param index a file that keeps what was found in each image, so that the next opening needs no
  ///   more than a look at each file's size and time; made where it is missing
  /// @param progress hears how many images were read
  /// @return the data set
  /// @throws InputException when a file is no image, is cut, or the images' sizes differ
  public static Dataset open(Path folder, Optional<Path> index, Progress progress) {
    return open(folder, Pipeline.of(), index, progress);
  }

  /// Opens a folder of images.
  ///
  /// @param folder where they are
  /// @param pipeline the first steps of which fit images of any size into one
  /// @param index a file that keeps what was found in each image, so that the next opening needs no
  ///   more than a look at each file's size and time; made where it is missing
  /// @param progress hears how many images were read
  /// @return the data set, fitted
  /// @throws InputException when a file is no image, is cut, or the images' sizes differ
  public static Dataset open(
      Path folder, Pipeline pipeline, Optional<Path> index, Progress progress) {
    return new ImageFolder(folder).read(Fitting.of(pipeline), index, progress);
  }

  /// The digest that such a folder had in studies of formats 1 and 2.
  ///
  /// They went over label, name and whole content of every file in one stream, so that this reads
  /// all of them.
  ///
  /// @param folder where the images are
  /// @return SHA-256 in hexadecimal
  /// @throws InputException when a file cannot be read
  static String formerDigest(Path folder) {
    MessageDigest digest = Pictures.sha256();
    for (ListedImage image : new ImageFolder(folder).list().all()) {
      digest.update(ImageIndex.bytes(image.label() + "/" + image.name() + "\n"));
      digest.update(ImageFiles.content(folder.resolve(image.path())));
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private Dataset read(Fitting fitting, Optional<Path> index, Progress progress) {
    progress.report("list images", 0);
    Listed found = list();
    List<ListedImage> listed = found.all();
    int learning = found.train().size();
    progress.report("list images", 1);
    ImageFiles files = ImageFiles.look(folder, listed, fitting, index, progress);
    List<String> classes = classes(listed);
    Images images = files.images();
    return new Dataset(
        FolderListing.name(folder.toAbsolutePath().normalize()),
        folder.toString(),
        classes,
        split(images, listed, classes, 0, learning),
        split(images, listed, classes, learning, listed.size()),
        files.digest());
  }

  /// The files of both parts, at least one in each.
  private record Listed(List<ListedImage> train, List<ListedImage> test) {
    List<ListedImage> all() {
      return Stream.concat(train.stream(), test.stream()).toList();
    }
  }

  private Listed list() {
    List<ListedImage> train;
    List<ListedImage> test;
    Optional<Path> learning = part(folder, TRAIN);
    if (learning.isPresent()) {
      Path held = heldBack(learning.get());
      train = list(learning.get());
      boolean alike = labelled;
      boolean alikeNumbers = numbers;
      test = list(held);
      requireAlike(held, alike == labelled && alikeNumbers == numbers);
    } else {
      train = new ArrayList<>();
      test = new ArrayList<>();
      part(list(folder), train, test);
    }
    requireSome(train, "to learn from");
    requireSome(test, "held back");
    return new Listed(train, test);
  }

  private Path heldBack(Path learning) {
    return part(folder, TEST)
        .orElseThrow(() ->
            InputException.missing(
                folder.resolve("test").toString(),
                "the images held back, beside " + learning.getFileName(),
                "put some of the images there, "
                    + (FolderListing.hasClasses(learning)
                        ? "by class"
                        : "as they are in the other")));
  }

  private List<ListedImage> list(Path root) {
    Path table = root.resolve(LabelTable.NAME);
    numbers = false;
    labelled = true;
    if (Files.exists(table)) {
      return tabled(root, LabelTable.read(table));
    }
    if (FolderListing.hasImage(root)) {
      labelled = false;
      requireNoClasses(root);
      return listing.images(root, "", "");
    }
    List<ListedImage> images = new ArrayList<>();
    for (Path classFolder : listing.folders(root)) {
      List<ListedImage> own = listing.images(classFolder, FolderListing.name(classFolder), "");
      if (own.isEmpty()) {
        throw InputException.malformed(
            classFolder.toString(),
            "its files",
            "no image",
            "at least one, for it is the folder of a class",
            "put some there, or take the folder away");
      }
      images.addAll(own);
    }
    return images;
  }

  private void requireNoClasses(Path root) {
    for (Path inner : listing.folders(root)) {
      throw InputException.malformed(
          root.toString(),
          "its files",
          "images beside the folder " + FolderListing.name(inner),
          "images alone, or class folders alone",
          "move the images into class folders, or the folders elsewhere");
    }
  }

  private List<ListedImage> tabled(Path root, LabelTable table) {
    numbers = table.numbers();
    List<ListedImage> images = new ArrayList<>();
    Map<String, Boolean> named = new HashMap<>();
    table
        .labels()
        .forEach((name, label) -> {
          images.add(listing.image(root.resolve(name), label));
          named.put(name, true);
        });
    List<ListedImage> lying =
        FolderListing.hasImage(root) && listing.folders(root).isEmpty()
            ? listing.images(root, "", LabelTable.NAME)
            : List.of();
    for (ListedImage image : lying) {
      if (!named.containsKey(image.name())) {
        throw InputException.malformed(
            root.resolve(LabelTable.NAME).toString(),
            "its lines",
            "no label for " + image.name(),
            "one for each image of the folder",
            "add a line for it, or take the image away");
      }
    }
    return images;
  }

  private void requireAlike(Path held, boolean alike) {
    if (!alike) {
      throw InputException.malformed(
          held.toString(),
          "its labels",
          labelled ? numbers ? "numbers" : "classes" : "none",
          "the same kind as the images to learn from have",
          "label both parts alike");
    }
  }

  /// Every sixth of those with one label in a row, and the last one of two to five; where labels
  /// come from no class folders, every sixth of all.
  private void part(List<ListedImage> all, List<ListedImage> train, List<ListedImage> test) {
    boolean byClass = labelled && !Files.exists(folder.resolve(LabelTable.NAME));
    int from = 0;
    while (from < all.size()) {
      int to = from;
      while (to < all.size() && (!byClass || all.get(to).label().equals(all.get(from).label()))) {
        to++;
      }
      int count = to - from;
      for (int i = 0; i < count; i++) {
        boolean last = count < HELD_BACK && count > 1 && i == count - 1;
        boolean held = i % HELD_BACK == HELD_BACK - 1 || last;
        (held ? test : train).add(all.get(from + i));
      }
      from = to;
    }
  }

  private void requireSome(List<ListedImage> images, String what) {
    if (images.isEmpty()) {
      throw InputException.malformed(
          folder.toString(), "its files", "no images " + what, "at least one", "");
    }
  }

  private List<String> classes(List<ListedImage> listed) {
    if (!labelled || numbers) {
      return List.of();
    }
    Set<String> different = new HashSet<>();
    listed.forEach(image -> different.add(image.label()));
    TreeSet<String> names = new TreeSet<>(FolderListing.BY_NAME);
    names.addAll(different);
    return List.copyOf(names);
  }

  private Split split(
      Images images, List<ListedImage> listed, List<String> classes, int from, int to) {
    Images part = images.select(IntStream.range(from, to).toArray());
    List<ListedImage> own = listed.subList(from, to);
    if (!labelled) {
      return new Split(part, new Targets.None(own.size()));
    }
    if (numbers) {
      float[] values = new float[own.size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = Float.parseFloat(own.get(i).label());
      }
      return new Split(part, new Targets.Values(values));
    }
    Map<String, Integer> numberOf = new HashMap<>();
    for (int i = 0; i < classes.size(); i++) {
      numberOf.put(classes.get(i), i);
    }
    int[] labels = new int[own.size()];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = Objects.requireNonNull(numberOf.get(own.get(i).label()));
    }
    return new Split(part, new Targets.Classes(labels));
  }

  private static Optional<Path> part(Path folder, List<String> names) {
    return names.stream().map(folder::resolve).filter(Files::isDirectory).findFirst();
  }
}
