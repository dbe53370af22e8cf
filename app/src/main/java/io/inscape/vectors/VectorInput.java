package io.inscape.vectors;

import io.inscape.dataset.InputException;
import io.inscape.matrix.Matrix;
import io.inscape.matrix.Progress;
import io.inscape.matrix.Workers;
import io.inscape.quality.LayoutQuality;
import io.inscape.quality.QualityParams;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Observations from a file, with their classes if there are any.
///
/// @param about where they come from, and the classes
/// @param matrix rows = observations
public record VectorInput(VectorFile about, Matrix matrix) {
  /// Reads the files.
  ///
  /// @param vectors a `.npy` or `.npz` file of numbers; the first axis is the observations
  /// @param labels a file with one whole number for each observation, or null
  /// @param talk hears what a person should know, in sentences
  /// @return the observations
  /// @throws InputException when a file is not there, damaged or of another kind, or the labels are
  ///   of another length
  public static VectorInput read(String vectors, @Nullable String labels, Consumer<String> talk) {
    return read(VectorFile.open(vectors, labels), talk);
  }

  /// Reads files that were looked into.
  ///
  /// @param about the files
  /// @param talk hears what a person should know, in sentences
  /// @return the observations
  /// @throws InputException when the numbers are damaged, too many, or none that are finite
  public static VectorInput read(VectorFile about, Consumer<String> talk) {
    Matrix matrix = about.file().matrix();
    about.flattened().ifPresent(talk);
    return new VectorInput(about, matrix);
  }

  /// Measures a layout of them.
  ///
  /// @param positions rows = the same observations, in the layout
  /// @param params options
  /// @param workers do the arithmetic
  /// @param progress hears of stage `quality`
  /// @return the figures
  public LayoutQuality judge(
      Matrix positions, QualityParams params, Workers workers, Progress progress) {
    return LayoutQuality.of(matrix, positions, about.classes(), params, workers, progress);
  }
}
