package io.inscape.sequences;

import io.inscape.activation.ArrayFile;
import io.inscape.activation.Labels;
import io.inscape.dataset.InputException;
import io.inscape.evolution.Sequence;
import io.inscape.matrix.Matrix;
import io.inscape.vectors.VectorFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The files of a sequence, looked into but not read: one for each step, with the classes of the
/// observations if there are any.
///
/// @param steps one file each, [observation, unit]
/// @param names of the steps, all different
/// @param identity whether the rows are known to be the same observations
public record SequenceFiles(List<VectorFile> steps, List<String> names, Identity identity) {
  /// Copies the lists.
  public SequenceFiles {
    steps = List.copyOf(steps);
    names = List.copyOf(names);
  }

  /// Looks into the files.
  ///
  /// @param steps `.npy` or `.npz` files of numbers, in the order of the steps
  /// @param labels a file with one whole number for each observation, or null
  /// @param ids one file of ids for each step; empty to look beside the steps
  /// @return what is in them
  /// @throws InputException when a file is not there, damaged or of another kind, or does not fit
  ///   the others
  /// @throws IllegalArgumentException when there is one step only
  public static SequenceFiles open(List<String> steps, @Nullable String labels, List<String> ids) {
    if (steps.size() < 2) {
      throw new IllegalArgumentException(
          "a sequence needs at least two steps, got "
              + steps.size()
              + (steps.isEmpty() ? "" : ", " + steps.getFirst())
              + "; inscape project lays out a single file");
    }
    List<VectorFile> files = new ArrayList<>();
    for (String step : steps) {
      files.add(VectorFile.open(step, files.isEmpty() ? labels : null));
    }
    requireSameRows(files);
    return new SequenceFiles(
        files,
        StepNames.of(steps),
        Identity.of(files.stream().map(VectorFile::file).toList(), ids));
  }

  private static void requireSameRows(List<VectorFile> files) {
    VectorFile first = files.getFirst();
    for (VectorFile file : files) {
      if (file.rows() != first.rows()) {
        throw InputException.unsupported(
            file.file().name(),
            "the header",
            file.rows() + " rows",
            first.rows()
                + " as in "
                + first.file().name()
                + ", since the steps of a sequence are the same observations, row for row",
            "capture the same observations at every step");
      }
    }
  }

  /// {@return how many observations there are}
  public long rows() {
    return steps.getFirst().rows();
  }

  /// {@return the class of each observation, a number from 0}
  public Optional<int[]> classes() {
    return labels().map(Labels::classes);
  }

  /// {@return the names of the classes; empty without labels}
  public List<String> classNames() {
    return labels().map(Labels::names).orElse(List.of());
  }

  private Optional<Labels> labels() {
    return steps.getFirst().labels();
  }

  /// {@return every file that is read}
  public List<Path> inputs() {
    List<Path> inputs = new ArrayList<>();
    steps.forEach(step -> inputs.add(step.file().file()));
    ArrayFile labels = steps.getFirst().labelFile();
    if (labels != null) {
      inputs.add(labels.file());
    }
    return inputs;
  }

  /// Reads all steps.
  ///
  /// @return the sequence
  /// @throws InputException when the numbers are damaged, too many, or none that are finite (named
  ///   by file, row and column)
  /// @throws IllegalArgumentException when all steps together are more than the memory holds
  public Sequence read() {
    requireRoom(Runtime.getRuntime().maxMemory());
    List<Matrix> matrices = steps.stream().map(step -> step.file().matrix()).toList();
    return Sequence.of(matrices, names);
  }

  void requireRoom(long memory) {
    double needed = steps.stream().mapToDouble(step -> 4.0 * step.rows() * step.columns()).sum();
    if (needed > memory) {
      throw new IllegalArgumentException(
          "the "
              + steps.size()
              + " steps of "
              + rows()
              + " rows need "
              + gibibytes(needed)
              + " GiB as 32-bit numbers, and Java may use "
              + gibibytes((double) memory)
              + " GiB here; take fewer steps or rows, or start again with INSCAPE_JVM=-Xmx"
              + (long) Math.ceil(2 * needed / (1L << 30))
              + "g");
    }
  }

  private static String gibibytes(double bytes) {
    return String.format(Locale.ROOT, "%.2f", bytes / (1L << 30));
  }

  /// {@return what a report says of the input}
  Map<String, @Nullable Object> toMap() {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("steps", steps.stream().map(VectorFile::toMap).toList());
    map.put("names", names);
    map.put("rows", rows());
    map.put("classes", classNames().size());
    map.put("identity", identity.toMap());
    return map;
  }
}
