package io.inscape.figure;

import java.util.BitSet;

/// One scatter plot of a figure.
///
/// @param title what it shows, in words
/// @param caption the numbers below it
/// @param positions [observation * dimensions + dim]; not modified
/// @param dimensions of a position, at least 2; the first two are drawn
/// @param labels the class of each observation; not modified
/// @param wrong the observations that the network takes for another class; they are drawn as
///   triangles
@SuppressWarnings("ArrayRecordComponent") // drawn once, never compared
public record Panel(
    String title, String caption, float[] positions, int dimensions, int[] labels, BitSet wrong) {
  /// Checks that every observation has a position.
  public Panel {
    if (dimensions < 2 || positions.length != (long) labels.length * dimensions) {
      throw new IllegalArgumentException(
          "a panel of "
              + labels.length
              + " observations in "
              + dimensions
              + " dimensions cannot have "
              + positions.length
              + " coordinates");
    }
    wrong = (BitSet) wrong.clone();
  }

  /// {@return how many observations there are}
  public int count() {
    return labels.length;
  }

  float x(int observation) {
    return positions[observation * dimensions];
  }

  float y(int observation) {
    return positions[observation * dimensions + 1];
  }
}
