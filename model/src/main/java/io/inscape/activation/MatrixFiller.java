package io.inscape.activation;

import io.inscape.dataset.InputException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/// Puts the elements of an array into a matrix of floats: the first axis becomes the rows, all
/// others together the columns.
final class MatrixFiller {
  private static final int ROWS_PER_TILE = 512;

  private final String path;
  private final NpyHeader header;
  private final int rows;
  private final int cols;
  private final float[] target; // [row * cols + col]
  private final float[] piece; // what stands in another order than the target
  private final int[] colOf; // the column of each combination of the later axes, in Fortran order

  MatrixFiller(String path, NpyHeader header, int rows, int cols, float[] target) {
    this.path = path;
    this.header = header;
    this.rows = rows;
    this.cols = cols;
    this.target = target;
    piece = new float[header.fortran() ? 1 << 16 : 0];
    colOf = header.fortran() ? columns(header) : new int[0];
  }

  /// For later axes of sizes a, b, c: (i, j, k) stands at i + a (j + b k) in Fortran order and is
  /// column (i b + j) c + k.
  static int[] columns(NpyHeader header) {
    int axes = header.shape().size();
    int count = 1;
    for (int axis = 1; axis < axes; axis++) {
      count *= Math.toIntExact(header.shape().get(axis));
    }
    int[] columns = new int[count];
    for (int at = 0; at < count; at++) {
      int rest = at;
      int stride = count;
      for (int axis = 1; axis < axes; axis++) {
        int size = Math.toIntExact(header.shape().get(axis));
        stride /= size;
        columns[at] += rest % size * stride;
        rest /= size;
      }
    }
    return columns;
  }

  /// Takes elements in the order of the file.
  void take(ByteBuffer elements, long from, int count) {
    if (header.fortran()) {
      int done = 0;
      while (done < count) { // one stretch of one column after the other
        long at = from + done;
        int row = (int) (at % rows);
        int some = Math.min(Math.min(count - done, rows - row), piece.length);
        column(
            elements.slice(done * header.type().bytes(), some * header.type().bytes()),
            row,
            colOf[(int) (at / rows)],
            some);
        done += some;
      }
    } else {
      int start = (int) from;
      header.type().floats(elements, count, target, start);
      for (int i = 0; i < count; i++) {
        if (!Float.isFinite(target[start + i])) {
          throw refused(header.type().number(elements, i), start + i);
        }
      }
    }
  }

  private void column(ByteBuffer elements, int row, int col, int count) {
    elements.order(header.order());
    header.type().floats(elements, count, piece, 0);
    int place = row * cols + col;
    for (int i = 0; i < count; i++) {
      target[place] = piece[i];
      if (!Float.isFinite(piece[i])) {
        throw refused(header.type().number(elements, i), place);
      }
      place += cols;
    }
  }

  /// Takes a mapped Fortran-ordered file tile by tile: a tile of rows stays in the processor's
  /// cache while all its columns are filled.
  void tiles(FileChannel channel) throws IOException {
    Elements.whole(
        channel,
        header,
        file -> {
          long bytes = header.type().bytes();
          for (int row = 0; row < rows; row += ROWS_PER_TILE) {
            int some = Math.min(ROWS_PER_TILE, rows - row);
            for (int at = 0; at < cols; at++) {
              long from = ((long) at * rows + row) * bytes;
              column(file.asSlice(from, some * bytes).asByteBuffer(), row, colOf[at], some);
            }
          }
        });
  }

  private InputException refused(double value, int place) {
    String where = "row " + place / cols + ", column " + place % cols;
    return Double.isFinite(value)
        ? InputException.unsupported(
            path,
            where,
            Double.toString(value),
            "numbers that 32 bits can hold, up to " + Float.MAX_VALUE,
            "scale the data first")
        : InputException.malformed(
            path,
            where,
            Double.toString(value),
            "finite numbers",
            "remove or replace what is missing first");
  }
}
