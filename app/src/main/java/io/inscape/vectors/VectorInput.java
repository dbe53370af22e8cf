package io.inscape.vectors;

import io.inscape.activation.ArrayFile;
import io.inscape.activation.Labels;
import io.inscape.dataset.InputException;
import io.inscape.matrix.Matrix;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Observations from a file, with their classes if there are any.
///
/// @param file where they come from
/// @param matrix rows = observations
/// @param labels the classes of the same observations
public record VectorInput(ArrayFile file, Matrix matrix, Optional<Labels> labels) {
  /// Reads the files.
  ///
  /// @param vectors a `.npy` or `.npz` file of numbers; the first axis is the observations
  /// @param labels a file with one whole number for each observation, or null
  /// @param talk hears what a person should know, in sentences
  /// @return the observations
  /// @throws InputException when a file is not there, damaged or of another kind, or the labels are
  ///   of another length
  public static VectorInput read(String vectors, @Nullable String labels, Consumer<String> talk) {
    ArrayFile file = ArrayFile.open(vectors);
    ArrayFile labelFile = labels == null ? null : ArrayFile.open(labels);
    Optional<Labels> classes = Optional.ofNullable(labelFile).map(array -> labels(array, file));
    Matrix matrix = file.matrix();
    if (file.shape().length > 2) {
      talk.accept(
          vectors
              + ": an array of shape "
              + Arrays.toString(file.shape())
              + " is read as "
              + matrix.rows()
              + " rows of "
              + matrix.cols()
              + " columns");
    }
    return new VectorInput(file, matrix, classes);
  }

  private static Labels labels(ArrayFile array, ArrayFile vectors) {
    Labels labels = array.labels();
    if (vectors.shape().length > 0 && labels.count() != vectors.shape()[0]) {
      throw InputException.unsupported(
          array.name(),
          "the header",
          labels.count() + " labels",
          vectors.shape()[0] + ", one for each row of " + vectors.name(),
          "name the labels of these observations");
    }
    return labels;
  }

  /// {@return the class of each observation, a number from 0}
  public Optional<int[]> classes() {
    return labels.map(Labels::classes);
  }

  /// {@return the names of the classes; empty without labels}
  public List<String> classNames() {
    return labels.map(Labels::names).orElse(List.of());
  }

  /// {@return what a report says of the input: path, digest, size, type}
  public Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("path", file.name());
    map.put("sha256", file.sha256());
    map.put("shape", Arrays.stream(file.shape()).boxed().collect(Collectors.toList()));
    map.put("type", file.type().name().toLowerCase(Locale.ROOT));
    map.put("rows", matrix.rows());
    map.put("columns", matrix.cols());
    map.put("classes", classNames().size());
    return map;
  }
}
