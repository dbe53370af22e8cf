package io.inscape.study;

import io.inscape.activation.ArrayFile;
import io.inscape.activation.Labels;
import io.inscape.activation.NpyRows;
import io.inscape.dataset.InputException;
import io.inscape.dataset.Vectors;
import io.inscape.study.file.Digests;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The vectors of a study and their classes, in the files that a person named: mapped, never copied
/// into the study.
final class VectorFiles implements AutoCloseable {
  private static final int MOST_CLASSES = 1 << 16; // they travel as uint16

  private final NpyRows rows;
  private final @Nullable Labels labels;
  private final String digest;

  private VectorFiles(NpyRows rows, @Nullable Labels labels, String digest) {
    this.rows = rows;
    this.labels = labels;
    this.digest = digest;
  }

  /// Opens the files and digests their content: both are read once, at what the disk and SHA-256
  /// give.
  static VectorFiles open(Path vectors, @Nullable Path labels) {
    ArrayFile vectorFile = ArrayFile.open(vectors.toString());
    ArrayFile labelFile = labels == null ? null : ArrayFile.open(labels.toString());
    NpyRows rows = vectorFile.rows();
    boolean opened = false;
    try {
      Labels classes = labelFile == null ? null : labels(labelFile, rows.rows(), vectorFile);
      VectorFiles result = new VectorFiles(rows, classes, digest(vectorFile, labelFile));
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

  /// See [#digest(ArrayFile, ArrayFile)].
  String digest() {
    return digest;
  }

  /// The names of the classes, none without labels.
  List<String> classNames() {
    return labels == null ? List.of() : labels.names();
  }

  int @Nullable [] labels(int[] observations) {
    if (labels == null) {
      return null;
    }
    int[] classes = labels.classes();
    int[] chosen = new int[observations.length];
    for (int i = 0; i < chosen.length; i++) {
      chosen[i] = classes[observations[i]];
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

  private static Labels labels(ArrayFile file, int rows, ArrayFile vectors) {
    Labels labels = file.labels();
    if (labels.count() != rows) {
      throw InputException.unsupported(
          file.name(),
          "the header",
          labels.count() + " labels",
          rows + ", one for each row of " + vectors.name(),
          "name the labels of these observations");
    }
    if (labels.names().size() > MOST_CLASSES) {
      throw InputException.unsupported(
          file.name(),
          "the labels",
          labels.names().size() + " different values",
          "at most " + MOST_CLASSES + " classes",
          "are these the labels?");
    }
    return labels;
  }

  /// SHA-256 over the content of the files; with the names of the arrays, where they are chosen
  /// from archives.
  static String digest(ArrayFile vectors, @Nullable ArrayFile labels) {
    try {
      String digest =
          labels == null
              ? Digests.of(vectors.file())
              : Digests.ofFiles(vectors.file(), labels.file());
      String member = vectors.member().orElse("");
      String labelsMember = labels == null ? "" : labels.member().orElse("");
      return member.isEmpty() && labelsMember.isEmpty()
          ? digest
          : Digests.ofJson(List.of(digest, member, labelsMember));
    } catch (IOException e) {
      throw InputException.refused(vectors.name(), "read", e);
    }
  }

  @Override
  public void close() {
    rows.close();
  }
}
