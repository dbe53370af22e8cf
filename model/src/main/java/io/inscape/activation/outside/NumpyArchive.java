package io.inscape.activation.outside;

import io.inscape.activation.ArrayFile;
import io.inscape.activation.ArrayPlace;
import io.inscape.dataset.InputException;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Finds the members of a NumPy archive (`.npz`, a ZIP file), in the archive's own order, and where
/// those that are not compressed lie, so that they can be mapped: Java's own reader of ZIP files
/// does not tell.
final class NumpyArchive {
  private static final int END = 0x06054b50;
  private static final int END_SIZE = 22;
  private static final int END_64 = 0x06064b50;
  private static final int LOCATOR_64 = 0x07064b50;
  private static final int LOCATOR_SIZE = 20;
  private static final int ENTRY = 0x02014b50;
  private static final int ENTRY_SIZE = 46;
  private static final int LOCAL = 0x04034b50;
  private static final int LOCAL_SIZE = 30;
  private static final int LONGEST_COMMENT = 0xffff;
  private static final long LARGEST_TABLE = 64 << 20;
  private static final long IN_EXTRA = 0xffffffffL;
  private static final int STORED = 0;

  private final Path file;
  private final FileChannel channel;
  private final long size;

  private NumpyArchive(Path file, FileChannel channel, long size) {
    this.file = file;
    this.channel = channel;
    this.size = size;
  }

  static List<OutsideArray> arrays(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file)) {
      return new NumpyArchive(file, channel, channel.size()).arrays();
    }
  }

  private record Entry(String name, int method, int flags, long packed, long header) {}

  private List<OutsideArray> arrays() throws IOException {
    List<OutsideArray> arrays = new ArrayList<>();
    for (Entry entry : entries()) {
      if (!entry.name().endsWith(".npy")) {
        continue;
      }
      String member =
          OutsideFile.requireName(
              file, entry.name().substring(0, entry.name().length() - ".npy".length()));
      if (entry.method() == STORED && (entry.flags() & 1) == 0) {
        arrays.add(
            new OutsideArray.Plain(ArrayPlace.ofNumpy(file, member, start(entry), entry.packed())));
      } else {
        long[] shape = ArrayFile.open(file + ":" + member).shape();
        arrays.add(new OutsideArray.Deflated(file, member, Arrays.stream(shape).boxed().toList()));
      }
    }
    return arrays;
  }

  /// Where an entry's own bytes begin: behind its local header, whose name and extra field may be
  /// of other lengths than those in the table of contents.
  private long start(Entry entry) throws IOException {
    ByteBuffer local = read(entry.header(), LOCAL_SIZE, "the member " + entry.name());
    if (local.getInt(0) != LOCAL) {
      throw damaged("byte " + entry.header(), "no member", "the member " + entry.name());
    }
    long start = entry.header() + LOCAL_SIZE + word(local, 26) + word(local, 28);
    if (entry.packed() < 0 || entry.packed() > size - start) {
      throw damaged(
          "the member " + entry.name(),
          entry.packed() + " bytes from byte " + start,
          "a range within the " + size + " bytes of the file");
    }
    return start;
  }

  private List<Entry> entries() throws IOException {
    ByteBuffer table = table();
    List<Entry> entries = new ArrayList<>();
    int at = 0;
    while (at + ENTRY_SIZE <= table.limit() && table.getInt(at) == ENTRY) {
      int nameLength = word(table, at + 28);
      int extraLength = word(table, at + 30);
      int next = at + ENTRY_SIZE + nameLength + extraLength + word(table, at + 32);
      if (next > table.limit()) {
        throw damaged("the table of contents", "an entry that ends behind it", "whole entries");
      }
      entries.add(entry(table, at, nameLength, extraLength));
      at = next;
    }
    if (at != table.limit()) {
      throw damaged("the table of contents", "no entry in byte " + at, "one entry per member");
    }
    return entries;
  }

  private Entry entry(ByteBuffer table, int at, int nameLength, int extraLength) {
    byte[] name = new byte[nameLength];
    table.get(at + ENTRY_SIZE, name);
    long packed = table.getInt(at + 20) & IN_EXTRA;
    long unpacked = table.getInt(at + 24) & IN_EXTRA;
    long header = table.getInt(at + 42) & IN_EXTRA;
    int extra = at + ENTRY_SIZE + nameLength;
    int end = extra + extraLength;
    while (extra + 4 <= end) {
      int length = word(table, extra + 2);
      if (word(table, extra) == 1) { // sizes of more than 32 bits, those that are missing above
        int value = extra + 4;
        int last = Math.min(end, value + length);
        if (unpacked == IN_EXTRA && value + 8 <= last) {
          value += 8;
        }
        if (packed == IN_EXTRA && value + 8 <= last) {
          packed = table.getLong(value);
          value += 8;
        }
        if (header == IN_EXTRA && value + 8 <= last) {
          header = table.getLong(value);
        }
      }
      extra += 4 + length;
    }
    return new Entry(
        new String(name, StandardCharsets.UTF_8),
        word(table, at + 10),
        word(table, at + 8),
        packed,
        header);
  }

  /// The table of contents, which the end of the file tells of.
  private ByteBuffer table() throws IOException {
    int length = (int) Math.min(size, END_SIZE + LONGEST_COMMENT);
    ByteBuffer tail = read(size - length, length, "the end");
    int at = length - END_SIZE;
    while (at >= 0 && tail.getInt(at) != END) {
      at--;
    }
    if (at < 0) {
      throw damaged("its end", "no table of contents", "a whole .npz file");
    }
    long bytes = tail.getInt(at + 12) & IN_EXTRA;
    long from = tail.getInt(at + 16) & IN_EXTRA;
    long place = size - length + at;
    if ((bytes == IN_EXTRA || from == IN_EXTRA) && place >= LOCATOR_SIZE) {
      ByteBuffer locator = read(place - LOCATOR_SIZE, LOCATOR_SIZE, "the end");
      if (locator.getInt(0) == LOCATOR_64) {
        ByteBuffer end = read(locator.getLong(8), 56, "the end");
        if (end.getInt(0) == END_64) {
          bytes = end.getLong(40);
          from = end.getLong(48);
        }
      }
    }
    if (bytes < 0 || bytes > LARGEST_TABLE) {
      throw damaged(
          "the end",
          "a table of contents of " + bytes + " bytes",
          "at most " + LARGEST_TABLE + " bytes");
    }
    return read(from, (int) bytes, "the table of contents");
  }

  private ByteBuffer read(long from, int count, String what) throws IOException {
    if (from < 0 || from > size - count) {
      throw damaged(
          what,
          "the bytes " + from + " to " + (from + count),
          "a range within the " + size + " bytes of the file");
    }
    ByteBuffer bytes = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
    while (bytes.hasRemaining()) {
      if (channel.read(bytes, from + bytes.position()) < 0) {
        throw new EOFException("the file became shorter while it was read");
      }
    }
    return bytes.flip();
  }

  private static int word(ByteBuffer bytes, int at) {
    return Short.toUnsignedInt(bytes.getShort(at));
  }

  private InputException damaged(String position, String found, String expected) {
    return InputException.malformed(
        file.toString(),
        position,
        found,
        expected,
        "the file is cut or damaged, save the arrays again");
  }
}
