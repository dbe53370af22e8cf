package io.inscape.vectors;

import io.inscape.activation.ArrayFile;
import io.inscape.activation.Labels;
import io.inscape.dataset.InputException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A file of observations that was looked into but not read, with their classes if there are any.
///
/// @param file where the observations are
/// @param labelFile where their classes are; null if there are none
/// @param labels the classes of the same observations
public record VectorFile(ArrayFile file, @Nullable ArrayFile labelFile, Optional<Labels> labels) {
  /// Looks into the files.
  ///
  /// @param vectors a `.npy` or `.npz` file of numbers; the first axis is the observations
  /// @param labels a file with one whole number for each observation, or null
  /// @return what is in them
  /// @throws InputException when a file is not there, damaged or of another kind, or the labels are
  ///   of another length
  public static VectorFile open(String vectors, @Nullable String labels) {
    ArrayFile file = ArrayFile.open(vectors);
    ArrayFile labelFile = labels == null ? null : ArrayFile.open(labels);
    Optional<Labels> classes = Optional.ofNullable(labelFile).map(array -> labels(array, file));
    return new VectorFile(file, labelFile, classes);
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

  /// {@return how many observations there are}
  public long rows() {
    return file.shape().length == 0 ? 0 : file.shape()[0];
  }

  /// {@return how many numbers each has, further axes flattened}
  public long columns() {
    return Arrays.stream(file.shape()).skip(1).reduce(1, Math::multiplyExact);
  }

  /// {@return the class of each observation, a number from 0}
  public Optional<int[]> classes() {
    return labels.map(Labels::classes);
  }

  /// {@return the names of the classes; empty without labels}
  public List<String> classNames() {
    return labels.map(Labels::names).orElse(List.of());
  }

  /// {@return one sentence where further axes are flattened}
  public Optional<String> flattened() {
    return file.shape().length <= 2
        ? Optional.empty()
        : Optional.of(
            file.name()
                + ": an array of shape "
                + Arrays.toString(file.shape())
                + " is read as "
                + rows()
                + " rows of "
                + columns()
                + " columns");
  }

  /// {@return what a report says of the input: path, digest, size, type}
  public Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("path", file.name());
    map.put("sha256", file.sha256());
    map.put("shape", Arrays.stream(file.shape()).boxed().collect(Collectors.toList()));
    map.put("type", file.type().name().toLowerCase(Locale.ROOT));
    map.put("rows", rows());
    map.put("columns", columns());
    map.put("classes", classNames().size());
    return map;
  }
}
