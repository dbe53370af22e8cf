package io.inscape.cli.option;

import io.inscape.quality.QualityParams;
import io.inscape.quality.Sample;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// How much is measured after a projection.
public final class QualityOption {
  @Option(
      names = "--quality",
      paramLabel = "auto|N|none",
      description =
          "How many observations are compared with each other to measure the quality; auto is all"
              + " up to 5,000 and 5,000 at random of more.")
  private String quality = "auto";

  /// A flag for picocli to fill in.
  public QualityOption() {}

  /// Refuses a choice where a study keeps the result: it has one way to judge.
  ///
  /// @throws IllegalArgumentException if something else than the usual was asked for
  public void requireUsual() {
    if (!quality.equals("auto")) {
      throw new IllegalArgumentException(
          "--quality "
              + quality
              + " cannot go with a study, whose results are all judged alike; leave it out");
    }
  }

  /// What is to be measured.
  ///
  /// @return null if nothing is
  /// @throws IllegalArgumentException if the text is neither a word that is known nor a number
  public @Nullable QualityParams params() {
    if (quality.equals("none")) {
      return null;
    }
    if (quality.equals("auto")) {
      return QualityParams.defaults();
    }
    try {
      return QualityParams.defaults().withSample(Sample.of(Integer.parseInt(quality)));
    } catch (NumberFormatException _) {
      throw new IllegalArgumentException(
          "--quality must be auto, none or a number of observations, got \"" + quality + "\"");
    }
  }
}
