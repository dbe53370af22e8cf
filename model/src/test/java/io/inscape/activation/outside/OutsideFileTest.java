package io.inscape.activation.outside;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.inscape.activation.ActivationStore;
import io.inscape.activation.RowReader;
import io.inscape.dataset.InputException;
import io.inscape.matrix.Matrix;
import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import io.jhdf.api.DatasetCreationOptions;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OutsideFileTest {
  @TempDir Path folder;

  private Matrix read(Path file, String member, int... observations) {
    OutsideArray array =
        OutsideFile.arrays(file).stream()
            .filter(one -> one.member().equals(member))
            .findFirst()
            .orElseThrow();
    try (ActivationStore store =
        ActivationStore.of(array.open(observations.length), observations, "fc1")) {
      return store.readAll();
    }
  }

  private Path write(String name, byte[] bytes) throws IOException {
    return Files.write(folder.resolve(name), bytes);
  }

  @Test
  void readsChosenRowsOfEveryTypeAndByteOrder() throws IOException {
    ByteBuffer halves = ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN);
    ByteBuffer doubles = ByteBuffer.allocate(48).order(ByteOrder.BIG_ENDIAN);
    ByteBuffer shorts = ByteBuffer.allocate(12).order(ByteOrder.BIG_ENDIAN);
    for (int i = 0; i < 6; i++) {
      halves.putShort(Float.floatToFloat16(i));
      doubles.putDouble(i);
      shorts.putShort((short) i);
    }
    byte[] big = MadeFiles.floats(ByteOrder.BIG_ENDIAN, 0, 1, 2, 3, 4, 5);
    List<Path> files =
        List.of(
            write("f2.npy", MadeFiles.npy("<f2", false, "(3, 2)", halves.array())),
            write("f4.npy", MadeFiles.npy("<f4", false, "(3, 1, 2)", MadeFiles.counting(6))),
            write("f4b.npy", MadeFiles.npy(">f4", false, "(3, 2)", big)),
            write("f8.npy", MadeFiles.npy(">f8", false, "(3, 2)", doubles.array())),
            write("i2.npy", MadeFiles.npy(">i2", false, "(3, 2)", shorts.array())),
            write("u1.npy", MadeFiles.npy("|u1", false, "(3, 2)", new byte[] {0, 1, 2, 3, 4, 5})));
    for (Path file : files) {
      assertThat(read(file, "", 2, 0).toArray()).as("%s", file).containsExactly(4, 5, 0, 1);
    }
    byte[] columnsFirst = MadeFiles.floats(ByteOrder.LITTLE_ENDIAN, 0, 2, 4, 1, 3, 5);
    Path fortran = write("fo.npy", MadeFiles.npy("<f4", true, "(3, 2)", columnsFirst));
    assertThat(read(fortran, "", 2, 0).toArray()).containsExactly(4, 5, 0, 1);
    Path one = write("one.npy", MadeFiles.npy("<f4", false, "(3,)", MadeFiles.counting(3)));
    assertThat(read(one, "", 1, 2).toArray()).containsExactly(1, 2);
  }

  @Test
  void mapsStoredMembersAndUnpacksCompressedOnes() throws IOException {
    byte[] array = MadeFiles.npy("<f4", false, "(3, 2)", MadeFiles.counting(6));
    var members = MadeFiles.members("fc1.npy", array, "block/fc2.npy", array, "note.txt", array);
    Path stored = MadeFiles.archive(folder.resolve("stored.npz"), true, members);
    Path packed = MadeFiles.archive(folder.resolve("packed.npz"), false, members);
    for (Path file : List.of(stored, packed)) {
      assertThat(OutsideFile.arrays(file))
          .extracting(OutsideArray::member)
          .containsExactly("fc1", "block/fc2");
      assertThat(read(file, "block/fc2", 1).toArray()).containsExactly(2, 3);
      assertThat(read(file, "fc1", 0, 2).toArray()).containsExactly(0, 1, 4, 5);
    }
    assertThat(OutsideFile.arrays(stored)).allMatch(OutsideArray.Plain.class::isInstance);
    assertThat(OutsideFile.arrays(packed)).allMatch(OutsideArray.Deflated.class::isInstance);
  }

  @Test
  void mapsTensors() throws IOException {
    String header =
        "{\"__metadata__\":{\"format\":\"pt\"},\"fc1\":{\"dtype\":\"F32\",\"shape\":[3,2],"
            + "\"data_offsets\":[0,24]},\"b\":{\"dtype\":\"I16\",\"shape\":[3],\"data_offsets\":[24,30]}}  ";
    ByteBuffer data = ByteBuffer.allocate(30).order(ByteOrder.LITTLE_ENDIAN);
    data.put(MadeFiles.counting(6)).putShort((short) 7).putShort((short) 8).putShort((short) 9);
    Path file = MadeFiles.safetensors(folder.resolve("a.safetensors"), header, data.array());
    assertThat(read(file, "fc1", 2).toArray()).containsExactly(4, 5);
    assertThat(read(file, "b", 0, 2).toArray()).containsExactly(7, 9);
  }

  @Test
  void readsContiguousAndChunkedDataSetsInGroups() {
    Path file = folder.resolve("a.h5");
    float[][][] maps = new float[50][3][7];
    double[][] doubles = new double[50][11];
    for (int i = 0; i < 50; i++) {
      for (int j = 0; j < 21; j++) {
        maps[i][j / 7][j % 7] = i * 21 + j;
      }
      for (int j = 0; j < 11; j++) {
        doubles[i][j] = i * 11 + j;
      }
    }
    try (WritableHdfFile out = HdfFile.write(file)) {
      out.putDataset("fc1", doubles);
      var group = out.putGroup("encoder");
      group.putDataset("conv1", maps, chunks(8, 2, 4).deflate().build());
      group.putDataset("plain", maps);
    }
    List<OutsideArray> arrays = OutsideFile.arrays(file);
    assertThat(arrays)
        .extracting(OutsideArray::member)
        .containsExactly("encoder/conv1", "encoder/plain", "fc1");
    assertThat(arrays.get(0)).isInstanceOf(OutsideArray.Chunked.class);
    assertThat(arrays.get(1)).isInstanceOf(OutsideArray.Plain.class);
    assertThat(arrays.get(0).units()).isEqualTo(21);
    int[] chosen = {49, 0, 8, 7};
    for (String member : List.of("encoder/conv1", "encoder/plain")) {
      Matrix read = read(file, member, chosen);
      for (int i = 0; i < chosen.length; i++) {
        for (int j = 0; j < 21; j++) {
          assertThat(read.get(i, j)).isEqualTo(chosen[i] * 21f + j);
        }
      }
    }
    assertThat(read(file, "fc1", 3).get(0, 10)).isEqualTo(43, within(0f));
  }

  private static DatasetCreationOptions.Builder chunks(int... sizes) {
    return DatasetCreationOptions.builder().chunkDimensions(sizes);
  }

  @Test
  void namesLayerObservationAndUnitOfWhatIsNoNumber() throws IOException {
    byte[] bytes = MadeFiles.floats(ByteOrder.LITTLE_ENDIAN, 0, 1, 2, Float.NaN, 4, 5);
    Path file = write("nan.npy", MadeFiles.npy("<f4", false, "(3, 2)", bytes));
    assertThat(read(file, "", 0, 2).toArray()).containsExactly(0, 1, 4, 5);
    assertThatThrownBy(() -> read(file, "", 0, 1))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "fc1: found NaN at observation 1, unit 1, expected finite numbers; did the training"
                + " diverge? Leave this epoch out, or find where it comes from");
  }

  @Test
  void aFileLargerThanMemoryOpensAtOnceAndOnlyTheRowsAskedForAreRead() throws IOException {
    Path file = folder.resolve("large.npy");
    int rows = 2_500_000;
    byte[] head = MadeFiles.npy("<f4", false, "(" + rows + ", 512)", new byte[0]);
    long size = head.length + 4L * rows * 512; // 5.1 GB, of which the disk holds a few pages
    try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
      out.setLength(size);
      out.write(head);
      out.seek(size - 4);
      out.write(MadeFiles.floats(ByteOrder.LITTLE_ENDIAN, 7));
    }
    long begun = System.nanoTime();
    try (RowReader reader = OutsideFile.arrays(file).getFirst().open(2000)) {
      double opened = (System.nanoTime() - begun) / 1e6;
      int[] sample = IntStream.range(0, 2000).map(i -> i * 1250 + 1249).toArray();
      begun = System.nanoTime();
      try (ActivationStore store = ActivationStore.of(reader, sample, "fc1")) {
        assertThat(store.readAll().get(1999, 511)).isEqualTo(7);
      }
      double read = (System.nanoTime() - begun) / 1e6;
      System.out.printf("5.1 GB opened in %.1f ms, 2,000 rows read in %.1f ms%n", opened, read);
      assertThat(opened).isLessThan(2000);
      assertThat(read).isLessThan(5000);
    }
  }

  private void assertRefused(Path file, String message) {
    assertThatThrownBy(() -> OutsideFile.arrays(file).forEach(array -> array.open(1).close()))
        .as("%s", file)
        .isInstanceOf(InputException.class)
        .hasMessage(file + message);
  }

  private void assertRefused(String header, int bytes, String message) throws IOException {
    Path file =
        MadeFiles.safetensors(folder.resolve("broken.safetensors"), header, new byte[bytes]);
    assertRefused(file, message);
  }

  @Test
  void refusesBrokenTensors() throws IOException {
    String again = "; the file is cut or damaged, save the tensors again";
    Path broken = folder.resolve("short.safetensors");
    assertRefused(
        Files.write(broken, new byte[5]),
        ": found the end of the file at byte 5, expected 8 bytes or more" + again);
    assertRefused(
        MadeFiles.safetensors(broken, -1, "{}", new byte[8]),
        ": found a header of 18446744073709551615 bytes at byte 0, expected 2 to 10, what the file"
            + " has room for"
            + again);
    assertRefused(
        MadeFiles.safetensors(broken, 1L << 40, "{}", new byte[8]),
        ": found a header of 1099511627776 bytes at byte 0, expected 2 to 10, what the file has"
            + " room for"
            + again);
    assertRefused(
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2,2],\"data_offsets\":[0,16]}}",
        12,
        ": found the bytes 0 to 16 at tensor a, expected a range within the 12 bytes after the"
            + " header"
            + again);
    assertRefused(
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2,3],\"data_offsets\":[0,16]}}",
        16,
        ": found 16 bytes at tensor a, expected 24 bytes for the shape [2, 3] of FLOAT32" + again);
    assertRefused(
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[4000000000,4000000000],\"data_offsets\":[0,16]}}",
        16,
        ": found 16 bytes at tensor a, expected a size that fits a file for the shape"
            + " [4000000000, 4000000000] of FLOAT32"
            + again);
    assertRefused(
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[8,0]}}",
        16,
        ": found the bytes 8 to 0 at tensor a, expected a range within the 16 bytes after the"
            + " header"
            + again);
    assertRefused(
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]},"
            + "\"b\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[4,12]}}",
        16,
        ": found the byte 4 at tensor b, expected 8 or more, behind tensor a" + again);
    assertRefused(
        "{\"a\":{\"dtype\":\"BF16\",\"shape\":[2],\"data_offsets\":[0,4]}}",
        4,
        ": found elements of type 'BF16' at tensor a, expected F16, F32, F64, BOOL, or whole"
            + " numbers of 8 to 64 bits; convert it first, as in tensor.float()");
    assertRefused(
        "{\"../../a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}",
        4,
        ": found '../../a' at the names in it, expected names of 1 to 200 characters without '..',"
            + " ':', backslash and a slash in front; give the array another name");
    assertRefused(
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[-1],\"data_offsets\":[0,4]}}",
        4,
        ": found '-1' at tensor a, expected whole numbers, at most 32" + again);
    assertRefused(
        "{\"a\":{\"dtype\":\"F32\",\"data_offsets\":[0,4]}}",
        4,
        ": found no shape at tensor a, expected dtype, shape, and two data_offsets" + again);
    assertRefused(
        "{}",
        4,
        ": found no array at its contents, expected at least one; save the layers into it");
    assertThatThrownBy(() -> assertRefused("{\"a\":{\"dtype\":", 4, ""))
        .hasMessageContaining("text that is not understood");
    assertThatThrownBy(() -> assertRefused("[[[[[[[[[[[", 4, ""))
        .hasMessageContaining("text that is not understood");
  }

  @Test
  void refusesBrokenArchives() throws IOException {
    String again = "; the file is cut or damaged, save the arrays again";
    byte[] array = MadeFiles.npy("<f4", false, "(3, 2)", MadeFiles.counting(6));
    Path file = folder.resolve("broken.npz");
    MadeFiles.archive(file, true, MadeFiles.members("a.npy", array));
    byte[] whole = Files.readAllBytes(file);
    Files.write(file, java.util.Arrays.copyOf(whole, whole.length / 2));
    assertRefused(
        file, ": found no table of contents at its end, expected a whole .npz file" + again);
    byte[] absurd = whole.clone();
    int end = whole.length - 22;
    ByteBuffer.wrap(absurd).order(ByteOrder.LITTLE_ENDIAN).putInt(end + 12, 0x7fffffff);
    Files.write(file, absurd);
    assertRefused(
        file,
        ": found a table of contents of 2147483647 bytes at the end, expected at most 67108864"
            + " bytes"
            + again);
    absurd = whole.clone();
    int table = ByteBuffer.wrap(whole).order(ByteOrder.LITTLE_ENDIAN).getInt(end + 16);
    ByteBuffer.wrap(absurd).order(ByteOrder.LITTLE_ENDIAN).putInt(table + 20, 1 << 30);
    Files.write(file, absurd);
    assertThatThrownBy(() -> OutsideFile.arrays(file))
        .hasMessageStartingWith(
            file + ": found 1073741824 bytes from byte 35 at the member a.npy, expected a range");
    MadeFiles.archive(file, true, MadeFiles.members("../../etc/a.npy", array));
    assertRefused(
        file,
        ": found '../../etc/a' at the names in it, expected names of 1 to 200 characters without"
            + " '..', ':', backslash and a slash in front; give the array another name");
    byte[] bomb = MadeFiles.npy("<f4", false, "(1000000, 1000000)", new byte[64]);
    MadeFiles.archive(file, false, MadeFiles.members("a.npy", bomb));
    assertThatThrownBy(() -> OutsideFile.arrays(file))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("the shape [1000000, 1000000] of FLOAT32");
    MadeFiles.archive(
        file, true, MadeFiles.members("a.npy", MadeFiles.npy("|O", false, "(2,)", new byte[16])));
    assertThatThrownBy(() -> OutsideFile.arrays(file)).hasMessageContaining("Python objects");
  }

  @Test
  void refusesBrokenHdf5Files() throws IOException {
    Path text = write("text.h5", "no HDF5 file".getBytes(StandardCharsets.UTF_8));
    assertThatThrownBy(() -> OutsideFile.arrays(text))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(text + ": found what the HDF5 library cannot read (")
        .hasMessageEndingWith(
            ") at its structure, expected a whole HDF5 file; the file is cut or damaged, or was"
                + " still being written; save it again");
    Path file = folder.resolve("whole.h5");
    try (WritableHdfFile out = HdfFile.write(file)) {
      out.putDataset("a", new float[100][100]);
      out.putDataset("names", new String[] {"x", "yy"});
    }
    assertThatThrownBy(() -> OutsideFile.arrays(file))
        .hasMessageStartingWith(file + ": found elements of StringData");
    byte[] whole = Files.readAllBytes(file);
    for (int length = 0; length < whole.length; length += whole.length / 40) {
      Path cut = write("cut.h5", java.util.Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> OutsideFile.arrays(cut)).isInstanceOf(InputException.class);
    }
  }

  @Test
  void damagedBytesOfAnHdf5FileNeverGiveMoreThanASentence() throws IOException {
    Path file = folder.resolve("fine.h5");
    try (WritableHdfFile out = HdfFile.write(file)) {
      out.putDataset("a", new float[20][3], chunks(7, 3).deflate().build());
      out.putDataset("b", new float[20][3]);
    }
    byte[] whole = Files.readAllBytes(file);
    java.util.Random random = new java.util.Random(5);
    int refused = 0;
    for (int trial = 0; trial < 300; trial++) {
      byte[] bytes = whole.clone();
      for (int i = 0; i < 3; i++) {
        bytes[random.nextInt(bytes.length)] =
            (byte) (random.nextBoolean() ? 0xff : random.nextInt());
      }
      Path damaged = write("damaged.h5", bytes);
      try {
        for (OutsideArray array : OutsideFile.arrays(damaged)) {
          try (RowReader reader = array.open(1)) {
            float[] row = new float[reader.cols()];
            reader.copy(0, 0, row.length, row, 0);
          }
        }
      } catch (InputException _) {
        refused++;
      }
    }
    assertThat(refused).isPositive();
  }
}
