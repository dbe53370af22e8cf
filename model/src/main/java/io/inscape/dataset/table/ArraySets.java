package io.inscape.dataset.table;

import io.inscape.activation.outside.OutsideArray;
import io.inscape.activation.outside.OutsideFile;
import io.inscape.dataset.DataRequest;
import io.inscape.dataset.Dataset;
import io.inscape.dataset.Feed;
import io.inscape.dataset.InputException;
import io.inscape.dataset.Split;
import io.inscape.dataset.Targets;
import io.inscape.dataset.Vectors;
import io.inscape.dataset.table.ArrayName.Role;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/// Reads data sets of vectors from arrays: `.npy` files in a folder, an `.npz` archive, an HDF5
/// file.
///
/// An array called `labels`, `label`, `y`, `targets`, `target`, `classes` or `class` holds the
/// labels, every other one is what a network takes: a single one whatever it is called, several by
/// the names of the network's inputs. The first axis counts the observations. `train` or `test` may
/// stand before or behind a name (`train_vectors`, `x_test`, `test/x`); without them every sixth
/// observation is held back.
public final class ArraySets {
  private static final List<String> ENDINGS = List.of(".npy", ".npz", ".h5", ".hdf5");
  private static final List<String> INSIDE = List.of("train", "test");
  private static final float EXACT = 1 << 24;

  private final DataRequest request;
  private final List<Named> arrays;

  private ArraySets(DataRequest request, List<Named> arrays) {
    this.request = request;
    this.arrays = arrays;
  }

  /// An array with what its name says.
  private record Named(ArrayName name, OutsideArray array) {
    String place() {
      return ArrayRows.place(array);
    }
  }

  /// One part of the data set.
  @SuppressWarnings("ArrayRecordComponent") // never leaves this class
  private record Loaded(Vectors vectors, float[] labels, String labelPlace) {}

  /// Reads a data set, if it is made of arrays.
  ///
  /// @param request names a file that ends in `.npy`, `.npz`, `.h5` or `.hdf5`, or a folder with
  ///   such files
  /// @return the data set; empty where there are no arrays
  /// @throws InputException when a file is damaged, arrays do not fit each other, or a number is
  ///   NaN or infinite
  public static Optional<Dataset> open(DataRequest request) {
    List<Path> files = files(Path.of(request.source()));
    if (files.isEmpty()) {
      return Optional.empty();
    }
    List<Named> arrays = new ArrayList<>();
    for (Path file : files) {
      for (OutsideArray array : OutsideFile.arrays(file)) {
        arrays.add(new Named(ArrayName.of(name(request, file, array)), array));
      }
    }
    return Optional.of(new ArraySets(request, arrays).read(files));
  }

  private static List<Path> files(Path source) {
    List<Path> files = new ArrayList<>();
    if (Files.isRegularFile(source)) {
      files.add(source);
    } else if (Files.isDirectory(source)) {
      files.addAll(Parts.files(source));
      for (String inside : INSIDE) {
        if (Files.isDirectory(source.resolve(inside))) {
          files.addAll(Parts.files(source.resolve(inside)));
        }
      }
    }
    files.removeIf(file -> ENDINGS.stream().noneMatch(ending(file)::endsWith));
    return files;
  }

  private static String ending(Path file) {
    return String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
  }

  /// An array of an archive is called as it is there, behind the part that the archive's own name
  /// or folder says.
  private static String name(DataRequest request, Path file, OutsideArray array) {
    String stem = OutsideFile.stem(file);
    Path source = Path.of(request.source());
    Path folder = file.getParent();
    boolean inside = folder != null && Files.isDirectory(source) && !folder.equals(source);
    String part = inside ? source.relativize(file).getName(0) + "/" : "";
    if (array.member().isEmpty()) {
      return part + stem;
    }
    boolean partInStem = INSIDE.contains(stem.toLowerCase(Locale.ROOT));
    return part + (partInStem ? stem + "/" : "") + array.member();
  }

  private Dataset read(List<Path> files) {
    boolean parted = has(Role.TRAIN);
    Role held = has(Role.TEST) ? Role.TEST : Role.VALIDATION;
    Role first = parted ? Role.TRAIN : Role.WHOLE;
    Loaded train = load(first);
    boolean both = parted && has(held);
    Loaded test = both ? load(held) : train;
    requireAlike(train, test);
    LabelCollector labels = new LabelCollector(train.labelPlace(), "labels", false, false);
    int count = train.vectors().count();
    int[] learnt =
        IntStream.range(0, count).filter(i -> both || !Parts.isHeldBack(i, count)).toArray();
    int[] kept =
        IntStream.range(0, test.vectors().count())
            .filter(i -> both || Parts.isHeldBack(i, count))
            .toArray();
    requireSome(kept);
    collect(train, learnt, labels, false);
    collect(test, kept, labels, true);
    LabelCollector.Found found =
        train.labels().length > 0
            ? labels.found()
            : new LabelCollector.Found(
                List.of(), new Targets.None(learnt.length), new Targets.None(kept.length));
    MessageDigest digest = Bytes.sha256();
    files.forEach(file -> Bytes.digest(file, digest));
    return new Dataset(
        name(),
        request.source(),
        found.classNames(),
        new Split(both ? train.vectors() : chosen(train.vectors(), learnt), found.train()),
        new Split(both ? test.vectors() : chosen(test.vectors(), kept), found.test()),
        HexFormat.of().formatHex(digest.digest()));
  }

  private boolean has(Role part) {
    return arrays.stream().anyMatch(array -> array.name().part() == part);
  }

