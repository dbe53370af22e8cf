package io.inscape.activation.outside;

import io.inscape.activation.ArrayFile;
import io.inscape.activation.ArrayPlace;
import io.inscape.activation.RowReader;
import io.inscape.dataset.InputException;
import java.nio.file.Path;
import java.util.List;

/// An array in a file that somebody gave.
public sealed interface OutsideArray {
  /// {@return the file}
  Path file();

  /// {@return its name in the file; empty where the file is one array}
  String member();

  /// {@return the size of each axis}
  List<Long> shape();

  /// Opens its rows: the first axis is the rows, all others together are the columns.
  ///
  /// @param wanted about how many rows will be read
  /// @return the rows, to be closed
  /// @throws InputException when the file is damaged, or the array has no rows and columns
  RowReader open(int wanted);

  /// {@return how many numbers each observation has}
  ///
  /// @throws ArithmeticException when no index counts so many
  default int units() {
    long units = 1;
    for (long size : shape().subList(1, shape().size())) {
      units = Math.multiplyExact(units, size);
    }
    return Math.toIntExact(units);
  }

  /// An array that lies plainly in its file, and is mapped.
  ///
  /// @param place where
  record Plain(ArrayPlace place) implements OutsideArray {
    @Override
    public Path file() {
      return place.file();
    }

    @Override
    public String member() {
      return place.member();
    }

    @Override
    public List<Long> shape() {
      return place.shape();
    }

    @Override
    public RowReader open(int wanted) {
      return place.open(wanted);
    }
  }

  /// A compressed member of a NumPy archive, unpacked into memory when it is opened.
  ///
  /// @param file the archive
  /// @param member its name, without `.npy`
  /// @param shape the size of each axis
  record Deflated(Path file, String member, List<Long> shape) implements OutsideArray {
    /// Copies the shape.
    public Deflated {
      shape = List.copyOf(shape);
    }

    @Override
    public RowReader open(int wanted) {
      return ArrayFile.open(file + ":" + member).rows();
    }
  }

  /// A chunked data set of an HDF5 file, read a row of chunks at a time.
  ///
  /// @param file the file
  /// @param member its path in the file, without the first slash
  /// @param shape the size of each axis
  record Chunked(Path file, String member, List<Long> shape) implements OutsideArray {
    /// Copies the shape.
    public Chunked {
      shape = List.copyOf(shape);
    }

    @Override
    public RowReader open(int wanted) {
      return ChunkedRows.open(file, member);
    }
  }
}
