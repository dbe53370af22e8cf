package io.inscape.dataset.picture;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What was found in each file of a folder of images, kept in a text file so that the next opening
/// needs to look at no file's content: a line for each with path, size in bytes, time in
/// nanoseconds since 1970, SHA-256, rows, columns and `grey` or `colours`, with tabs between them.
///
/// It only saves work: a missing, old or damaged index is made again.
final class ImageIndex {
  private static final String HEAD = "inscape image index 1";
  private static final HexFormat HEX = HexFormat.of();
  private static final int FIELDS = 7;
  private static final int DIGEST = 32;

  private ImageIndex() {}

  /// Finds what is known of files that have not changed since.
  ///
  /// @param file the index, which need not be there
  /// @param listed the files now
  /// @return for each of them what was found in it; null where it is new or has changed
  static @Nullable KnownImage[] read(Path file, List<ListedImage> listed) {
    @Nullable KnownImage[] known = new KnownImage[listed.size()];
    Map<String, Integer> places = new HashMap<>();
    for (int i = 0; i < known.length; i++) {
      places.put(listed.get(i).path(), i);
    }
    try (BufferedReader lines = Files.newBufferedReader(file)) {
      if (HEAD.equals(lines.readLine())) {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          String[] fields = line.split("\t", -1);
          Integer place = fields.length == FIELDS ? places.get(unescaped(fields[0])) : null;
          if (place != null && isSame(fields, listed.get(place))) {
            known[place] = known(fields);
          }
        }
      }
    } catch (IOException | IllegalArgumentException _) {
      return known; // what could be read counts, the rest is made again
    }
    return known;
  }

  private static boolean isSame(String[] fields, ListedImage image) {
    return fields[1].equals(Long.toString(image.bytes()))
        && fields[2].equals(Long.toString(image.modified()));
  }

  private static @Nullable KnownImage known(String[] fields) {
    byte[] digest = HEX.parseHex(fields[3]);
    int rows = Integer.parseInt(fields[4]);
    int cols = Integer.parseInt(fields[5]);
    boolean whole = digest.length == DIGEST && rows > 0 && cols > 0;
    return whole ? new KnownImage(digest, rows, cols, fields[6].equals("grey")) : null;
  }

  /// Keeps what is known, aside first and then in the old index's place. A folder that cannot be
  /// written to keeps none.
  static void write(Path file, List<ListedImage> listed, KnownImage[] known) {
    Path aside = file.resolveSibling(file.getFileName() + ".tmp-" + ProcessHandle.current().pid());
    try {
      try (BufferedWriter writer = Files.newBufferedWriter(aside)) {
        writer.write(HEAD + "\n");
        for (int i = 0; i < known.length; i++) {
          writer.write(line(listed.get(i), known[i]));
        }
      }
      try (FileChannel channel = FileChannel.open(aside, StandardOpenOption.WRITE)) {
        channel.force(true);
      }
      Files.move(aside, file, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException _) {
      delete(aside); // the next opening takes longer, that is all
    }
  }

  private static void delete(Path aside) {
    try {
      Files.deleteIfExists(aside);
    } catch (IOException _) {
      aside.toFile().deleteOnExit();
    }
  }

  private static String line(ListedImage image, KnownImage known) {
    return String.join(
            "\t",
            escaped(image.path()),
            Long.toString(image.bytes()),
            Long.toString(image.modified()),
            HEX.formatHex(known.digest()),
            Integer.toString(known.rows()),
            Integer.toString(known.cols()),
            known.grey() ? "grey" : "colours")
        + "\n";
  }

  private static String escaped(String path) {
    return path.replace("%", "%25").replace("\t", "%09").replace("\n", "%0A").replace("\r", "%0D");
  }

  private static String unescaped(String path) {
    return path.indexOf('%') < 0
        ? path
        : path.replace("%0D", "\r").replace("%0A", "\n").replace("%09", "\t").replace("%25", "%");
  }

  /// {@return the bytes of a text in a digest}
  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
