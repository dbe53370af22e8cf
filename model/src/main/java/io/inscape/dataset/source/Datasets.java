package io.inscape.dataset.source;

import io.inscape.dataset.DataRequest;
import io.inscape.dataset.Dataset;
import io.inscape.dataset.ImageShape;
import io.inscape.dataset.Images;
import io.inscape.dataset.InputException;
import io.inscape.dataset.Pipeline;
import io.inscape.dataset.Split;
import io.inscape.dataset.picture.Pictures;
import io.inscape.matrix.Progress;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;

/// Finds and reads data sets.
///
/// | what is asked for | where it comes from | classes |
/// |---|---|---|
/// | `mnist` | packed with Inscape | the digits |
/// | `fashion-mnist` | where Debian's `dataset-fashion-mnist` puts it | its ten garments |
/// | a folder with four IDX files, packed with gzip or not | that folder | the lines of `classes.txt`, else the numbers up to the largest label |
/// | a folder with CIFAR-10's six binary files | that folder | its ten |
/// | a folder with CIFAR-100's binary files; `:coarse` may follow | that folder | its hundred, or its twenty groups |
/// | a folder with SVHN's cropped digits, `train_32x32.mat` and `test_32x32.mat` | that folder | the digits |
/// | a folder with `images.npy` | that folder, with `train` and `test` in it or every sixth image held back | the numbers in `labels.npy` |
/// | a folder of PNG, JPEG, BMP or GIF files | that folder, with `train` and `test` in it or every sixth image held back | the names of the class folders, those in `labels.csv`, or none |
/// | a table, arrays or texts, in a file or a folder | there, see [TableSets][io.inscape.dataset.table.TableSets], [ArraySets][io.inscape.dataset.table.ArraySets] and [TextSets][io.inscape.dataset.text.TextSets] | those of the labels, if there are any |
/// | any of these followed by `:inverted-half` or `:inverted-half(SEED)` | there | the same |
///
/// In the last one, half of the images of each class are their own negatives, drawn with the seed
/// (0 where none is named).
///
/// The IDX files are called `train-images-idx3-ubyte`, `train-labels-idx1-ubyte`,
/// `t10k-images-idx3-ubyte` and `t10k-labels-idx1-ubyte`; a dot may stand before `idx`, and `.gz`
/// may follow.
public final class Datasets {
  private static final Path DEBIAN = Path.of("/usr/share/datasets");
  private static final String FASHION = "fashion-mnist";
  private static final List<String> GARMENTS =
      List.of(
          "T-shirt/top",
          "Trouser",
          "Pullover",
          "Dress",
          "Coat",
          "Sandal",
          "Shirt",
          "Sneaker",
          "Bag",
          "Ankle boot");

  private Datasets() {}

  /// Reads a data set.
  ///
  /// @param nameOrFolder `mnist`, `fashion-mnist`, or a folder; `:inverted-half` may follow
  /// @return the data set
  /// @throws InputException when there is no such set, or a file of it is damaged
  public static Dataset open(String nameOrFolder) {
    return open(DataRequest.of(nameOrFolder, Pipeline.of()));
  }

  /// Reads a data set in a chosen way.
  ///
  /// @param request what is meant, and how it is read
  /// @return the data set
  /// @throws InputException when there is no such set, or a file of it is damaged
  public static Dataset open(DataRequest request) {
    return open(request, Progress.none());
  }

  /// Reads a data set in a chosen way.
  ///
  /// @param request what is meant, and how it is read
  /// @param progress hears how much was read
  /// @return the data set
  /// @throws InputException when there is no such set, or a file of it is damaged
  public static Dataset open(DataRequest request, Progress progress) {
    return open(request, Optional.empty(), progress);
  }

