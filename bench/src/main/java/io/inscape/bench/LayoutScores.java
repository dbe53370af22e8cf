package io.inscape.bench;

import io.inscape.activation.ArrayFile;
import io.inscape.matrix.Matrix;
import io.inscape.matrix.Progress;
import io.inscape.matrix.Workers;
import io.inscape.quality.LayoutQuality;
import io.inscape.quality.QualityParams;
import java.util.Locale;
import java.util.Optional;

/// Judges layouts of several tools by one code path.
final class LayoutScores {
  private LayoutScores() {}

  /// Prints a line for each layout: neighborhood hit (k = 6, all observations), trustworthiness (k
  /// = 7, a sample of 5,000), divergence from the common P, stress-1.
  ///
  /// @param args `DATA.npy LABELS.npy LAYOUT.npy ...`
  public static void main(String[] args) {
    Matrix data = ArrayFile.open(args[0]).matrix();
    int[] labels = ArrayFile.open(args[1]).labels().classes();
    try (Workers workers = Workers.of(Runtime.getRuntime().availableProcessors())) {
      CommonDivergence divergence =
          CommonDivergence.fits(data) ? new CommonDivergence(data, workers) : null;
      for (int i = 2; i < args.length; i++) {
        Matrix layout = ArrayFile.open(args[i]).matrix();
        LayoutQuality quality =
            LayoutQuality.of(
                data,
                layout,
                Optional.of(labels),
                QualityParams.defaults(),
                workers,
                Progress.none());
        System.out.printf(
            Locale.ROOT,
            "%.6f %.6f %.6f %.6f%n",
            quality.classes().orElseThrow().neighborhoodHit(),
            quality.neighbors().trustworthiness(),
            divergence == null ? Double.NaN : divergence.of(layout),
            quality.distances().stress1());
      }
    }
  }
}