  private boolean isLabels(Named array) {
    return request
        .label()
        .map(wanted -> wanted.equalsIgnoreCase(array.name().plain()))
        .orElseGet(array.name()::isLabels);
  }

  private Loaded load(Role part) {
    List<Named> mine = arrays.stream().filter(array -> array.name().part() == part).toList();
    List<Named> inputs = mine.stream().filter(array -> !isLabels(array)).toList();
    List<Named> labels = mine.stream().filter(this::isLabels).toList();
    if (inputs.isEmpty() || labels.size() > 1) {
      throw InputException.unsupported(
          request.source(),
          "its arrays",
          names(inputs.isEmpty() ? arrays : labels),
          inputs.isEmpty() ? "vectors, and perhaps labels" : "one array of labels",
          "call them vectors and labels, or train_vectors, train_labels, test_vectors and"
              + " test_labels");
    }
    long memory = Runtime.getRuntime().maxMemory();
    List<ArrayRows> rows = new ArrayList<>();
    for (Named input : inputs) {
      String name = inputs.size() == 1 ? "" : input.name().plain();
      ArrayRows opened = ArrayRows.open(input.array(), name, memory);
      requireCount(input, opened.count(), inputs.getFirst(), rows);
      rows.add(opened);
    }
    Vectors vectors = together(rows);
    if (labels.isEmpty()) {
      return new Loaded(vectors, new float[0], request.source());
    }
    return new Loaded(
        vectors,
        labels(labels.getFirst(), vectors.count(), inputs.getFirst()),
        labels.getFirst().place());
  }

  private static String names(List<Named> arrays) {
    return String.join(", ", arrays.stream().limit(20).map(Named::place).toList());
  }

  private static void requireCount(Named input, int count, Named first, List<ArrayRows> rows) {
    if (!rows.isEmpty() && rows.getFirst().count() != count) {
      throw InputException.malformed(
          input.place(),
          "its shape",
          count + " observations",
          rows.getFirst().count() + ", as in " + first.place(),
          "all arrays of a part need the same first axis");
    }
  }

  private static float[] labels(Named labels, int count, Named vectors) {
    List<Long> shape = labels.array().shape();
    boolean flat = !shape.isEmpty() && shape.stream().skip(1).allMatch(size -> size == 1);
    if (!flat) {
      throw InputException.unsupported(
          labels.place(),
          "its shape",
          shape.toString(),
          "one number for each observation",
          "of one-hot rows take numpy.argmax(labels, axis=1)");
    }
    if (shape.getFirst() != count) {
      throw InputException.malformed(
          labels.place(),
          "its shape",
          shape.getFirst() + " labels",
          count + ", one for each row of " + vectors.place(),
          "are the two arrays of one data set?");
    }
    return ArrayRows.numbers(labels.array());
  }

  /// The arrays side by side, each a part of the row.
  private static Vectors together(List<ArrayRows> arrays) {
    List<Feed.Slot> slots = arrays.stream().map(ArrayRows::slot).toList();
    Vectors.Rows[] rows = arrays.stream().map(ArrayRows::rows).toArray(Vectors.Rows[]::new);
    int[] starts = new int[rows.length + 1];
    for (int i = 0; i < rows.length; i++) {
      starts[i + 1] = Math.addExact(starts[i], slots.get(i).size());
    }
    Vectors.Rows all =
        (observation, from, to, target, offset) -> {
          for (int i = 0; i < rows.length; i++) {
            int low = Math.max(from, starts[i]);
            int high = Math.min(to, starts[i + 1]);
            if (low < high) {
              rows[i].copy(
                  observation, low - starts[i], high - starts[i], target, offset + low - from);
            }
          }
        };
    return Vectors.of(arrays.getFirst().count(), starts[rows.length], all).inParts(slots);
  }

  private static Vectors chosen(Vectors vectors, int[] observations) {
    return Vectors.of(
            observations.length,
            vectors.columns(),
            (observation, from, to, target, offset) ->
                vectors.copy(observations[observation], from, to, target, offset))
        .inParts(vectors.slots());
  }

  private void requireAlike(Loaded train, Loaded test) {
    if (!train.vectors().slots().equals(test.vectors().slots())) {
      throw InputException.malformed(
          request.source(),
          "the arrays of the test part",
          test.vectors().slots().toString(),
          train.vectors().slots() + ", as in the training part",
          "are they of one data set?");
    }
    if (train.labels().length > 0 != test.labels().length > 0) {
      throw InputException.malformed(
          request.source(),
          "its arrays",
          "labels of one part only",
          "labels of both parts, or of none",
          "save the labels of the other part too");
    }
  }

  private void requireSome(int[] held) {
    if (held.length == 0) {
      throw InputException.unsupported(
          request.source(), "its arrays", "one observation", "at least two", "");
    }
  }

  private static void collect(
      Loaded part, int[] observations, LabelCollector labels, boolean held) {
    if (part.labels().length == 0) {
      return;
    }
    for (int observation : observations) {
      float label = part.labels()[observation];
      boolean whole = label == Math.rint(label);
      if (!Float.isFinite(label) || (whole && Math.abs(label) > EXACT)) {
        throw InputException.malformed(
            part.labelPlace(),
            "row " + observation,
            Float.toString(label),
            "finite numbers, whole ones up to " + (int) EXACT,
            "number the classes from 0");
      }
      labels.add(label, held);
    }
  }

  private String name() {
    Path path = Path.of(request.source()).toAbsolutePath().normalize();
    return Files.isDirectory(path) ? String.valueOf(path.getFileName()) : OutsideFile.stem(path);
  }
}
