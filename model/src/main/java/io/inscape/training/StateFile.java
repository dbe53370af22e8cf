package io.inscape.training;

import io.inscape.dataset.InputException;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/// A training state as an `.npz` file: a ZIP of `.npy` arrays, stored without compression.
///
/// | array | content |
/// |---|---|
/// | `epoch`, `updates`, `arrays` | counts; `arrays` is how many weights follow, so that a cut file is noticed |
/// | `parameter/NAME` | the values of a weight |
/// | `velocity/NAME` | its newest step |
final class StateFile {
  private static final String PARAMETER = "parameter/";
  private static final String VELOCITY = "velocity/";
  private static final String SUFFIX = ".npy";
  private static final int HEADER = 128; // bytes before an array's values
  private static final String MAGIC = "\u0093NUMPY\u0001\u0000"; // format 1.0
  private static final LocalDateTime NO_TIME = LocalDateTime.of(1980, 1, 1, 0, 0); // ZIP's first

  private StateFile() {}

  static void write(TrainingState state, Path file) {
    Path aside = file.resolveSibling(file.getFileName() + ".tmp-" + ProcessHandle.current().pid());
    try {
      try (FileChannel channel =
          FileChannel.open(
              aside,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.WRITE)) {
        ZipOutputStream zip =
            new ZipOutputStream(
                new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16));
        writeArrays(state, zip);
        zip.finish();
        zip.flush();
        channel.force(true);
      }
      Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      discard(aside, e);
      throw InputException.refused(file.toString(), "write", e);
    }
  }

  private static void discard(Path aside, IOException cause) {
    try {
      Files.deleteIfExists(aside);
    } catch (IOException e) {
      cause.addSuppressed(e);
    }
  }

  private static void writeArrays(TrainingState state, ZipOutputStream zip) throws IOException {
    writeCount(zip, "epoch", state.epoch());
    writeCount(zip, "updates", state.updates());
    writeCount(zip, "arrays", state.names().size());
    for (String name : state.names()) {
      writeFloats(zip, PARAMETER + name, state.parameter(name));
      writeFloats(zip, VELOCITY + name, state.velocity(name));
    }
  }

  private static void writeCount(ZipOutputStream zip, String name, long value) throws IOException {
    byte[] array = array("<i8", "", Long.BYTES);
    values(array).putLong(value);
    writeEntry(zip, name, array);
  }

  private static void writeFloats(ZipOutputStream zip, String name, float[] values)
      throws IOException {
    byte[] array = array("<f4", values.length + ",", values.length * Float.BYTES);
    values(array).asFloatBuffer().put(values);
    writeEntry(zip, name, array);
  }

  /// The bytes of an array, its header written and its values still 0.
  private static byte[] array(String type, String shape, int bytes) {
    String text =
        MAGIC
            + (char) (HEADER - 10)
            + "\u0000"
            + "{'descr': '"
            + type
            + "', 'fortran_order': False, 'shape': ("
            + shape
            + "), }";
    byte[] header = text.getBytes(StandardCharsets.ISO_8859_1);
    byte[] array = new byte[Math.addExact(HEADER, bytes)];
    Arrays.fill(array, header.length, HEADER - 1, (byte) ' ');
    System.arraycopy(header, 0, array, 0, header.length);
    array[HEADER - 1] = '\n';
    return array;
  }

  private static ByteBuffer values(byte[] array) {
    return ByteBuffer.wrap(array, HEADER, array.length - HEADER)
        .slice()
        .order(ByteOrder.LITTLE_ENDIAN);
  }

  private static void writeEntry(ZipOutputStream zip, String name, byte[] array)
      throws IOException {
    CRC32 check = new CRC32();
    check.update(array);
    ZipEntry entry = new ZipEntry(name + SUFFIX);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(array.length);
    entry.setCrc(check.getValue());
    entry.setTimeLocal(NO_TIME);
    zip.putNextEntry(entry);
    zip.write(array);
    zip.closeEntry();
  }

  static TrainingState read(Path file) {
    if (!Files.isRegularFile(file)) {
      throw InputException.missing(
          file.toString(), "a training state", "start the training from its beginning");
    }
    Map<String, byte[]> arrays = new LinkedHashMap<>();
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
        ZipInputStream zip = new ZipInputStream(in)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        arrays.put(entry.getName(), zip.readAllBytes());
      }
    } catch (ZipException | EOFException e) {
      throw damaged(file, arrays.size(), String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw InputException.refused(file.toString(), "read", e);
    }
    try {
      return state(arrays);
    } catch (IllegalArgumentException e) {
      throw damaged(file, arrays.size(), String.valueOf(e.getMessage()));
    }
  }

  private static InputException damaged(Path file, int array, String found) {
    return InputException.malformed(
        file.toString(),
        "array " + array,
        found,
        "a whole training state",
        "delete it to start the training again from its beginning");
  }

  private static TrainingState state(Map<String, byte[]> arrays) {
    Map<String, float[]> parameters = new LinkedHashMap<>();
    Map<String, float[]> velocities = new LinkedHashMap<>();
    for (Map.Entry<String, byte[]> entry : arrays.entrySet()) {
      String name = entry.getKey();
      if (name.startsWith(PARAMETER)) {
        parameters.put(bare(name, PARAMETER), floats(name, entry.getValue()));
      } else if (name.startsWith(VELOCITY)) {
        velocities.put(bare(name, VELOCITY), floats(name, entry.getValue()));
      }
    }
    long expected = count(arrays, "arrays");
    if (parameters.size() != expected) {
      throw new IllegalArgumentException(parameters.size() + " weights instead of " + expected);
    }
    return new TrainingState(
        Math.toIntExact(count(arrays, "epoch")), count(arrays, "updates"), parameters, velocities);
  }

  private static String bare(String name, String prefix) {
    return name.substring(prefix.length(), name.length() - SUFFIX.length());
  }

  private static long count(Map<String, byte[]> arrays, String name) {
    byte[] array = arrays.get(name + SUFFIX);
    if (array == null) {
      throw new IllegalArgumentException("no array '" + name + "'");
    }
    ByteBuffer values = values(name, array, "<i8");
    if (values.remaining() != Long.BYTES) {
      throw new IllegalArgumentException("array '" + name + "' is no single number");
    }
    return values.getLong();
  }

  private static float[] floats(String name, byte[] array) {
    ByteBuffer values = values(name, array, "<f4");
    float[] floats = new float[values.remaining() / Float.BYTES];
    values.asFloatBuffer().get(floats);
    return floats;
  }

  private static ByteBuffer values(String name, byte[] array, String type) {
    int length = Math.min(HEADER, array.length);
    String header = new String(array, 0, length, StandardCharsets.ISO_8859_1);
    if (header.length() < HEADER || !header.startsWith(MAGIC) || !header.contains(type)) {
      throw new IllegalArgumentException("array '" + name + "' is not of type " + type);
    }
    return values(array);
  }
}
