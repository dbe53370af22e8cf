package io.inscape.activation.outside;

import io.inscape.activation.ArrayPlace;
import io.inscape.activation.NpyType;
import io.inscape.dataset.InputException;
import io.jhdf.HdfFile;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import io.jhdf.api.dataset.ChunkedDataset;
import io.jhdf.api.dataset.ContiguousDataset;
import io.jhdf.object.datatype.DataType;
import io.jhdf.object.datatype.FixedPoint;
import io.jhdf.object.datatype.FloatingPoint;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/// Finds the data sets of an HDF5 file, in groups too, and where those that are contiguous lie.
/// Links are passed over, so nothing outside the file is ever opened.
final class Hdf5 {
  private static final int DEEPEST = 16; // hard links may go in circles
  private static final int MOST = 10_000;

  private final Path file;
  private final long size;
  private final List<OutsideArray> arrays = new ArrayList<>();

  private Hdf5(Path file, long size) {
    this.file = file;
    this.size = size;
  }

  static List<OutsideArray> arrays(Path file) throws IOException {
    Hdf5 found = new Hdf5(file, Files.size(file));
    return with(
        file,
        opened -> {
          found.walk(opened, "", 0, opened.getUserBlockSize());
          found.arrays.sort(Comparator.comparing(OutsideArray::member));
          return found.arrays;
        });
  }

  /// Opens a file. The library believes the lengths in it and makes room for them; of what is
  /// mapped whole it takes slices instead, and a length beyond the end is refused at once.
  static HdfFile open(Path file) {
    try (FileChannel channel = FileChannel.open(file)) {
      return channel.size() > Integer.MAX_VALUE
          ? new HdfFile(file)
          : HdfFile.fromByteBuffer(channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size()));
    } catch (IOException e) {
      throw InputException.refused(file.toString(), "read", e);
    }
  }

  /// Opens a file for a moment.
  static <T> T with(Path file, Function<HdfFile, T> action) {
    try (HdfFile opened = open(file)) {
      return action.apply(opened);
    } catch (InputException e) {
      throw e;
    } catch (RuntimeException e) { // the library meets damage with whatever it stumbles over
      throw damaged(file, e);
    }
  }

  static InputException damaged(Path file, RuntimeException cause) {
    String reason =
        cause.getMessage() == null ? "" : cause.getMessage().lines().findFirst().orElse("");
    InputException result =
        InputException.malformed(
            file.toString(),
            "its structure",
            "what the HDF5 library cannot read ("
                + cause.getClass().getSimpleName()
                + (reason.isBlank() ? "" : ": " + reason)
                + ")",
            "a whole HDF5 file",
            "the file is cut or damaged, or was still being written; save it again");
    result.addSuppressed(cause);
    return result;
  }

  private void walk(Group group, String path, int depth, long userBlock) {
    if (depth > DEEPEST) {
      throw InputException.unsupported(
          file.toString(),
          "group " + path,
          "groups nested deeper than " + DEEPEST,
          "one group per epoch or part of the network",
          "");
    }
    for (Node node : group.getChildren().values()) {
      if (node.isLink()) {
        continue;
      }
      String name = path.isEmpty() ? node.getName() : path + "/" + node.getName();
      if (node instanceof Group inner) {
        walk(inner, name, depth + 1, userBlock);
      } else if (node instanceof Dataset dataset) {
        if (arrays.size() == MOST) {
          throw InputException.unsupported(
              file.toString(),
              "its contents",
              "more than " + MOST + " data sets",
              "one per layer",
              "");
        }
        arrays.add(array(dataset, OutsideFile.requireName(file, name), userBlock));
      }
    }
  }

  private OutsideArray array(Dataset dataset, String name, long userBlock) {
    NpyType type = type(dataset.getDataType(), name);
    List<Long> shape = Arrays.stream(dataset.getDimensionsAsLong()).boxed().toList();
    requireSize(shape, type, name);
    return switch (dataset) {
      case ContiguousDataset plain -> {
        long at = plain.getDataAddress();
        long bytes = shape.stream().reduce((long) type.bytes(), Math::multiplyExact);
        if (at < 0 || at > size - userBlock || bytes > size - userBlock - at) {
          throw malformed(
              name,
              bytes + " bytes from byte " + at,
              "a range within the " + size + " bytes of the file");
        }
        yield new OutsideArray.Plain(
            new ArrayPlace(
                file,
                name,
                userBlock + at,
                type,
                order(dataset.getDataType()) == ByteOrder.BIG_ENDIAN,
                false,
                shape));
      }
      case ChunkedDataset _ -> new OutsideArray.Chunked(file, name, shape);
      default ->
          throw InputException.unsupported(
              file.toString(),
              "data set " + name,
              "the layout " + dataset.getDataLayout(),
              "a contiguous or chunked data set",
              "save it as h5py's create_dataset does by default");
    };
  }

  /// Refuses sizes that nothing could be computed with, before anything is allocated for them.
  private void requireSize(List<Long> shape, NpyType type, String name) {
    long bytes = type.bytes();
    try {
      for (long axis : shape) {
        if (axis < 0) {
          throw new ArithmeticException();
        }
        bytes = Math.multiplyExact(bytes, axis);
      }
    } catch (ArithmeticException _) {
      throw malformed(name, "the shape " + shape, "an array that fits a file");
    }
  }

  NpyType type(DataType type, String name) {
    int bytes = type.getSize();
    int bits = 8 * bytes;
    return switch (type) {
      case FloatingPoint real when real.getBitPrecision() == bits && bytes == 2 -> NpyType.FLOAT16;
      case FloatingPoint real when real.getBitPrecision() == bits && bytes == 4 -> NpyType.FLOAT32;
      case FloatingPoint real when real.getBitPrecision() == bits && bytes == 8 -> NpyType.FLOAT64;
      case FixedPoint whole when whole.getBitPrecision() == bits ->
          switch (bytes) {
            case 1 -> whole.isSigned() ? NpyType.INT8 : NpyType.UINT8;
            case 2 -> whole.isSigned() ? NpyType.INT16 : NpyType.UINT16;
            case 4 -> whole.isSigned() ? NpyType.INT32 : NpyType.UINT32;
            case 8 -> whole.isSigned() ? NpyType.INT64 : NpyType.UINT64;
            default -> throw unsupported(type, name);
          };
      default -> throw unsupported(type, name);
    };
  }

  private InputException unsupported(DataType type, String name) {
    return InputException.unsupported(
        file.toString(),
        "data set " + name,
        "elements of " + type.getClass().getSimpleName() + ", " + type.getSize() + " bytes each",
        "floating-point numbers of 16, 32 or 64 bits or whole numbers of 8 to 64",
        "convert them first, as in a.astype('f4')");
  }

  static ByteOrder order(DataType type) {
    return switch (type) {
      case FloatingPoint real -> real.getByteOrder();
      case FixedPoint whole -> whole.getByteOrder();
      default -> ByteOrder.LITTLE_ENDIAN;
    };
  }

  /// What the elements of a data set are.
  static NpyType type(Path file, Dataset dataset, String name) {
    return new Hdf5(file, 0).type(dataset.getDataType(), name);
  }

  private InputException malformed(String name, String found, String expected) {
    return InputException.malformed(
        file.toString(),
        "data set " + name,
        found,
        expected,
        "the file is cut or damaged, save it again");
  }
}
