package io.inscape.figure;

import java.util.Arrays;

/// One histogram of a figure.
///
/// @param title what it shows, in words
/// @param caption the numbers beside it
/// @param edges of the bins, ascending; not modified
/// @param counts of each bin; not modified
/// @param mean where the red line goes
@SuppressWarnings("ArrayRecordComponent") // drawn once, never compared
public record HistogramPanel(
    String title, String caption, double[] edges, int[] counts, double mean) {
  /// Checks that every bin has two edges.
  public HistogramPanel {
    if (edges.length != counts.length + 1 || counts.length == 0) {
      throw new IllegalArgumentException(
          counts.length + " bins cannot have " + edges.length + " edges");
    }
  }

  /// Count per width, so that areas are counts; 0 for a bin without width.
  double[] density() {
    double[] density = new double[counts.length];
    for (int bin = 0; bin < counts.length; bin++) {
      double width = edges[bin + 1] - edges[bin];
      density[bin] = width > 0 ? counts[bin] / width : 0;
    }
    return density;
  }

  double highest() {
    return Arrays.stream(density()).max().orElse(0);
  }

  double left() {
    return edges[0];
  }

  double right() {
    return edges[edges.length - 1];
  }
}
