package io.inscape.study.place;

import java.util.OptionalInt;

/// What is asked about a new observation.
///
/// @param digest of a kept projection or sequence
/// @param step of a sequence: the one whose neighbours and units are told; empty for the last
/// @param neighbors how many nearest observations are told, from 1 to 100
public record PlaceRequest(String digest, OptionalInt step, int neighbors) {
  /// The most neighbours that are told.
  public static final int MOST_NEIGHBORS = 100;

  private static final int USUAL_NEIGHBORS = 10;

  /// Checks the number of neighbours.
  ///
  /// @throws IllegalArgumentException if it is out of range
  public PlaceRequest {
    if (neighbors < 1 || neighbors > MOST_NEIGHBORS) {
      throw new IllegalArgumentException(
          "neighbors must be from 1 to " + MOST_NEIGHBORS + ", got " + neighbors);
    }
  }

  /// The usual question.
  ///
  /// @param digest of a kept projection or sequence
  /// @return ten neighbours, of a sequence at its last step
  public static PlaceRequest of(String digest) {
    return new PlaceRequest(digest, OptionalInt.empty(), USUAL_NEIGHBORS);
  }
}
