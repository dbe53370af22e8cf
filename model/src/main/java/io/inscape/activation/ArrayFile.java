package io.inscape.activation;

import io.inscape.dataset.InputException;
import io.inscape.matrix.Matrix;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/// An array of numbers in a file that somebody gave: a NumPy file (`.npy`), or one array of an
/// archive (`.npz`), packed or not.
///
/// Every type of number, byte order and axis order is read. The file passes through a window of a
/// few megabytes: what is in memory is the result alone.
public final class ArrayFile {
  private static final String ARCHIVE = ".npz";
  private static final long MOST_VALUES = Integer.MAX_VALUE - 8L;

  private final String name;
  private final Path file;
  private final @Nullable String member;
  private final NpyHeader header;

  private ArrayFile(String name, Path file, @Nullable String member, NpyHeader header) {
    this.name = name;
    this.file = file;
    this.member = member;
    this.header = header;
  }

  /// Opens a file far enough to know what is in it.
  ///
  /// @param place a path; for one array of several in an archive, `FILE.npz:name`
  /// @return the array
  /// @throws InputException when it is not there, damaged, or no array of numbers
  public static ArrayFile open(String place) {
    int colon = place.lastIndexOf(':');
    boolean chosen =
        colon > 0 && place.substring(0, colon).endsWith(ARCHIVE) && !Files.exists(Path.of(place));
    Path file = Path.of(chosen ? place.substring(0, colon) : place);
    requireFile(file);
    try (FileChannel channel = FileChannel.open(file)) {
      if (!isArchive(channel)) {
        return new ArrayFile(place, file, null, NpyHeader.read(channel, place));
      }
    } catch (IOException e) {
      throw refused(place, e);
    }
    return openMember(place, file, chosen ? place.substring(colon + 1) : null);
  }

  private static RuntimeException refused(String place, IOException e) {
    return e instanceof ClosedByInterruptException
        ? new CancellationException("reading " + place + " was interrupted")
        : InputException.refused(place, "read", e);
  }

  private static void requireFile(Path file) {
    if (Files.isDirectory(file)) {
      throw InputException.unsupported(
          file.toString(), "the path", "a folder", "a .npy file", "name the file in it");
    }
    NpyFile.requireFile(file);
  }

  private static boolean isArchive(FileChannel channel) throws IOException {
    ByteBuffer start = ByteBuffer.allocate(2);
    int read = channel.read(start, 0);
    return read == 2 && start.get(0) == 'P' && start.get(1) == 'K';
  }

  private static ArrayFile openMember(String place, Path file, @Nullable String wanted) {
    try (ZipFile archive = new ZipFile(file.toFile())) {
      List<String> names =
          archive.stream().map(ZipEntry::getName).filter(entry -> entry.endsWith(".npy")).toList();
      String member = choose(place, names, wanted);
      ZipEntry entry = archive.getEntry(member);
      try (ReadableByteChannel channel = Channels.newChannel(archive.getInputStream(entry))) {
        return new ArrayFile(place, file, member, NpyHeader.read(channel, entry.getSize(), place));
      }
    } catch (IOException e) {
      throw damaged(place, e);
    }
  }

  private static String choose(String place, List<String> names, @Nullable String wanted) {
    List<String> fitting =
        wanted == null
            ? names
            : names.stream()
                .filter(name -> name.equals(wanted) || name.equals(wanted + ".npy"))
                .toList();
    if (fitting.size() == 1) {
      return fitting.getFirst();
    }
    List<String> known =
        names.stream().map(name -> name.substring(0, name.length() - ".npy".length())).toList();
    String found =
        switch (known.size()) {
          case 0 -> "no array";
          case 1 -> "the array " + known.getFirst();
          default -> known.size() + " arrays (" + String.join(", ", known) + ")";
        };
    String path = wanted == null ? place : place.substring(0, place.lastIndexOf(':'));
    throw InputException.unsupported(
        path,
        "the table of contents",
        found,
        wanted == null ? "one array" : "an array called " + wanted,
        known.isEmpty()
            ? "save arrays with numpy.savez"
            : "name the one that is meant, as in " + path + ":" + known.getFirst());
  }

