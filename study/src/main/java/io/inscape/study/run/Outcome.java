package io.inscape.study.run;

import io.inscape.dataset.Dataset;
import io.inscape.dataset.Feed;
import io.inscape.dataset.InputException;
import io.inscape.dataset.Pipeline;
import io.inscape.dataset.Targets;
import io.inscape.network.Layer;
import io.inscape.network.Network;
import io.inscape.study.run.RunInfo.Answers;
import java.util.Optional;

/// What the outputs of a network that was brought have to do with a data set.
final class Outcome {
  private Outcome() {}

  /// What the outputs are.
  ///
  /// A number for each class are scores; one number for each observation, where the data set knows
  /// one, is a regression; a picture as large as the input, or a value with several axes, is
  /// nothing that labels could be compared with.
  ///
  /// @throws InputException if it is a number for each of other classes than the data set's
  static Answers of(Network network, Dataset dataset, Pipeline pipeline) {
    Optional<Layer> output = output(network);
    return switch (dataset.test().targets()) {
      case Targets.None _ -> Answers.NONE;
      case Targets.Values _ ->
          output.isPresent() && output.get().units() == 1 ? Answers.VALUES : Answers.NONE;
      case Targets.Classes _ -> {
        int classes = dataset.classNames().size();
        if (output.isEmpty() || output.get().shape().size() > 1) {
          yield Answers.NONE;
        }
        if (output.get().units() == classes) {
          yield Answers.CLASSES;
        }
        if (output.get().units() == Feed.of(dataset.content(), pipeline).width()) {
          yield Answers.NONE;
        }
        throw InputException.unsupported(
            network.origin(),
            "the graph's output",
            output.get().units()
                + " numbers for each "
                + one(dataset)
                + " in '"
                + output.get().value()
                + "'",
            classes + ", one for each class of the data set",
            "choose the data set that the network was made for, or take it without predictions"
                + " (--without-predictions)");
      }
    };
  }

  private static String one(Dataset dataset) {
    String noun = dataset.content().noun();
    return noun.substring(0, noun.length() - 1);
  }

  /// The layer that gives the class scores, or whatever the first output is.
  static Optional<Layer> output(Network network) {
    return network
        .logits()
        .flatMap(value ->
            network.layers().stream().filter(layer -> layer.value().equals(value)).findFirst());
  }
}
