package io.inscape.cli;

import io.inscape.matrix.Matrix;
import io.inscape.matrix.Progress;
import io.inscape.matrix.Workers;
import io.inscape.vectors.QualityBlock;
import io.inscape.vectors.VectorInput;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// How much is measured after a projection.
final class QualityOption {
  private static final int AUTO = 5000;

  @Option(
      names = "--quality",
      paramLabel = "auto|N|none",
      description =
          "How many observations are compared with each other to measure the quality; auto is all"
              + " up to 5,000 and 5,000 at random of more.")
  private String quality = "auto";

  /// Refuses what is neither.
  void require() {
    most();
  }

  private int most() {
    try {
      int most =
          switch (quality) {
            case "auto" -> AUTO;
            case "none" -> 0;
            default -> Integer.parseInt(quality);
          };
      if (most > 0 || quality.equals("none")) {
        return most;
      }
    } catch (NumberFormatException _) {
      // said below
    }
    throw new IllegalArgumentException(
        "--quality must be auto, none or a number of observations, got \"" + quality + "\"");
  }

  @Nullable QualityBlock measure(
      VectorInput input, Matrix positions, Workers workers, Progress progress) {
    if (quality.equals("none")) {
      return null;
    }
    return QualityBlock.of(input, positions, most(), workers, progress);
  }
}
