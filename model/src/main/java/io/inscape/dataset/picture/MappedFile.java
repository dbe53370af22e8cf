package io.inscape.dataset.picture;

import io.inscape.dataset.InputException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.security.MessageDigest;

/// The bytes of a file, mapped and not read before they are asked for; the mapping ends with this
/// object. Safe for any number of threads.
final class MappedFile {
  private static final int BLOCK = 1 << 20;

  private final MemorySegment bytes;

  private MappedFile(MemorySegment bytes) {
    this.bytes = bytes;
  }

  static MappedFile of(Path file) {
    try (FileChannel channel = FileChannel.open(file)) {
      return new MappedFile(
          channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), Arena.ofAuto()));
    } catch (IOException e) {
      throw InputException.refused(file.toString(), "read", e);
    }
  }

  long length() {
    return bytes.byteSize();
  }

  int at(long place) {
    return bytes.get(ValueLayout.JAVA_BYTE, place) & 0xff;
  }

  void copy(long from, byte[] target, int offset, int count) {
    MemorySegment.copy(bytes, ValueLayout.JAVA_BYTE, from, target, offset, count);
  }

  void addTo(MessageDigest digest) {
    byte[] block = new byte[BLOCK];
    for (long from = 0; from < length(); from += BLOCK) {
      int count = (int) Math.min(BLOCK, length() - from);
      copy(from, block, 0, count);
      digest.update(block, 0, count);
    }
  }
}
