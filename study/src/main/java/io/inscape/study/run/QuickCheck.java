package io.inscape.study.run;

import io.inscape.dataset.Dataset;
import io.inscape.dataset.InputException;
import io.inscape.dataset.Pipeline;
import io.inscape.dataset.Sample;
import io.inscape.dataset.Split;
import io.inscape.matrix.Progress;
import io.inscape.network.Network;
import io.inscape.study.run.RunInfo.Answers;
import java.util.Optional;

/// How well a network that was brought does on a few observations, before it is taken in: a network
/// at chance was trained with another preprocessing or order of classes.
///
/// @param answers what the outputs are
/// @param accuracy share of the observations that is right, in [0, 1]; NaN without classes
/// @param observations how many were asked; 0 without classes
/// @param mismatch why the outputs cannot be the classes of the data set although both have some;
///   empty where that is no surprise
public record QuickCheck(
    Answers answers, double accuracy, int observations, Optional<String> mismatch) {
  /// Asks a network.
  ///
  /// @param network which
  /// @param dataset whose test part is asked
  /// @param pipeline what is done to its images
  /// @param observations how many at most
  /// @param threads how many threads compute
  /// @return how well it does
  /// @throws InputException if the network cannot run
  public static QuickCheck of(
      Network network, Dataset dataset, Pipeline pipeline, int observations, int threads) {
    Answers answers;
    try {
      answers = Outcome.of(network, dataset, pipeline);
    } catch (InputException e) { // other classes: it can still be taken without predictions
      return new QuickCheck(
          Answers.NONE, Double.NaN, 0, Optional.of(String.valueOf(e.getMessage())));
    }
    if (answers != Answers.CLASSES) {
      return new QuickCheck(answers, Double.NaN, 0, Optional.empty());
    }
    Split test = dataset.test();
    int[] some = Sample.draw(test.count(), Math.min(observations, test.count()), 0);
    ClassOutputs outputs = ClassOutputs.of(network, dataset.classNames().size(), pipeline, threads);
    ClassOutputs.Scores scores = outputs.scores(test, some, Progress.none());
    return new QuickCheck(answers, scores.accuracy(), some.length, Optional.empty());
  }
}
