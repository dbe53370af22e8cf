package io.inscape.dataset.table;

import io.inscape.activation.ArrayFile;
import io.inscape.activation.RowReader;
import io.inscape.activation.outside.OutsideArray;
import io.inscape.dataset.Feed;
import io.inscape.dataset.InputException;
import io.inscape.dataset.Vectors;
import java.lang.ref.Cleaner;
import java.lang.ref.Reference;
import java.util.List;

/// The rows of one array that is an input of a network, looked through once for what is no number.
///
/// An array that lies plainly in its file stays there and is mapped; one that is packed is kept in
/// memory, for its rows will be asked for in any order.
final class ArrayRows {
  private static final Cleaner CLEANER = Cleaner.create();
  private static final long MOST = Integer.MAX_VALUE - 8L;

  /// Deflate packs a thousand zeros into a byte, and a number may have been one byte.
  private static final long MOST_PACKED = 4200;

  private final int count;
  private final Feed.Slot slot;
  private final Vectors.Rows rows;

  private ArrayRows(int count, Feed.Slot slot, Vectors.Rows rows) {
    this.count = count;
    this.slot = slot;
    this.rows = rows;
  }

  int count() {
    return count;
  }

  Feed.Slot slot() {
    return slot;
  }

  Vectors.Rows rows() {
    return rows;
  }

  static ArrayRows open(OutsideArray array, String name, long memory) {
    requireRows(array);
    List<Integer> shape =
        array.shape().size() == 1
            ? List.of(1)
            : array.shape().stream().skip(1).map(Math::toIntExact).toList();
    Feed.Slot slot = new Feed.Slot(name, shape);
    int count = Math.toIntExact(array.shape().getFirst());
    boolean packed = !(array instanceof OutsideArray.Plain);
    long bytes = 4L * count * slot.size();
    requirePlausible(array, bytes);
    if (packed && bytes > memory / 2) {
      throw InputException.unsupported(
          place(array),
          "its shape",
          array.shape() + ", " + (bytes >> 20) + " MiB as 32-bit floats, packed",
          "at most half of the " + (memory >> 20) + " MiB that Java may use",
          "save it unpacked (numpy.save, or h5py without chunks), then it need not fit, or start"
              + " again with INSCAPE_JVM=-Xmx"
              + (3 * bytes / (1L << 30) + 1)
              + "g");
    }
    return new ArrayRows(count, slot, packed ? kept(array, count, slot) : mapped(array, slot));
  }

  /// No packing makes numbers so small; a file that says so is damaged, or means harm.
  private static void requirePlausible(OutsideArray array, long bytes) {
    long size = array.file().toFile().length();
    if (bytes / MOST_PACKED > size) {
      throw InputException.malformed(
          place(array),
          "its shape",
          array.shape() + ", " + (bytes >> 20) + " MiB as 32-bit floats",
          "what a file of " + size + " bytes can hold",
          "the file is cut or damaged, save it again");
    }
  }

  private static void requireRows(OutsideArray array) {
    long units = 1;
    boolean empty = array.shape().isEmpty();
    for (int axis = 0; axis < array.shape().size(); axis++) {
      long size = array.shape().get(axis);
      empty |= size < 1;
      units = axis == 0 ? 1 : size > 0 && units <= MOST / size ? units * size : MOST + 1;
    }
    if (empty || units > MOST || array.shape().getFirst() > MOST) {
      throw InputException.unsupported(
          place(array),
          "its shape",
          array.shape().toString(),
          "observations on the first axis, at least one number for each, and at most "
              + MOST
              + " of both",
          "save the observations as one array");
    }
  }

  private static Vectors.Rows mapped(OutsideArray array, Feed.Slot slot) {
    RowReader reader = array.open(Integer.MAX_VALUE);
    boolean done = false;
    try {
      float[] row = new float[slot.size()];
      for (int i = 0; i < reader.rows(); i++) {
        reader.copy(i, 0, row.length, row, 0);
        requireNumbers(array, row, 0, row.length, i);
      }
      done = true;
    } finally {
      if (!done) {
        reader.close();
      }
    }
    Mapped rows = new Mapped(reader);
    CLEANER.register(rows, reader::close);
    return rows;
  }

  /// Holds the mapping as long as somebody may read.
  private static final class Mapped implements Vectors.Rows {
    private final RowReader reader;

    Mapped(RowReader reader) {
      this.reader = reader;
    }

    @Override
    public void copy(int observation, int from, int to, float[] target, int offset) {
      try {
        reader.copy(observation, from, to, target, offset);
      } finally {
        Reference.reachabilityFence(this);
      }
    }
  }

  private static Vectors.Rows kept(OutsideArray array, int count, Feed.Slot slot) {
    FloatRows kept = new FloatRows(slot.size());
    if (array.shape().size() == 1 && array instanceof OutsideArray.Deflated) {
      for (float number : numbers(array)) {
        kept.next()[kept.offset()] = number;
        requireNumbers(array, kept.next(), kept.offset(), 1, kept.count());
        kept.added();
      }
      return kept;
    }
    try (RowReader reader = array.open(count)) {
      for (int i = 0; i < count; i++) {
        float[] block = kept.next();
        reader.copy(i, 0, slot.size(), block, kept.offset());
        requireNumbers(array, block, kept.offset(), slot.size(), i);
        kept.added();
      }
    }
    return kept;
  }

  /// One number for each observation: labels, or an input of one number.
  static float[] numbers(OutsideArray array) {
    if (array instanceof OutsideArray.Deflated) {
      return ArrayFile.open(array.file() + ":" + array.member()).numbers();
    }
    try (RowReader reader = array.open(Integer.MAX_VALUE)) {
      float[] numbers = new float[reader.rows()];
      for (int i = 0; i < numbers.length; i++) {
        reader.copy(i, 0, 1, numbers, i);
      }
      return numbers;
    }
  }

  private static void requireNumbers(
      OutsideArray array, float[] values, int from, int count, int row) {
    for (int i = from; i < from + count; i++) {
      if (!Float.isFinite(values[i])) {
        throw InputException.malformed(
            place(array),
            "row " + row + ", column " + (i - from),
            Float.toString(values[i]),
            "finite numbers that 32 bits can hold",
            "remove or replace what is missing first");
      }
    }
  }

  /// What a person calls an array.
  static String place(OutsideArray array) {
    return array.member().isEmpty() ? array.file().toString() : array.file() + ":" + array.member();
  }
}
