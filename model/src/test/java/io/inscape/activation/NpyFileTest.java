package io.inscape.activation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.inscape.dataset.InputException;
import io.inscape.matrix.Matrix;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class NpyFileTest {
  @TempDir Path folder;

  @Test
  void writesTheBytesThatNumpyWrites() throws IOException {
    Path file = folder.resolve("a.npy");
    NpyFile.writeFloats(file, new float[] {1, 2, 3, 4, 5, 6}, 2, 3);
    byte[] bytes = Files.readAllBytes(file);
    assertThat(bytes).hasSize(128 + 24);
    assertThat(Arrays.copyOf(bytes, 10))
        .containsExactly(0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, 118, 0);
    assertThat(new String(bytes, 10, 118, StandardCharsets.US_ASCII))
        .isEqualTo(
            "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }" + " ".repeat(58) + "\n");
    assertThat(Arrays.copyOfRange(bytes, 128, 136))
        .containsExactly(0, 0, 0x80, 0x3f, 0, 0, 0, 0x40);
  }

  @Test
  void readsBackWhatItWrites() {
    Path file = folder.resolve("sub/b.npy");
    Matrix matrix = Matrix.of(2, 3, new float[] {1, -2, 3.5f, 4, 5, 6e-20f});
    NpyFile.write(file, matrix);
    assertThat(NpyFile.readMatrix(file).toArray()).isEqualTo(matrix.toArray());
    NpyFile.writeInts(file, new int[] {-1, 70_000}, 2);
    assertThat(NpyFile.read(file).longs()).containsExactly(-1, 70_000);
    NpyFile.writeBytes(file, new byte[] {1, (byte) 200}, 2);
    assertThat(NpyFile.read(file).longs()).containsExactly(1, 200);
    assertThat(NpyFile.read(file).shape()).containsExactly(2);
    NpyFile.writeFloats(file, new float[0], 0, 5);
    assertThat(NpyFile.readMatrix(file).cols()).isEqualTo(5);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<f4", ">f4", "<f8", ">f8", "<f2", "|i1", "|u1", "<i2", ">u2", "<i4", ">i4", "<u4", "<i8",
        ">i8", "<u8"
      })
  void readsEveryTypeInEitherByteAndAxisOrder(String descriptor) throws IOException {
    for (boolean fortran : List.of(false, true)) { // [[1, 2, 3], [4, 5, 6]]
      Path file = folder.resolve("typed.npy");
      int[] stored = fortran ? new int[] {1, 4, 2, 5, 3, 6} : new int[] {1, 2, 3, 4, 5, 6};
      Files.write(file, encode(descriptor, fortran, "(2, 3)", stored));
      assertThat(NpyFile.readMatrix(file).toArray()).containsExactly(1, 2, 3, 4, 5, 6);
      assertThat(NpyFile.read(file).doubles()).containsExactly(1, 2, 3, 4, 5, 6);
    }
  }

  @Test
  void readsFortranOrderOfThreeAxes() throws IOException {
    int[] stored = new int[24];
    for (int i = 0; i < 24; i++) {
      stored[i / 12 + 2 * (i / 4 % 3) + 6 * (i % 4)] = i;
    }
    Path file = folder.resolve("cube.npy");
    Files.write(file, encode("<i4", true, "(2, 3, 4)", stored));
    assertThat(NpyFile.read(file).longs()).isEqualTo(LongStream.range(0, 24).toArray());
  }

  @Test
  void saysWhatIsWrongWithAFile() throws IOException {
    Path file = folder.resolve("bad.npy");
    assertThatExceptionOfType(InputException.Missing.class)
        .isThrownBy(() -> NpyFile.read(file))
        .withMessage(file + ": not found, expected a .npy file; check the path");
    String cut = "; the file is cut or damaged, save the array again";
    refuses(
        "PK and a zip, not an array".getBytes(StandardCharsets.US_ASCII),
        "found no NumPy array at byte 0, expected a .npy file; save the array with numpy.save");
    byte[] whole = encode("<f4", false, "(2, 3)", 1, 2, 3, 4, 5, 6);
    refuses(
        Arrays.copyOf(whole, whole.length - 1),
        "found the shape [2, 3] of FLOAT32, that is "
            + whole.length
            + " bytes in all at the header, expected "
            + (whole.length - 1)
            + " bytes, the size of the file"
            + cut);
    refuses(
        Arrays.copyOf(whole, 40),
        "found the end of the file at byte 40, expected "
            + (whole.length - 24)
            + " bytes or more"
            + cut);
    refuses(
        encode("<c8", false, "(1,)", 1),
        "found elements of type c8 at the header, expected numbers: b1, i1 to i8, u1 to u8, f2, f4 "
            + "or f8; convert the array with astype('f4') first");
    refuses(
        encode("<f4", false, "(4611686018427387904, 4)", 1),
        "found the shape [4611686018427387904, 4] at the header, expected an array that fits a file"
            + cut);
    refuses(
        encode("<f4", false, "(2, -3)", 1),
        "found the shape (2, -3) at the header, expected whole numbers" + cut);
  }

  @Test
  void aMatrixHasTwoAxesAndFiniteNumbers() {
    Path file = folder.resolve("m.npy");
    NpyFile.writeFloats(file, new float[] {1, 2, Float.NaN, 4}, 2, 2);
    assertThatExceptionOfType(InputException.class)
        .isThrownBy(() -> NpyFile.readMatrix(file))
        .withMessage(
            file
                + ": found NaN at row 1, column 0, expected finite numbers; "
                + "remove or replace what is missing first");
    NpyFile.writeFloats(file, new float[8], 2, 2, 2);
    assertThatExceptionOfType(InputException.class)
        .isThrownBy(() -> NpyFile.readMatrix(file))
        .withMessageContaining("found an array of shape [2, 2, 2] at the header");
  }

  @Test
  void aFileAppearsWholeOrNotAtAll() throws IOException {
    Path file = folder.resolve("whole.npy");
    NpyFile.writeFloats(file, new float[] {1}, 1);
    byte[] before = Files.readAllBytes(file);
    try (NpyWriter writer = NpyWriter.create(file, NpyType.FLOAT32, 2)) {
      writer.write(ByteBuffer.allocate(4));
      assertThat(Files.readAllBytes(file)).isEqualTo(before);
      assertThatExceptionOfType(IllegalStateException.class).isThrownBy(writer::commit);
      assertThatExceptionOfType(IllegalStateException.class)
          .isThrownBy(() -> writer.write(ByteBuffer.allocate(8)));
    }
    assertThat(Files.readAllBytes(file)).isEqualTo(before);
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void aRefusalOfTheSystemIsOneSentence() throws IOException {
    Path blocked = folder.resolve("blocked");
    Files.writeString(blocked, "a file where a folder should be");
    assertThatExceptionOfType(InputException.Refused.class)
        .isThrownBy(() -> NpyFile.writeFloats(blocked.resolve("x.npy"), new float[1], 1))
        .withMessageStartingWith(blocked.resolve("x.npy") + ": could not write it (");
  }

  @Test
  void numpyReadsWhatWeWriteAndWeReadWhatNumpyWrites() throws Exception {
    Path python = Path.of("/usr/bin/python3");
    Assumptions.assumeTrue(Files.isExecutable(python), "no system Python");
    Path ours = folder.resolve("ours.npy");
    Path theirs = folder.resolve("theirs.npy");
    NpyFile.writeFloats(ours, new float[] {1, 2, 3, 4, 5, 6}, 3, 2);
    String script =
        """
        import sys
        try:
            import numpy
        except ImportError:
            sys.exit(77)
        a = numpy.load(sys.argv[1])
        assert a.dtype == numpy.float32 and a.shape == (3, 2), a
        assert (a == [[1, 2], [3, 4], [5, 6]]).all(), a
        numpy.save(sys.argv[2], numpy.asfortranarray(a.astype('>f8')) * 2)
        """;
    Process process =
        new ProcessBuilder(python.toString(), "-c", script, ours.toString(), theirs.toString())
            .inheritIO()
            .start();
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    Assumptions.assumeTrue(process.exitValue() != 77, "no NumPy");
    assertThat(process.exitValue()).isZero();
    assertThat(NpyFile.readMatrix(theirs).toArray()).containsExactly(2, 4, 6, 8, 10, 12);
  }

  private void refuses(byte[] content, String message) throws IOException {
    Path file = Files.write(folder.resolve("bad.npy"), content);
    assertThatExceptionOfType(InputException.class)
        .isThrownBy(() -> NpyFile.read(file))
        .withMessage(file + ": " + message);
  }

  /// An independent, naive writer of small arrays.
  private static byte[] encode(String descriptor, boolean fortran, String shape, int... values) {
    String header =
        "{'descr': '%s', 'fortran_order': %s, 'shape': %s, }\n"
            .formatted(descriptor, fortran ? "True" : "False", shape);
    int size = descriptor.charAt(2) - '0';
    ByteBuffer bytes = ByteBuffer.allocate(10 + header.length() + size * values.length);
    bytes.order(ByteOrder.LITTLE_ENDIAN);
    bytes.put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0});
    bytes.putShort((short) header.length()).put(header.getBytes(StandardCharsets.US_ASCII));
    bytes.order(descriptor.charAt(0) == '>' ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
    for (int value : values) {
      switch (descriptor.substring(1)) {
        case "f2" -> bytes.putShort(Float.floatToFloat16(value));
        case "f4" -> bytes.putFloat(value);
        case "f8" -> bytes.putDouble(value);
        case "i1", "u1" -> bytes.put((byte) value);
        case "i2", "u2" -> bytes.putShort((short) value);
        case "i4", "u4" -> bytes.putInt(value);
        default -> bytes.putLong(value);
      }
    }
    return bytes.array();
  }
}