  /// Reads a data set in a chosen way, and remembers what cost time.
  ///
  /// @param request what is meant, and how it is read
  /// @param index a file for what was found in each file of a large folder, so that the next
  ///   opening needs no more than a look at each file's size and time; made where it is missing
  /// @param progress hears how much was read
  /// @return the data set, its images fitted by the first steps of the request's pipeline
  /// @throws InputException when there is no such set, or a file of it is damaged
  public static Dataset open(DataRequest request, Optional<Path> index, Progress progress) {
    String name = request.source();
    Optional<InvertedHalf> doctored = InvertedHalf.of(name);
    if (doctored.isPresent()) {
      DataRequest base = DataRequest.of(doctored.get().base(), request.pipeline());
      return doctored.get().apply(open(base, index, progress));
    }
    if (name.equals("mnist")) {
      return Pictures.fitted(read(new Packed(), "mnist", digits(10)), request.pipeline());
    }
    Optional<Dataset> coarse = Pictures.coarse(name, request.pipeline());
    if (coarse.isPresent()) {
      return coarse.get();
    }
    Path folder = name.equals(FASHION) ? DEBIAN.resolve(FASHION) : folder(name);
    if (Files.isRegularFile(folder)) {
      return Records.open(request).orElseThrow(() -> Records.unknown(name));
    }
    if (!Files.isDirectory(folder)) {
      throw name.equals(FASHION)
          ? InputException.missing(
              folder.toString(),
              "the folder of Fashion-MNIST",
              "install Debian's dataset-fashion-mnist, or name the folder that has its four files")
          : unknown(name);
    }
    if (Cifar10.isIn(folder)) {
      return Pictures.fitted(Cifar10.read(folder, sha256()), request.pipeline());
    }
    return Pictures.open(folder, request.pipeline(), index, progress)
        .or(() -> Records.open(request))
        .orElseGet(() -> Pictures.fitted(openFolder(folder), request.pipeline()));
  }

  /// The digest that a data set had before its present one, where that changed.
  ///
  /// Folders of images had another one in studies of formats 1 and 2. A study that was made then
  /// goes on to open where this is the digest it was made with.
  ///
  /// @param nameOrFolder as [#open(String)] takes it, opened before
  /// @return SHA-256 in hexadecimal; empty where the data set never had another
  /// @throws InputException when a file cannot be read
  public static Optional<String> formerDigest(String nameOrFolder) {
    Optional<InvertedHalf> doctored = InvertedHalf.of(nameOrFolder);
    if (doctored.isPresent()) {
      return formerDigest(doctored.get().base()).map(doctored.get()::digest);
    }
    Path folder = folder(nameOrFolder);
    boolean other = !Files.isDirectory(folder) || Cifar10.isIn(folder);
    return other ? Optional.empty() : Pictures.formerDigest(folder);
  }

  private static Dataset openFolder(Path folder) {
    Path last =
        Objects.requireNonNullElse(folder.toAbsolutePath().normalize().getFileName(), folder);
    String name = last.toString();
    Path classes = folder.resolve("classes.txt");
    List<String> names = List.of();
    if (Files.exists(classes)) {
      names = classNames(classes);
    } else if (name.equals(FASHION)) {
      names = GARMENTS;
    }
    return read(new Folder(folder), name, names);
  }

  private static Path folder(String name) {
    try {
      return Path.of(name);
    } catch (InvalidPathException e) {
      throw unknown(name);
    }
  }

  private static InputException unknown(String name) {
    return InputException.missing(
        name,
        "a folder of images (IDX files, CIFAR, SVHN, image files by class, images.npy), a table"
            + " (.csv, .tsv, .parquet), arrays (.npy, .npz, .h5), texts (.txt beside their"
            + " tokenizer.json), or one of mnist, "
            + FASHION,
        "check the spelling of the name or the path");
  }

  private static List<String> classNames(Path file) {
    List<String> names;
    try {
      names = Files.readAllLines(file).stream().map(String::strip).toList();
    } catch (CharacterCodingException e) {
      throw InputException.malformed(
          file.toString(), "the text", "bytes that are no UTF-8", "UTF-8", "save it as UTF-8");
    } catch (IOException e) {
      throw InputException.refused(file.toString(), "read", e);
    }
    int last = names.size();
    while (last > 0 && names.get(last - 1).isEmpty()) {
      last--;
    }
    for (int i = 0; i < last; i++) {
      if (names.get(i).isEmpty()) {
        throw InputException.malformed(
            file.toString(), "line " + (i + 1), "an empty line", "a class name", "");
      }
    }
    if (last == 0) {
      throw InputException.malformed(
          file.toString(), "line 1", "nothing", "one class name per line", "");
    }
    return names.subList(0, last);
  }

  private static Dataset read(Source source, String name, List<String> classNames) {
    MessageDigest digest = sha256();
    Part train = readPart(source, "train", digest);
    Part test = readPart(source, "t10k", digest);
    if (!train.shape.equals(test.shape)) {
      throw InputException.malformed(
          test.imagesPath,
          "byte 8",
          "images of " + test.shape,
          train.shape + " as in " + train.imagesPath,
          "are the four files of one data set?");
    }
    List<String> names =
        classNames.isEmpty() ? digits(1 + Math.max(train.largest(), test.largest())) : classNames;
    Split trainSplit = train.split(names.size());
    Split testSplit = test.split(names.size());
    String hex = HexFormat.of().formatHex(digest.digest());
    return new Dataset(name, source.title(), names, trainSplit, testSplit, hex);
  }