  private static InputException damaged(String place, IOException cause) {
    return InputException.malformed(
        place,
        "the archive",
        "something that cannot be unpacked (" + cause.getMessage() + ")",
        "a whole .npz file",
        "the file is cut or damaged, save the arrays again");
  }

  /// {@return the array as a person named it}
  public String name() {
    return name;
  }

  /// {@return the file that the array lies in}
  public Path file() {
    return file;
  }

  /// {@return the name of the array in an archive; empty for a file of one array}
  public Optional<String> member() {
    return Optional.ofNullable(member);
  }

  /// {@return what the elements are}
  public NpyType type() {
    return header.type();
  }

  /// {@return the size of each axis}
  public long[] shape() {
    return header.shape().stream().mapToLong(size -> size).toArray();
  }

  /// {@return whether the first axis runs fastest}
  public boolean fortran() {
    return header.fortran();
  }

  /// Reads a matrix: the first axis becomes the rows, all others together, flattened in C order,
  /// the columns.
  ///
  /// @return the numbers as 32-bit floats
  /// @throws InputException when there are fewer than two axes, no rows or no columns, more numbers
  ///   than a matrix or the memory holds, or NaN or infinity (named by row and column)
  public Matrix matrix() {
    requireMatrix();
    requireRoom(Runtime.getRuntime().maxMemory());
    int rows = Math.toIntExact(header.shape().getFirst());
    int cols = Math.toIntExact(header.count() / rows);
    return Matrix.filled(
        rows, cols, target -> fill(new MatrixFiller(name, header, rows, cols, target)));
  }

  private void requireMatrix() {
    if (header.shape().size() < 2) {
      throw InputException.unsupported(
          name,
          "the header",
          "an array of shape " + header.shape(),
          "two axes, observation and column",
          "reshape it, as in a.reshape(-1, 1) for one column");
    }
    if (header.count() == 0) {
      throw InputException.unsupported(
          name,
          "the header",
          "an array of shape " + header.shape(),
          "at least one row and one column",
          "look where the array became empty");
    }
  }

  /// Opens the rows of the matrix that [#matrix] would read, without reading it: a file may be
  /// larger than memory. NaN and infinity are for the reader to find.
  ///
  /// @return the rows, to be closed
  /// @throws InputException when there are fewer than two axes, no rows or no columns, or more rows
  ///   or columns than an index counts
  public NpyRows rows() {
    requireMatrix();
    long rows = header.shape().getFirst();
    if (Math.max(rows, header.count() / rows) > MOST_VALUES) {
      throw InputException.unsupported(
          name,
          "the header",
          "an array of shape " + header.shape(),
          "at most " + MOST_VALUES + " rows and as many columns",
          "take fewer");
    }
    if (member != null) {
      return NpyRows.unpacked(header, matrix());
    }
    try {
      return NpyRows.mapped(header, file);
    } catch (IOException e) {
      throw refused(name, e);
    }
  }

  void requireRoom(long memory) {
    long bytes = 4 * header.count();
    String found =
        "an array of shape "
            + header.shape()
            + ", that is "
            + gibibytes(bytes)
            + " GiB as 32-bit numbers";
    if (header.count() > MOST_VALUES) {
      throw InputException.unsupported(
          name,
          "the header",
          found,
          "at most " + MOST_VALUES + " numbers, the most that one matrix holds",
          "take fewer rows or columns");
    }
    if (bytes > memory) {
      throw InputException.unsupported(
          name,
          "the header",
          found,
          "at most " + gibibytes(memory) + " GiB, which is what Java may use here",
          "start again with INSCAPE_JVM=-Xmx"
              + (3 * bytes / (1L << 30) + 1)
              + "g, or take fewer rows");
    }
  }

  private static String gibibytes(long bytes) {
    return String.format(Locale.ROOT, "%.2f", bytes / (double) (1L << 30));
  }

