package io.inscape.activation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.inscape.dataset.InputException;
import io.inscape.matrix.Matrix;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ArrayFileTest {
  private static final String CUT = "; the file is cut or damaged, save the array again";

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "|b1", "<f4", ">f4", "<f8", ">f8", "<f2", ">f2", "|i1", "|u1", "<i2", ">u2", "<i4", ">i4",
        "<u4", "<i8", ">i8", "<u8", ">u8"
      })
  void readsEveryTypeInEitherByteAndAxisOrderPlainAndPacked(String descriptor) throws IOException {
    int[] numbers =
        descriptor.equals("|b1") ? new int[] {1, 0, 0, 1, 1, 0} : new int[] {1, 2, 3, 4, 5, 6};
    float[] expected = new float[6];
    for (int i = 0; i < 6; i++) {
      expected[i] = numbers[i];
    }
    for (boolean fortran : List.of(false, true)) {
      int[] stored = numbers.clone();
      if (fortran) {
        for (int i = 0; i < 6; i++) {
          stored[i / 3 + i % 3 * 2] = numbers[i];
        }
      }
      for (int version = 1; version <= 3; version++) {
        byte[] array = encode(version, descriptor, fortran, "(2, 3)", stored);
        Path file = Files.write(folder.resolve("a.npy"), array);
        assertThat(matrix(file).toArray()).containsExactly(expected);
        for (int method : List.of(ZipEntry.STORED, ZipEntry.DEFLATED)) {
          assertThat(matrix(archive(method, Map.of("a.npy", array))).toArray())
              .containsExactly(expected);
        }
      }
    }
  }

  @Test
  void flattensAllAxesButTheFirst() throws IOException {
    int[] inOrder = new int[24]; // [2, 3, 4]
    int[] fortran = new int[24];
    for (int i = 0; i < 24; i++) {
      inOrder[i] = i;
      fortran[i / 12 + 2 * (i / 4 % 3) + 6 * (i % 4)] = i;
    }
    for (boolean swapped : List.of(false, true)) {
      byte[] cube = encode(1, "<i4", swapped, "(2, 3, 4)", swapped ? fortran : inOrder);
      Matrix plain = matrix(Files.write(folder.resolve("cube.npy"), cube));
      assertThat(plain.rows()).isEqualTo(2);
      assertThat(plain.cols()).isEqualTo(12);
      Matrix packed = matrix(archive(ZipEntry.DEFLATED, Map.of("cube.npy", cube)));
      for (int i = 0; i < 24; i++) {
        assertThat(plain.get(i / 12, i % 12)).isEqualTo(i);
        assertThat(packed.get(i / 12, i % 12)).isEqualTo(i);
      }
    }
  }

  @Test
  void readsWhatIsLargerThanAWindow() throws IOException {
    int rows = 1031;
    int cols = 4099; // 8 bytes each: three windows of 16 MiB
    ByteBuffer content = ByteBuffer.allocate(8 * rows * cols).order(ByteOrder.LITTLE_ENDIAN);
    byte[] head = encode(1, "<f8", false, "(1031, 4099)");
    byte[] swapped = encode(1, "<f8", true, "(4099, 1031)");
    for (int i = 0; i < rows * cols; i++) {
      content.putDouble(i % 1_000_003);
    }
    Path file = write("large.npy", head, content.array());
    Matrix matrix = matrix(file);
    Matrix transposed = matrix(write("swapped.npy", swapped, content.array()));
    for (int i = 0; i < rows * cols; i += 7) {
      assertThat(matrix.get(i / cols, i % cols)).isEqualTo(i % 1_000_003);
      assertThat(transposed.get(i % cols, i / cols)).isEqualTo(i % 1_000_003);
    }
  }

  @Test
  void choosesOneArrayOfAnArchive() throws IOException {
    byte[] one = encode(1, "<i4", false, "(1, 2)", 1, 2);
    byte[] two = encode(1, "<i4", false, "(1, 2)", 3, 4);
    Path file = archive(ZipEntry.STORED, new TreeMap<>(Map.of("one.npy", one, "two.npy", two)));
    assertThat(ArrayFile.open(file + ":two").matrix().toArray()).containsExactly(3, 4);
    assertThat(ArrayFile.open(file + ":one.npy").matrix().toArray()).containsExactly(1, 2);
    refuses(
        file.toString(),
        file
            + ": found 2 arrays (one, two) at the table of contents, expected one array; name the one"
            + " that is meant, as in "
            + file
            + ":one");
    refuses(
        file + ":three",
        file
            + ": found 2 arrays (one, two) at the table of contents, expected an array called three;"
            + " name the one that is meant, as in "
            + file
            + ":one");
    Path none = archive(ZipEntry.STORED, Map.of("read.me", one));
    refuses(
        none.toString(),
        none
            + ": found no array at the table of contents, expected one array; save arrays with"
            + " numpy.savez");
  }

  @Test
  void noticesADamagedArchive() throws IOException {
    byte[] array = encode(1, "<i4", false, "(2, 3)", 1, 2, 3, 4, 5, 6);
    byte[] whole = Files.readAllBytes(archive(ZipEntry.STORED, Map.of("a.npy", array)));
    byte[] flipped = whole.clone();
    flipped[30 + "a.npy".length() + array.length - 1] ^= 1;
    String end = ", expected a whole .npz file; the file is cut or damaged, save the arrays again";
    Path file = Files.write(folder.resolve("bad.npz"), flipped);
    refuses(
        file.toString(),
        file
            + ": found something that cannot be unpacked (its checksum is wrong) at the archive"
            + end);
    Files.write(file, Arrays.copyOf(whole, whole.length / 2));
    refuses(
        file.toString(),
        file
            + ": found something that cannot be unpacked (zip END header not found) at the archive"
            + end);
  }

  @Test
  void saysWhatAnArrayIsNot() throws IOException {
    Path missing = folder.resolve("none.npy");
    refuses(missing.toString(), missing + ": not found, expected a .npy file; check the path");
    refuses(
        folder.toString(),
        folder + ": found a folder at the path, expected a .npy file; name the file in it");
    says(
        "1,2,3\n4,5,6 some table of text".getBytes(StandardCharsets.US_ASCII),
        "found no NumPy array at byte 0, expected a .npy file; save the array with numpy.save");
    says(new byte[0], "found the end of the file at byte 0, expected 10 bytes or more" + CUT);
    String numbers = " at the header, expected numbers: b1, i1 to i8, u1 to u8, f2, f4 or f8; ";
    says(
        encode(1, "|O8", false, "(2,)"),
        "found Python objects" + numbers + "make an array of numbers with astype('f4') first");
    says(
        encode(1, "<U5", false, "(2,)"),
        "found texts (type U5)"
            + numbers
            + "number them, as in numpy.unique(a, return_inverse=True)[1]");
    says(
        encode(1, "<c8", false, "(2,)"),
        "found elements of type c8" + numbers + "convert the array with astype('f4') first");
    says(
        encode(1, "<M8[ns]", false, "(2,)"),
        "found elements of type M8[ns]" + numbers + "convert the array with astype('f4') first");
    says(
        dictionary(1, "{'descr': [('x', '<f4')], 'fortran_order': False, 'shape': (2,), }\n"),
        "found elements with several fields"
            + numbers
            + "save one field, as in numpy.save(file, a['x'])");
  }

  @Test
  void noticesAHeaderThatLiesAndAFileThatIsCut() throws IOException {
    byte[] whole = encode(1, "<f4", false, "(2, 3)", 1, 2, 3, 4, 5, 6);
    says(
        Arrays.copyOf(whole, whole.length - 1),
        "found the shape [2, 3] of FLOAT32, that is "
            + whole.length
            + " bytes in all at the header, expected "
            + (whole.length - 1)
            + " bytes, the size of the file"
            + CUT);
    byte[] lie = encode(1, "<f4", false, "(9, 3)", 1, 2, 3, 4, 5, 6);
    says(
        lie,
        "found the shape [9, 3] of FLOAT32, that is "
            + (lie.length + 84)
            + " bytes in all at the header, expected "
            + lie.length
            + " bytes, the size of the file"
            + CUT);
    says(
        encode(1, "<f4", false, "(99999999999999999999, 3)"),
        "found the shape (99999999999999999999, 3) at the header, expected whole numbers" + CUT);
    says(
        encode(1, "<f4", false, "(4611686018427387904, 3)"),
        "found the shape [4611686018427387904, 3] at the header, expected an array that fits a file"
            + CUT);
  }

  @Test
  void namesRowAndColumnOfWhatIsNotFinite() throws IOException {
    for (boolean fortran : List.of(false, true)) {
      byte[] head = encode(1, "<f8", fortran, "(3, 2)");
      double[] values = {1, 2, 3, 4, 5, 6};
      values[5] = Double.NaN; // the last in either order
      Path file = write("nan.npy", head, doubles(values));
      refuses(
          file.toString(),
          file
              + ": found NaN at row 2, column 1, expected finite numbers; remove or replace what is"
              + " missing first");
      values = new double[] {1, 2, 3, 4, 5, 6};
      values[fortran ? 1 : 2] = Double.NEGATIVE_INFINITY;
      write("nan.npy", head, doubles(values));
      refuses(
          file.toString(),
          file
              + ": found -Infinity at row 1, column 0, expected finite numbers; remove or replace"
              + " what is missing first");
      values[fortran ? 1 : 2] = 1e300;
      write("nan.npy", head, doubles(values));
      refuses(
          file.toString(),
          file
              + ": found 1.0E300 at row 1, column 0, expected numbers that 32 bits can hold, up to"
              + " 3.4028235E38; scale the data first");
    }
  }

  @Test
  void aMatrixNeedsTwoAxesAndSomethingInThem() throws IOException {
    Path file = Files.write(folder.resolve("m.npy"), encode(1, "<f4", false, "(2,)", 1, 2));
    refuses(
        file.toString(),
        file
            + ": found an array of shape [2] at the header, expected two axes, observation and"
            + " column; reshape it, as in a.reshape(-1, 1) for one column");
    for (String shape : List.of("[0, 5]", "[5, 0]")) {
      Files.write(file, encode(1, "<f4", false, shape.replace('[', '(').replace(']', ')')));
      refuses(
          file.toString(),
          file
              + ": found an array of shape "
              + shape
              + " at the header, expected at least one row and one column; look where the array"
              + " became empty");
    }
  }

  @Test
  void saysHowMuchMemoryAMatrixNeeds() throws IOException {
    Path file = folder.resolve("sparse.npy");
    try (var channel =
        java.nio.channels.FileChannel.open(
            file,
            java.nio.file.StandardOpenOption.CREATE,
            java.nio.file.StandardOpenOption.WRITE,
            java.nio.file.StandardOpenOption.SPARSE)) {
      byte[] head = encode(1, "|u1", false, "(3000000, 784)");
      channel.write(ByteBuffer.wrap(head));
      channel.write(ByteBuffer.wrap(new byte[1]), head.length + 3_000_000L * 784 - 1); // a hole
    }
    refuses(
        file.toString(),
        file
            + ": found an array of shape [3000000, 784], that is 8.76 GiB as 32-bit numbers at the"
            + " header, expected at most 2147483639 numbers, the most that one matrix holds; take"
            + " fewer rows or columns");
    Files.write(file, encode(1, "|i1", false, "(2, 3)", 1, 2, 3, 4, 5, 6));
    assertThatExceptionOfType(InputException.class)
        .isThrownBy(() -> ArrayFile.open(file.toString()).requireRoom(20))
        .withMessage(
            file
                + ": found an array of shape [2, 3], that is 0.00 GiB as 32-bit numbers at the"
                + " header, expected at most 0.00 GiB, which is what Java may use here; start again"
                + " with INSCAPE_JVM=-Xmx1g, or take fewer rows");
  }

  @Test
  void numbersTheClassesInTheOrderOfTheirValues() throws IOException {
    for (String descriptor : List.of("<i8", ">i2", "|u1", "<f4", "<f8", "<u8")) {
      Path file =
          Files.write(folder.resolve("l.npy"), encode(1, descriptor, false, "(4,)", 7, 3, 7, 12));
      Labels labels = ArrayFile.open(file.toString()).labels();
      assertThat(labels.classes()).containsExactly(1, 0, 1, 2);
      assertThat(labels.names()).containsExactly("3", "7", "12");
    }
    Path column = Files.write(folder.resolve("l.npy"), encode(1, "<i4", true, "(3, 1)", -1, 5, -1));
    assertThat(ArrayFile.open(column.toString()).labels().names()).containsExactly("-1", "5");
    Path large =
        write(
            "u.npy",
            encode(1, "<u8", false, "(2,)"),
            new byte[] {-1, -1, -1, -1, -1, -1, -1, -1, 1, 0, 0, 0, 0, 0, 0, 0});
    assertThat(ArrayFile.open(large.toString()).labels().names())
        .containsExactly("1", "18446744073709551615");
  }

  @Test
  void labelsAreWholeNumbersAlongOneAxis() throws IOException {
    Path file = Files.write(folder.resolve("l.npy"), encode(1, "<i4", false, "(2, 2)", 1, 2, 3, 4));
    assertThatExceptionOfType(InputException.class)
        .isThrownBy(() -> ArrayFile.open(file.toString()).labels())
        .withMessage(
            file
                + ": found an array of shape [2, 2] at the header, expected labels with one axis;"
                + " save one whole number for each observation");
    write("l.npy", encode(1, "<f8", false, "(2,)"), doubles(1, 0.5));
    assertThatExceptionOfType(InputException.class)
        .isThrownBy(() -> ArrayFile.open(file.toString()).labels())
        .withMessage(
            file
                + ": found 0.5 at row 1, expected whole numbers, the classes; number the classes"
                + " from 0");
  }

  @Test
  void readsWhatNumpySaves() throws Exception {
    Path python = Path.of("/usr/bin/python3");
    Assumptions.assumeTrue(Files.isExecutable(python), "no system Python");
    String script =
        """
        import sys
        try:
            import numpy
        except ImportError:
            sys.exit(77)
        a = numpy.arange(6).reshape(3, 2)
        numpy.savez(sys.argv[1] + '/plain.npz', a=a, b=a.astype('>f2', order='F'))
        numpy.savez_compressed(sys.argv[1] + '/packed.npz', a=a.T.copy().T.astype('u1'), b=a > 2)
        """;
    Process process =
        new ProcessBuilder(python.toString(), "-c", script, folder.toString()).inheritIO().start();
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    Assumptions.assumeTrue(process.exitValue() != 77, "no NumPy");
    assertThat(process.exitValue()).isZero();
    for (String place : List.of("plain.npz:a", "plain.npz:b", "packed.npz:a")) {
      assertThat(ArrayFile.open(folder.resolve(place).toString()).matrix().toArray())
          .containsExactly(0, 1, 2, 3, 4, 5);
    }
    assertThat(ArrayFile.open(folder.resolve("packed.npz:b").toString()).matrix().toArray())
        .containsExactly(0, 0, 0, 1, 1, 1);
  }

  @Test
  void theDigestIsThatOfTheFile() throws IOException {
    Path file = Files.write(folder.resolve("d.npy"), encode(1, "|i1", false, "(1, 1)", 5));
    assertThat(ArrayFile.open(file.toString()).sha256()).hasSize(64).matches("[0-9a-f]+");
  }

  private static Matrix matrix(Path file) {
    return ArrayFile.open(file.toString()).matrix();
  }

  private static void refuses(String place, String message) {
    assertThatExceptionOfType(InputException.class)
        .isThrownBy(() -> ArrayFile.open(place).matrix())
        .withMessage(message);
  }

  private void says(byte[] content, String message) throws IOException {
    Path file = Files.write(folder.resolve("bad.npy"), content);
    refuses(file.toString(), file + ": " + message);
  }

  private Path write(String name, byte[] head, byte[] content) throws IOException {
    Path file = folder.resolve(name);
    try (var out = Files.newOutputStream(file)) {
      out.write(head);
      out.write(content);
    }
    return file;
  }

  private static byte[] doubles(double... values) {
    ByteBuffer bytes = ByteBuffer.allocate(8 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asDoubleBuffer().put(values);
    return bytes.array();
  }

  private Path archive(int method, Map<String, byte[]> members) throws IOException {
    Path file = folder.resolve("archive.npz");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      zip.setMethod(method);
      for (Map.Entry<String, byte[]> member : members.entrySet()) {
        ZipEntry entry = new ZipEntry(member.getKey());
        if (method == ZipEntry.STORED) {
          CRC32 checksum = new CRC32();
          checksum.update(member.getValue());
          entry.setCrc(checksum.getValue());
          entry.setSize(member.getValue().length);
        }
        zip.putNextEntry(entry);
        zip.write(member.getValue());
      }
    }
    return file;
  }

  private static byte[] dictionary(int version, String header) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', (byte) version, 0});
    ByteBuffer length = ByteBuffer.allocate(version == 1 ? 2 : 4).order(ByteOrder.LITTLE_ENDIAN);
    if (version == 1) {
      length.putShort((short) header.length());
    } else {
      length.putInt(header.length());
    }
    out.writeBytes(length.array());
    out.writeBytes(header.getBytes(StandardCharsets.US_ASCII));
    return out.toByteArray();
  }

  /// An independent, naive writer of small arrays.
  private static byte[] encode(
      int version, String descriptor, boolean fortran, String shape, int... values) {
    byte[] head =
        dictionary(
            version,
            "{'descr': '%s', 'fortran_order': %s, 'shape': %s, }\n"
                .formatted(descriptor, fortran ? "True" : "False", shape));
    int size = values.length == 0 ? 0 : descriptor.charAt(2) - '0';
    ByteBuffer bytes = ByteBuffer.allocate(head.length + size * values.length).put(head);
    bytes.order(descriptor.charAt(0) == '>' ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
    for (int value : values) {
      switch (descriptor.substring(1)) {
        case "f2" -> bytes.putShort(Float.floatToFloat16(value));
        case "f4" -> bytes.putFloat(value);
        case "f8" -> bytes.putDouble(value);
        case "b1", "i1", "u1" -> bytes.put((byte) value);
        case "i2", "u2" -> bytes.putShort((short) value);
        case "i4", "u4" -> bytes.putInt(value);
        default -> bytes.putLong(value);
      }
    }
    return bytes.array();
  }
}
