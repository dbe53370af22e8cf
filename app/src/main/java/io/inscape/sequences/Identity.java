package io.inscape.sequences;

import io.inscape.activation.ArrayFile;
import io.inscape.activation.NpyFile;
import io.inscape.dataset.InputException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Whether row r is the same observation in every file of a sequence.
///
/// Files of ids say so: those that are named, or those that lie beside the steps, `STEP.ids.npy`
/// for `STEP.npy`, or `observations.npy` as `inscape capture` writes it. Ids that differ are
/// refused.
///
/// @param proved whether every step has ids, and all are equal
/// @param how a sentence without a full stop
/// @param digest SHA-256 over the ids; null where no step has any
public record Identity(boolean proved, String how, @Nullable String digest) {
  private static final String BESIDE = "observations.npy";

  /// The ids of one step.
  @SuppressWarnings("ArrayRecordComponent") // never leaves this class
  private record Ids(String step, Path file, long[] values) {}

  /// Compares the ids of all steps.
  ///
  /// @param steps the files
  /// @param named one file of ids for each step; empty to look beside the steps
  /// @return what is known
  /// @throws InputException if ids differ, or are not one for each row
  static Identity of(List<ArrayFile> steps, List<String> named) {
    if (!named.isEmpty() && named.size() != steps.size()) {
      throw new IllegalArgumentException(
          "--ids needs one file for each of the "
              + steps.size()
              + " steps, in their order and separated by commas, got "
              + named.size());
    }
    List<Ids> found = new ArrayList<>();
    for (int t = 0; t < steps.size(); t++) {
      Optional<Ids> ids =
          named.isEmpty()
              ? beside(steps.get(t))
              : Optional.of(read(steps.get(t), Path.of(named.get(t))));
      ids.ifPresent(found::add);
    }
    requireEqual(found);
    return found.isEmpty()
        ? new Identity(
            false,
            "no ids were given or found beside the files: row r of every file is taken for the same"
                + " observation",
            null)
        : known(found, steps.size());
  }

  private static Identity known(List<Ids> found, int steps) {
    String digest = digest(found.getFirst().values());
    boolean all = found.size() == steps;
    return new Identity(
        all,
        all
            ? "all steps have the same ids"
            : "the ids of "
                + found.size()
                + " of the "
                + steps
                + " steps are equal; the others have none, and row r is taken for the same"
                + " observation",
        digest);
  }

  private static Optional<Ids> beside(ArrayFile step) {
    String name = String.valueOf(step.file().getFileName()).replaceFirst("\\.np[yz]$", "");
    Path own = step.file().resolveSibling(name + ".ids.npy");
    if (Files.exists(own)) {
      return Optional.of(read(step, own));
    }
    Path common = step.file().resolveSibling(BESIDE);
    if (Files.exists(common) && ids(common).length == rows(step)) { // else they are another file's
      return Optional.of(read(step, common));
    }
    return Optional.empty();
  }

  private static Ids read(ArrayFile step, Path file) {
    long[] values = ids(file);
    if (values.length != rows(step)) {
      throw InputException.unsupported(
          file.toString(),
          "the header",
          values.length + " ids",
          rows(step) + ", one for each row of " + step.name(),
          "name the ids of these observations");
    }
    return new Ids(step.name(), file, values);
  }

  private static long[] ids(Path file) {
    return NpyFile.read(file).longs();
  }

  private static long rows(ArrayFile step) {
    return step.shape().length == 0 ? 0 : step.shape()[0];
  }

  private static void requireEqual(List<Ids> found) {
    for (Ids ids : found) {
      long[] first = found.getFirst().values();
      for (int row = 0; row < Math.min(first.length, ids.values().length); row++) {
        if (first[row] != ids.values()[row]) {
          throw InputException.unsupported(
              ids.file().toString(),
              "row " + row,
              "observation " + ids.values()[row],
              first[row]
                  + " as in "
                  + found.getFirst().file()
                  + ", since the steps of a sequence are the same observations, row for row",
              "put the rows of " + ids.step() + " in the same order, or capture them again");
        }
      }
    }
  }

  private static String digest(long[] ids) {
    ByteBuffer bytes = ByteBuffer.allocate(8 * ids.length);
    bytes.asLongBuffer().put(ids);
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes.array()));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM knows SHA-256", e);
    }
  }

  /// {@return the identity for programs}
  Map<String, @Nullable Object> toMap() {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("proved", proved);
    map.put("how", how);
    map.put("sha256", digest);
    return map;
  }
}
