package io.inscape.activation.outside;

import io.inscape.activation.ArrayPlace;
import io.inscape.activation.NpyType;
import io.inscape.activation.RowReader;
import io.inscape.dataset.InputException;
import io.jhdf.HdfFile;
import io.jhdf.api.Dataset;
import io.jhdf.api.dataset.ChunkedDataset;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/// The rows of a chunked HDF5 data set. All chunks that a row crosses are unpacked together and
/// kept until another row of chunks is asked for: reading rows in order unpacks each chunk once.
final class ChunkedRows implements RowReader {
  /// What one row of chunks may take as 32-bit floats.
  private static final long LARGEST_BLOCK = 256L << 20;

  private final HdfFile opened;
  private final ChunkedDataset dataset;
  private final Path file;
  private final String name;
  private final ArrayPlace decoder;
  private final ByteOrder order;
  private final int[] shape;
  private final int[] chunk;
  private final int cols;
  private float[] block = {}; // [row in block * cols + col]
  private int blockIndex = -1;

  private ChunkedRows(HdfFile opened, ChunkedDataset dataset, Path file, String name) {
    this.opened = opened;
    this.dataset = dataset;
    this.file = file;
    this.name = name;
    NpyType type = Hdf5.type(file, dataset, name);
    this.order = Hdf5.order(dataset.getDataType());
    List<Long> sizes = Arrays.stream(dataset.getDimensionsAsLong()).boxed().toList();
    this.decoder = new ArrayPlace(file, name, 0, type, order == ByteOrder.BIG_ENDIAN, false, sizes);
    decoder.requireRows();
    this.shape = dataset.getDimensions();
    this.chunk = dataset.getChunkDimensions();
    long columns = 1;
    for (int axis = 1; axis < shape.length; axis++) {
      columns *= shape[axis];
    }
    this.cols = Math.toIntExact(columns);
    requireChunks(type);
  }

  private void requireChunks(NpyType type) {
    boolean fits = chunk.length == shape.length && Arrays.stream(chunk).allMatch(size -> size > 0);
    double bytes = type.bytes();
    for (int size : chunk) {
      bytes *= size;
    }
    double blockBytes = fits ? 4.0 * chunk[0] * cols : 0;
    if (!fits || bytes > LARGEST_BLOCK || blockBytes > LARGEST_BLOCK) {
      throw InputException.unsupported(
          file.toString(),
          "data set " + name,
          String.format(
              Locale.ROOT,
              "chunks of %s for the shape %s, %.0f MiB for a row of chunks",
              Arrays.toString(chunk),
              Arrays.toString(shape),
              Math.max(bytes, blockBytes) / (1 << 20)),
          "at most " + (LARGEST_BLOCK >> 20) + " MiB",
          "save it without chunks, or with fewer observations in each");
    }
  }

  static ChunkedRows open(Path file, String name) {
    boolean done = false;
    HdfFile opened = null;
    try {
      opened = Hdf5.open(file);
      Dataset dataset = opened.getDatasetByPath("/" + name);
      if (!(dataset instanceof ChunkedDataset chunked)) {
        throw InputException.unsupported(
            file.toString(), "data set " + name, "no chunks", "chunks", "was the file replaced?");
      }
      ChunkedRows rows = new ChunkedRows(opened, chunked, file, name);
      done = true;
      return rows;
    } catch (InputException e) {
      throw e;
    } catch (RuntimeException e) { // the library meets damage with whatever it stumbles over
      throw Hdf5.damaged(file, e);
    } finally {
      if (!done && opened != null) {
        opened.close();
      }
    }
  }

  @Override
  public int rows() {
    return shape[0];
  }

  @Override
  public int cols() {
    return cols;
  }

  @Override
  public synchronized void copy(int row, int from, int to, float[] target, int offset) {
    Objects.checkIndex(row, rows());
    Objects.checkFromToIndex(from, to, cols);
    int index = row / chunk[0];
    if (index != blockIndex) {
      blockIndex = -1;
      block = new float[Math.min(chunk[0], rows() - index * chunk[0]) * cols];
      try {
        fill(index);
      } catch (InputException e) {
        throw e;
      } catch (RuntimeException e) { // as above
        throw Hdf5.damaged(file, e);
      }
      blockIndex = index;
    }
    System.arraycopy(block, (row - index * chunk[0]) * cols + from, target, offset, to - from);
  }

  /// Unpacks all chunks of one row of chunks.
  private void fill(int index) {
    int[] at = new int[shape.length];
    at[0] = index * chunk[0];
    float[] numbers = new float[Arrays.stream(chunk).reduce(1, (a, b) -> a * b)];
    do {
      byte[] bytes = dataset.getDecompressedChunk(at);
      int wanted = numbers.length * decoder.type().bytes();
      if (bytes.length < wanted) {
        throw InputException.malformed(
            file.toString(),
            "data set " + name + ", chunk " + Arrays.toString(at),
            bytes.length + " bytes",
            wanted + " bytes",
            "the file is cut or damaged, save it again");
      }
      decoder.decode(ByteBuffer.wrap(bytes).order(order), numbers.length, numbers, 0);
      place(numbers, at);
    } while (next(at));
  }

  /// Moves to the next chunk of the same row of chunks.
  private boolean next(int[] at) {
    for (int axis = shape.length - 1; axis > 0; axis--) {
      at[axis] += chunk[axis];
      if (at[axis] < shape[axis]) {
        return true;
      }
      at[axis] = 0;
    }
    return false;
  }

  /// Puts the numbers of a chunk where they belong; what stands out over the edge is dropped.
  private void place(float[] numbers, int[] at) {
    int last = shape.length - 1;
    int[] inside = new int[shape.length];
    int run = last == 0 ? 1 : Math.min(chunk[last], shape[last] - at[last]);
    int step = last == 0 ? 1 : chunk[last];
    for (int from = 0; from < numbers.length; from += step) {
      int rest = from;
      for (int axis = last; axis >= 0; axis--) {
        inside[axis] = rest % chunk[axis];
        rest /= chunk[axis];
      }
      int target = inside[0];
      boolean within = at[0] + inside[0] < shape[0];
      for (int axis = 1; axis <= last; axis++) {
        within &= at[axis] + inside[axis] < shape[axis];
        target = target * shape[axis] + at[axis] + inside[axis];
      }
      if (within) {
        System.arraycopy(numbers, from, block, target, run);
      }
    }
  }

  @Override
  public void close() {
    opened.close();
  }
}
