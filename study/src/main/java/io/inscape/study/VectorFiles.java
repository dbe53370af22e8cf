package io.inscape.study;

import io.inscape.activation.NpyFile;
import io.inscape.activation.NpyRows;
import io.inscape.dataset.InputException;
import io.inscape.dataset.Vectors;
import io.inscape.study.file.Digests;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// The vectors of a study and their classes, in the files that a person named: mapped, never copied
/// into the study.
final class VectorFiles implements AutoCloseable {
  private static final int MOST_CLASSES = 1 << 16; // they travel as uint16

  private final NpyRows rows;
  private final int @Nullable [] labels;
  private final String digest;

  private VectorFiles(NpyRows rows, int @Nullable [] labels, String digest) {
    this.rows = rows;
    this.labels = labels;
    this.digest = digest;
  }

  /// Opens the files and digests their content: both are read once, at what the disk and SHA-256
  /// give.
  static VectorFiles open(Path vectors, @Nullable Path labels) {
    NpyRows rows = NpyRows.open(vectors);
    boolean opened = false;
    try {
      int[] classes = labels == null ? null : labels(labels, rows.rows(), vectors);
      VectorFiles result = new VectorFiles(rows, classes, digest(vectors, labels));
      opened = true;
      return result;
    } finally {
      if (!opened) {
        rows.close();
      }
    }
  }

  Vectors vectors() {
    return Vectors.of(rows.rows(), rows.cols(), rows::copy);
  }

  /// SHA-256 over the content of the vectors' file, then of the labels' file.
  String digest() {
    return digest;
  }

  /// How many classes there are, 0 without labels.
  int classCount() {
    int largest = -1;
    for (int label : labels == null ? new int[0] : labels) {
      largest = Math.max(largest, label);
    }
    return largest + 1;
  }

  int @Nullable [] labels(int[] observations) {
    if (labels == null) {
      return null;
    }
    int[] chosen = new int[observations.length];
    for (int i = 0; i < chosen.length; i++) {
      chosen[i] = labels[observations[i]];
    }
    return chosen;
  }

  /// Refuses NaN and infinity, naming the first.
  void requireFinite(Path file) {
    float[] row = new float[rows.cols()];
    for (int i = 0; i < rows.rows(); i++) {
      rows.copy(i, 0, row.length, row, 0);
      for (int col = 0; col < row.length; col++) {
        if (!Float.isFinite(row[col])) {
          throw InputException.malformed(
              file.toString(),
              "row " + i + ", column " + col,
              Float.toString(row[col]),
              "finite numbers",
              "remove or replace what is missing first");
        }
      }
    }
  }

  private static int[] labels(Path file, int rows, Path vectors) {
    NpyFile array = NpyFile.read(file);
    if (array.shape().length != 1 || array.shape()[0] != rows) {
      throw InputException.unsupported(
          file.toString(),
          "the header",
          "the shape " + java.util.Arrays.toString(array.shape()),
          "one label for each of the " + rows + " rows of " + vectors,
          "are the two files of one data set?");
    }
    long[] values = array.longs();
    int[] labels = new int[values.length];
    for (int i = 0; i < labels.length; i++) {
      if (values[i] < 0 || values[i] >= MOST_CLASSES) {
        throw InputException.unsupported(
            file.toString(),
            "row " + i,
            "label " + values[i],
            "0 to " + (MOST_CLASSES - 1),
            "number the classes, as in numpy.unique(labels, return_inverse=True)[1]");
      }
      labels[i] = (int) values[i];
    }
    return labels;
  }

  private static String digest(Path vectors, @Nullable Path labels) {
    try {
      return labels == null ? Digests.of(vectors) : Digests.ofFiles(vectors, labels);
    } catch (IOException e) {
      throw InputException.refused(vectors.toString(), "read", e);
    }
  }

  @Override
  public void close() {
    rows.close();
  }
}
