package io.inscape.study.bring;

import io.inscape.dataset.Pipeline;
import io.inscape.study.bring.Understanding.Check;
import io.inscape.study.run.QuickCheck;
import io.inscape.study.run.RunInfo.Answers;
import java.util.Locale;

/// Puts a first check into words.
final class Checks {
  private Checks() {}

  static Check of(QuickCheck quick, int classes, int epoch, Pipeline pipeline) {
    String answers = quick.answers().name().toLowerCase(Locale.ROOT);
    if (quick.mismatch().isPresent()) {
      return new Check(null, 0, epoch, answers, true, quick.mismatch().get());
    }
    if (quick.answers() != Answers.CLASSES) {
      String sentence =
          quick.answers() == Answers.VALUES
              ? "The network gives one number for each observation, as the data set has one: a"
                  + " regression, without classes to be right about."
              : "The network's output is no number for each class of the data set, so nothing can be"
                  + " counted right or wrong.";
      return new Check(null, 0, epoch, answers, false, sentence);
    }
    double chance = 1.0 / classes;
    double error = Math.sqrt(chance * (1 - chance) / quick.observations());
    boolean suspicious = quick.accuracy() < chance + 3 * error && epoch > 0;
    String figure =
        String.format(
            Locale.ROOT,
            "Of %d test observations %.1f %% are right at epoch %d",
            quick.observations(),
            100 * quick.accuracy(),
            epoch);
    String sentence =
        suspicious
            ? figure
                + ", no better than chance: is the preprocessing ("
                + pipeline
                + ") the one it was trained with, and are the classes in the same order?"
            : figure + String.format(Locale.ROOT, " (chance: %.1f %%).", 100 * chance);
    return new Check(quick.accuracy(), quick.observations(), epoch, answers, suspicious, sentence);
  }
}
