package io.inscape.activation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inscape.dataset.InputException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NpyRowsTest {
  @TempDir Path folder;

  /// `arange(6).reshape(2, 3)` as NumPy writes it.
  private Path write(String descriptor, boolean fortran) throws IOException {
    return write(descriptor, fortran, "2, 3", 0, 3, 1, 4, 2, 5);
  }

  private Path write(String descriptor, boolean fortran, String shape, int... fortranOrder)
      throws IOException {
    String text =
        "{'descr': '"
            + descriptor
            + "', 'fortran_order': "
            + (fortran ? "True" : "False")
            + ", 'shape': ("
            + shape
            + "), }";
    int size = Integer.parseInt(descriptor.substring(2));
    ByteBuffer bytes = ByteBuffer.allocate(10 + text.length() + fortranOrder.length * size);
    bytes.order(ByteOrder.LITTLE_ENDIAN);
    bytes.put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0});
    bytes.putShort((short) text.length()).put(text.getBytes(StandardCharsets.US_ASCII));
    bytes.order(descriptor.startsWith(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
    int[] order = fortran ? fortranOrder : IntStream.range(0, fortranOrder.length).toArray();
    for (int value : order) {
      switch (descriptor.substring(1)) {
        case "b1", "u1", "i1" -> bytes.put((byte) value);
        case "i2", "u2" -> bytes.putShort((short) value);
        case "i4", "u4" -> bytes.putInt(value);
        case "i8", "u8" -> bytes.putLong(value);
        case "f2" -> bytes.putShort(Float.floatToFloat16(value));
        case "f4" -> bytes.putFloat(value);
        default -> bytes.putDouble(value);
      }
    }
    Path file = folder.resolve("a.npy");
    Files.write(file, bytes.array());
    return file;
  }

  @ParameterizedTest
  @CsvSource({
    "<f4,false", "<f4,true", ">f4,false", "<f8,true", ">f8,false", "<f2,false", "|i1,false",
    "|u1,true", "|b1,false", ">i2,true", "<u2,false", "<i4,false", ">u4,true", "<i8,true",
    ">u8,false"
  })
  void readsEveryTypeAndOrderAsNpyFileDoes(String descriptor, boolean fortran) throws IOException {
    Path file = write(descriptor, fortran);
    try (NpyRows rows = NpyRows.open(file)) {
      assertThat(rows.rows()).isEqualTo(2);
      assertThat(rows.cols()).isEqualTo(3);
      float[] target = new float[7];
      rows.copy(1, 0, 3, target, 1);
      rows.copy(0, 1, 3, target, 4);
      assertThat(target).containsExactly(0, 3, 4, 5, 1, 2, 0);
      float[] all = new float[6];
      rows.copy(0, 0, 3, all, 0);
      rows.copy(1, 0, 3, all, 3);
      assertThat(all).isEqualTo(NpyFile.read(file).floats());
    }
  }

  @ParameterizedTest
  @CsvSource({"<f4,false", "<f4,true", ">i2,true"})
  void flattensFurtherAxesInCOrder(String descriptor, boolean fortran) throws IOException {
    Path file = write(descriptor, fortran, "2, 3, 2", 0, 6, 2, 8, 4, 10, 1, 7, 3, 9, 5, 11);
    try (NpyRows rows = NpyRows.open(file)) {
      assertThat(rows.cols()).isEqualTo(6);
      float[] row = new float[6];
      rows.copy(1, 0, 6, row, 0);
      assertThat(row).containsExactly(6, 7, 8, 9, 10, 11);
      assertThat(row).isEqualTo(matrixRow(file, 1));
    }
  }

  private static float[] matrixRow(Path file, int row) {
    float[] values = new float[6];
    ArrayFile.open(file.toString()).matrix().copyRow(row, values, 0);
    return values;
  }

  @Test
  void refusesWhatIsNoMatrix() {
    Path file = folder.resolve("column.npy");
    NpyFile.writeFloats(file, new float[4], 4);
    assertThatThrownBy(() -> NpyRows.open(file))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("an array of shape [4]")
        .hasMessageContaining("two axes, observation and column");
    assertThatThrownBy(() -> NpyRows.open(folder.resolve("none.npy")))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("not found");
  }
}
