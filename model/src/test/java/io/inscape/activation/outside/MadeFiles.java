package io.inscape.activation.outside;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// Writes small files of arrays byte by byte, whole or broken.
final class MadeFiles {
  private MadeFiles() {}

  /// A NumPy file's bytes.
  static byte[] npy(String descr, boolean fortran, String shape, byte[] elements) {
    String text =
        "{'descr': '"
            + descr
            + "', 'fortran_order': "
            + (fortran ? "True" : "False")
            + ", 'shape': "
            + shape
            + ", }";
    int length = Math.ceilDiv(10 + text.length() + 1, 64) * 64;
    ByteBuffer bytes = ByteBuffer.allocate(length + elements.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0});
    bytes.putShort((short) (length - 10)).put(text.getBytes(StandardCharsets.US_ASCII));
    while (bytes.position() < length - 1) {
      bytes.put((byte) ' ');
    }
    return bytes.put((byte) '\n').put(elements).array();
  }

  static byte[] floats(ByteOrder order, float... values) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(order);
    for (float value : values) {
      bytes.putFloat(value);
    }
    return bytes.array();
  }

  /// The numbers 0, 1, 2, ... as little-endian floats.
  static byte[] counting(int count) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = i;
    }
    return floats(ByteOrder.LITTLE_ENDIAN, values);
  }

  static Path archive(Path file, boolean stored, Map<String, byte[]> members) throws IOException {
    try (OutputStream out = Files.newOutputStream(file);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      for (Map.Entry<String, byte[]> member : members.entrySet()) {
        ZipEntry entry = new ZipEntry(member.getKey());
        if (stored) {
          CRC32 sum = new CRC32();
          sum.update(member.getValue());
          entry.setMethod(ZipEntry.STORED);
          entry.setSize(member.getValue().length);
          entry.setCrc(sum.getValue());
        }
        zip.putNextEntry(entry);
        zip.write(member.getValue());
        zip.closeEntry();
      }
    }
    return file;
  }

  static Map<String, byte[]> members(Object... namesAndBytes) {
    Map<String, byte[]> members = new LinkedHashMap<>();
    for (int i = 0; i < namesAndBytes.length; i += 2) {
      members.put((String) namesAndBytes[i], (byte[]) namesAndBytes[i + 1]);
    }
    return members;
  }

  static Path safetensors(Path file, String header, byte[] data) throws IOException {
    return safetensors(file, header.getBytes(StandardCharsets.UTF_8).length, header, data);
  }

  static Path safetensors(Path file, long told, String header, byte[] data) throws IOException {
    byte[] text = header.getBytes(StandardCharsets.UTF_8);
    ByteBuffer bytes =
        ByteBuffer.allocate(8 + text.length + data.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(told).put(text).put(data);
    return Files.write(file, bytes.array());
  }
}