  private static Part readPart(Source source, String part, MessageDigest digest) {
    IdxSource images = source.find(part, "images", 3);
    IdxFile.Content pixels = images.read("images", 3, digest);
    IdxSource labels = source.find(part, "labels", 1);
    IdxFile.Content classes = labels.read("labels", 1, digest);
    if (pixels.count() != classes.count()) {
      throw InputException.malformed(
          labels.path(),
          "byte 4",
          classes.count() + " labels",
          pixels.count() + ", one for each image of " + images.path(),
          "are the two files of one data set?");
    }
    return new Part(images, pixels, labels, classes);
  }

  private static List<String> digits(int count) {
    return IntStream.range(0, count).mapToObj(Integer::toString).toList();
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }

  /// Images and labels as read.
  private static final class Part {
    private final String imagesPath;
    private final String labelsPath;
    private final ImageShape shape;
    private final byte[] pixels;
    private final byte[] classes;

    Part(IdxSource images, IdxFile.Content pixels, IdxSource labels, IdxFile.Content classes) {
      this.imagesPath = images.path();
      this.labelsPath = labels.path();
      this.shape = new ImageShape(1, pixels.sizes()[1], pixels.sizes()[2]);
      this.pixels = pixels.values();
      this.classes = classes.values();
    }

    int largest() {
      int largest = 0;
      for (byte label : classes) {
        largest = Math.max(largest, label & 0xff);
      }
      return largest;
    }

    Split split(int classCount) {
      int[] labels = new int[classes.length];
      for (int i = 0; i < labels.length; i++) {
        labels[i] = classes[i] & 0xff;
        if (labels[i] >= classCount) {
          throw InputException.malformed(
              labelsPath,
              "byte " + (8 + i),
              "label " + labels[i],
              "0 to " + (classCount - 1) + ", the set has " + classCount + " classes",
              "the file is damaged, or its classes.txt is too short");
        }
      }
      return new Split(Images.adopt(shape, pixels), labels);
    }
  }

  /// Where the four files are.
  private sealed interface Source permits Packed, Folder {
    String title();

    IdxSource find(String part, String kind, int axes);
  }

  /// Opens one file.
  private interface Opener {
    InputStream open() throws IOException;
  }

  private record IdxSource(String path, boolean packed, Opener opener) {
    IdxFile.Content read(String kind, int axes, MessageDigest digest) {
      try {
        return new IdxFile(path, kind, axes).read(opener.open(), packed, digest);
      } catch (IOException e) {
        throw InputException.refused(path, "read", e);
      }
    }
  }

  private record Packed() implements Source {
    @Override
    public String title() {
      return "mnist";
    }

    @Override
    public IdxSource find(String part, String kind, int axes) {
      String name = part + "-" + kind + "-idx" + axes + "-ubyte";
      return new IdxSource("mnist/" + name, false, () -> resource(name));
    }

    private static InputStream resource(String name) {
      InputStream stream = Datasets.class.getResourceAsStream("mnist/" + name);
      if (stream == null) {
        throw new IllegalStateException(
            "the build packed no " + name + "; build again with Node's npm at hand");
      }
      return stream;
    }
  }

  private record Folder(Path folder) implements Source {
    @Override
    public String title() {
      return folder.toString();
    }

    @Override
    public IdxSource find(String part, String kind, int axes) {
      List<String> parts = part.equals("t10k") ? List.of("t10k", "test") : List.of(part);
      for (String start : parts) {
        for (String separator : List.of("-", ".")) {
          for (String ending : List.of("", ".gz")) {
            Path file =
                folder.resolve(start + "-" + kind + separator + "idx" + axes + "-ubyte" + ending);
            if (Files.exists(file)) {
              return new IdxSource(
                  file.toString(), !ending.isEmpty(), () -> Files.newInputStream(file));
            }
          }
        }
      }
      throw InputException.missing(
          folder.resolve(part + "-" + kind + "-idx" + axes + "-ubyte").toString(),
          "the " + kind + " of the " + (part.equals("t10k") ? "test" : "training") + " part",
          "a data set has four IDX files, packed with gzip or not");
    }
  }
}