  private void fill(MatrixFiller filler) {
    if (member == null && header.fortran()) {
      try (FileChannel channel = FileChannel.open(file)) {
        filler.tiles(channel);
      } catch (IOException e) {
        throw refused(name, e);
      }
    } else {
      elements(filler::take);
    }
  }

  private void elements(Elements.Taker taker) {
    if (member == null) {
      try (FileChannel channel = FileChannel.open(file)) {
        Elements.mapped(channel, header, taker);
      } catch (IOException e) {
        throw refused(name, e);
      }
    } else {
      try (ZipFile archive = new ZipFile(file.toFile())) {
        unpack(archive, archive.getEntry(member), taker);
      } catch (IOException e) {
        throw damaged(name, e);
      }
    }
  }

  private void unpack(ZipFile archive, ZipEntry entry, Elements.Taker taker) throws IOException {
    try (InputStream in = archive.getInputStream(entry);
        CheckedInputStream checked = new CheckedInputStream(in, new CRC32());
        ReadableByteChannel channel = Channels.newChannel(checked)) {
      NpyHeader.read(channel, entry.getSize(), name);
      Elements.streamed(channel, header, taker);
      if (checked.getChecksum().getValue() != entry.getCrc()) {
        throw new IOException("its checksum is wrong");
      }
    }
  }

  /// Reads all numbers in C order, whatever the axes; NaN and infinity are for the caller to find.
  ///
  /// @return the numbers as 32-bit floats
  /// @throws InputException when there are more than an array or the memory holds, or axes that
  ///   stand in another order
  public float[] numbers() {
    requireRoom(Runtime.getRuntime().maxMemory());
    if (header.fortran() && header.shape().size() > 1) {
      return matrix().toArray();
    }
    float[] values = new float[(int) header.count()];
    elements((piece, from, count) -> header.type().floats(piece, count, values, (int) from));
    return values;
  }

  /// Reads the classes of observations: one whole number each, in any type of number.
  ///
  /// @return the classes
  /// @throws InputException when there is more than one axis, or a number that is not whole
  public Labels labels() {
    boolean flat = header.shape().stream().filter(size -> size != 1).count() <= 1;
    if (header.shape().isEmpty() || !flat || header.count() > MOST_VALUES) {
      throw InputException.unsupported(
          name,
          "the header",
          "an array of shape " + header.shape(),
          "labels with one axis",
          "save one whole number for each observation");
    }
    long[] values = new long[(int) header.count()];
    elements((piece, from, count) -> {
      for (int i = 0; i < count; i++) {
        values[(int) from + i] = label(piece, i, from + i);
      }
    });
    boolean unsigned = header.type() == NpyType.UINT64;
    long flip = unsigned ? Long.MIN_VALUE : 0; // the order of unsigned numbers
    long[] distinct =
        Arrays.stream(values).map(value -> value ^ flip).sorted().distinct().toArray();
    int[] classes =
        Arrays.stream(values)
            .mapToInt(value -> Arrays.binarySearch(distinct, value ^ flip))
            .toArray();
    List<String> names =
        Arrays.stream(distinct)
            .mapToObj(
                value -> unsigned ? Long.toUnsignedString(value ^ flip) : Long.toString(value))
            .toList();
    return new Labels(classes, names);
  }

  private long label(ByteBuffer piece, int index, long observation) {
    if (!header.type().isReal()) {
      return header.type().integer(piece, index);
    }
    double value = header.type().number(piece, index);
    if (value != Math.rint(value) || Math.abs(value) > 1L << 53) {
      throw InputException.unsupported(
          name,
          "row " + observation,
          Double.toString(value),
          "whole numbers, the classes",
          "number the classes from 0");
    }
    return (long) value;
  }

  /// {@return the SHA-256 of the whole file, as `sha256sum` prints it}
  public String sha256() {
    try (FileChannel channel = FileChannel.open(file)) {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
      while (channel.read(buffer.clear()) >= 0) {
        digest.update(buffer.flip());
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (IOException e) {
      throw refused(name, e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM knows SHA-256", e);
    }
  }
}
