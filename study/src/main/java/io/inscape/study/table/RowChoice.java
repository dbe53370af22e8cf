package io.inscape.study.table;

import io.inscape.activation.NpyFile;
import io.inscape.activation.NpyType;
import io.inscape.dataset.InputException;
import io.inscape.study.role.ObservationSubset;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// Which of a study's observations go out, by their rows in every column of the study.
public final class RowChoice {
  private final int[] rows;
  private final boolean all;

  private RowChoice(int[] rows, boolean all) {
    this.rows = rows;
    this.all = all;
  }

  /// All observations.
  ///
  /// @param observations how many there are
  /// @return the choice
  public static RowChoice all(int observations) {
    return new RowChoice(IntStream.range(0, observations).toArray(), true);
  }

  /// Some observations.
  ///
  /// @param subset which
  /// @return the choice, ascending
  public static RowChoice of(ObservationSubset subset) {
    return new RowChoice(subset.rows(), false);
  }

  /// What a person typed: rows with commas between, or a `.npy` file of rows.
  ///
  /// @param text such as `0,5,9` or `selection.npy`
  /// @param observations how many there are
  /// @return the choice, ascending
  /// @throws InputException if the file is none of whole numbers
  /// @throws IllegalArgumentException if it is neither, or a row is out of range or named twice
  public static RowChoice parse(String text, int observations) {
    List<Integer> rows = new ArrayList<>();
    if (text.endsWith(".npy")) {
      for (long row : file(Path.of(text))) {
        rows.add(Math.clamp(row, -1, Integer.MAX_VALUE));
      }
    } else {
      for (String part : text.split(",", -1)) {
        if (!part.strip().matches("\\d{1,9}")) {
          throw new IllegalArgumentException(
              "rows must be whole numbers with commas between, such as 0,5,9, or a .npy file of"
                  + " them, got \""
                  + part
                  + "\"");
        }
        rows.add(Integer.parseInt(part.strip()));
      }
    }
    return of(ObservationSubset.ofRows(rows, observations));
  }

  private static long[] file(Path file) {
    NpyFile array = NpyFile.read(file);
    NpyType type = array.type();
    if (type.isReal() || type == NpyType.BOOL || array.shape().length != 1) {
      throw InputException.unsupported(
          file.toString(),
          "the header",
          type + " of shape " + Arrays.toString(array.shape()),
          "one axis of whole numbers",
          "save the rows, such as numpy.flatnonzero(chosen)");
    }
    return array.longs();
  }

  /// {@return the rows, ascending; a copy}
  public int[] rows() {
    return rows.clone();
  }

  /// {@return how many}
  public int count() {
    return rows.length;
  }

  /// {@return whether these are all there are}
  public boolean isAll() {
    return all;
  }
}
