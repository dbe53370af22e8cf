package io.inscape.study.role;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/// Some of the study's observations, named by their rows or by a bit for each.
public final class ObservationSubset {
  private final int[] rows;

  private ObservationSubset(int[] rows) {
    this.rows = rows;
  }

  /// A subset by its rows.
  ///
  /// @param rows each in [0, observations) and once, in any order
  /// @param observations how many there are
  /// @return the subset
  /// @throws IllegalArgumentException if there is none, or one is out of range or named twice
  public static ObservationSubset ofRows(List<Integer> rows, int observations) {
    BitSet seen = new BitSet(observations);
    for (int row : rows) {
      if (row < 0 || row >= observations) {
        throw new IllegalArgumentException(
            "rows of a subset must be in [0, " + observations + "), got " + row);
      }
      if (seen.get(row)) {
        throw new IllegalArgumentException("each row of a subset is named once, got twice " + row);
      }
      seen.set(row);
    }
    return of(seen, observations);
  }

  /// A subset by a bit for each observation.
  ///
  /// @param bits base64 of as many bytes as the bits take, row r in bit `r % 8` of byte `r / 8`,
  ///   the lowest bit first
  /// @param observations how many there are
  /// @return the subset
  /// @throws IllegalArgumentException if it is no base64 or of another length, or no bit or one
  ///   beyond the last observation is set
  public static ObservationSubset ofBits(String bits, int observations) {
    byte[] bytes;
    try {
      bytes = java.util.Base64.getDecoder().decode(bits);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "bits of a subset must be base64, got "
              + (bits.length() > 40 ? bits.substring(0, 40) + "..." : bits)
              + ": "
              + e.getMessage(),
          e);
    }
    int expected = Math.ceilDiv(observations, 8);
    if (bytes.length != expected) {
      throw new IllegalArgumentException(
          "bits of a subset of "
              + observations
              + " observations take "
              + expected
              + " bytes, got "
              + bytes.length);
    }
    BitSet seen = BitSet.valueOf(bytes);
    if (seen.length() > observations) {
      throw new IllegalArgumentException(
          "rows of a subset must be in [0, "
              + observations
              + "), got the bit of row "
              + (seen.length() - 1));
    }
    return of(seen, observations);
  }

  private static ObservationSubset of(BitSet rows, int observations) {
    if (rows.isEmpty()) {
      throw new IllegalArgumentException(
          "a subset needs at least 1 of the " + observations + " observations, got none");
    }
    return new ObservationSubset(rows.stream().toArray());
  }

  /// All observations that are not in this one.
  ///
  /// @param observations how many there are
  /// @return the others
  /// @throws IllegalArgumentException if there are none
  public ObservationSubset others(int observations) {
    BitSet others = new BitSet(observations);
    others.set(0, observations);
    for (int row : rows) {
      others.clear(row);
    }
    if (others.isEmpty()) {
      throw new IllegalArgumentException(
          "a subset of all "
              + observations
              + " observations has no others to be compared with; name a second one");
    }
    return of(others, observations);
  }

  /// {@return the rows, ascending; a copy}
  public int[] rows() {
    return Arrays.copyOf(rows, rows.length);
  }
}
