package io.inscape.dataset.picture;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;
import javax.imageio.ImageIO;

/// Small files of images, whole and broken.
final class SamplePictures {
  private SamplePictures() {}

  /// Writes a grey image in which pixel i has the value `37 i + 11 seed`.
  static void grey(Path file, int rows, int cols, int seed) throws IOException {
    BufferedImage image = new BufferedImage(cols, rows, BufferedImage.TYPE_BYTE_GRAY);
    image.getRaster().setDataElements(0, 0, cols, rows, pixels(rows * cols, seed));
    write(file, image);
  }

  static byte[] pixels(int count, int seed) {
    byte[] pixels = new byte[count];
    for (int i = 0; i < count; i++) {
      pixels[i] = (byte) (37 * i + 11 * seed);
    }
    return pixels;
  }

  /// Writes an image in colours that no packing makes small.
  static void colours(Path file, int rows, int cols) throws IOException {
    BufferedImage image = new BufferedImage(cols, rows, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < rows * cols; i++) {
      image.setRGB(i % cols, i / cols, i * 7919 & 0xffffff);
    }
    write(file, image);
  }

  private static void write(Path file, BufferedImage image) throws IOException {
    Files.createDirectories(file.getParent());
    String name = file.getFileName().toString();
    ImageIO.write(image, name.substring(name.lastIndexOf('.') + 1), file.toFile());
  }

  /// A grey PNG whose header claims some size and whose data unpack to some bytes.
  static byte[] png(int rows, int cols, long bytes) throws IOException {
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    png.write(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'});
    ByteBuffer head = ByteBuffer.allocate(13).putInt(cols).putInt(rows);
    head.put(new byte[] {8, 0, 0, 0, 0});
    chunk(png, "IHDR", head.array());
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    try (DeflaterOutputStream packed = new DeflaterOutputStream(data)) {
      byte[] zeros = new byte[1 << 16];
      for (long left = bytes; left > 0; left -= zeros.length) {
        packed.write(zeros, 0, (int) Math.min(left, zeros.length));
      }
    }
    chunk(png, "IDAT", data.toByteArray());
    chunk(png, "IEND", new byte[0]);
    return png.toByteArray();
  }

  private static void chunk(ByteArrayOutputStream png, String name, byte[] content)
      throws IOException {
    byte[] letters = name.getBytes(StandardCharsets.US_ASCII);
    CRC32 checksum = new CRC32();
    checksum.update(letters);
    checksum.update(content);
    DataOutputStream out = new DataOutputStream(png);
    out.writeInt(content.length);
    out.write(letters);
    out.write(content);
    out.writeInt((int) checksum.getValue());
  }

  /// A .npy file.
  static void npy(Path file, String type, String shape, byte[] content) throws IOException {
    String head = "{'descr': '" + type + "', 'fortran_order': False, 'shape': (" + shape + "), }";
    String padded = head + " ".repeat(Math.floorMod(-(10 + head.length() + 1), 64)) + "\n";
    ByteBuffer bytes =
        ByteBuffer.allocate(10 + padded.length() + content.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0});
    bytes.putShort((short) padded.length());
    bytes.put(padded.getBytes(StandardCharsets.US_ASCII)).put(content);
    Files.createDirectories(file.getParent());
    Files.write(file, bytes.array());
  }

  /// A .mat file of version 5 with arrays that [#matArray] made.
  static byte[] mat(byte[]... arrays) throws IOException {
    ByteArrayOutputStream mat = new ByteArrayOutputStream();
    byte[] head = new byte[128];
    java.util.Arrays.fill(head, 0, 116, (byte) ' ');
    head[125] = 1;
    head[126] = 'I';
    head[127] = 'M';
    mat.write(head);
    for (byte[] array : arrays) {
      mat.write(array);
    }
    return mat.toByteArray();
  }

  /// An array of unsigned bytes.
  static byte[] matArray(String name, int[] shape, byte[] content) {
    int sizes = (4 * shape.length + 7) / 8 * 8;
    int letters = (name.length() + 7) / 8 * 8;
    int values = (content.length + 7) / 8 * 8;
    int bytes = 16 + 8 + sizes + 8 + letters + 8 + values;
    ByteBuffer array = ByteBuffer.allocate(8 + bytes).order(ByteOrder.LITTLE_ENDIAN);
    array.putInt(14).putInt(bytes).putInt(6).putInt(8).putInt(9).putInt(0);
    array.putInt(5).putInt(4 * shape.length);
    for (int size : shape) {
      array.putInt(size);
    }
    array.position(8 + 16 + 8 + sizes).putInt(1).putInt(name.length());
    array.put(name.getBytes(StandardCharsets.US_ASCII));
    array.position(8 + 16 + 8 + sizes + 8 + letters).putInt(2).putInt(content.length).put(content);
    return array.array();
  }

  /// The same array packed.
  static byte[] packed(byte[] array) throws IOException {
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    try (DeflaterOutputStream packed = new DeflaterOutputStream(data)) {
      packed.write(array);
    }
    return ByteBuffer.allocate(8 + data.size())
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(15)
        .putInt(data.size())
        .put(data.toByteArray())
        .array();
  }
}
