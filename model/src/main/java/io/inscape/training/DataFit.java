package io.inscape.training;

import io.inscape.autograd.DifferentiableNetwork;
import io.inscape.autograd.Gradients;
import io.inscape.autograd.Pass;
import io.inscape.autograd.PassRequest;
import io.inscape.dataset.ImageShape;
import io.inscape.network.Network;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;

/// Checks that a network takes the data's images and tells the data's classes apart.
final class DataFit {
  private DataFit() {}

  /// Refuses a network that does not fit.
  ///
  /// @return where its class scores are
  static ClassScores require(Network network, DifferentiableNetwork executor, TrainingData data) {
    if (data.pipeline().channelsLast()) {
      throw new IllegalArgumentException(
          "training takes images channel by channel, but the preprocessing '"
              + data.pipeline()
              + "' turns them to [row, col, channel]; leave out hwc, or train elsewhere and import"
              + " the checkpoints");
    }
    ImageShape image = data.pipeline().outputShape(data.train().images().shape());
    List<Long> taken = executor.inputShape();
    if (!fits(taken, image)) {
      throw new IllegalArgumentException(
          "the network takes observations of shape "
              + taken
              + " but the data's images are "
              + image
              + " after '"
              + data.pipeline()
              + "'; choose another data set or pipeline, or a network for that size");
    }
    if (executor.trainable().isEmpty()) {
      throw new IllegalArgumentException(
          "the network has no 32-bit weights that can learn; are they 16-bit or quantised, or no"
              + " initializers of the file? Train elsewhere and import the checkpoints");
    }
    String logits =
        network
            .logits()
            .orElseThrow(() -> new IllegalArgumentException("the network has no output"));
    long scores = scoresPerObservation(executor, logits);
    if (scores != data.classes()) {
      throw new IllegalArgumentException(
          "the network's output '"
              + logits
              + "' has "
              + scores
              + " values per observation but the data have "
              + data.classes()
              + " classes; train a network with as many outputs as classes");
    }
    return new ClassScores(logits, data.classes());
  }

  /// The same axes, all values in one axis, or the same axes but for those of size 1.
  private static boolean fits(List<Long> taken, ImageShape image) {
    List<Long> axes = List.of((long) image.channels(), (long) image.rows(), (long) image.cols());
    return taken.equals(axes)
        || taken.equals(List.of((long) image.size()))
        || withoutOnes(taken).equals(withoutOnes(axes));
  }

  private static List<Long> withoutOnes(List<Long> axes) {
    return axes.stream().filter(size -> size != 1).toList();
  }

  private static long scoresPerObservation(DifferentiableNetwork executor, String logits) {
    try (Arena arena = Arena.ofConfined()) {
      long bytes = 2L * executor.inputSize() * Float.BYTES;
      MemorySegment blank = arena.allocate(bytes, Float.BYTES);
      PassRequest request = PassRequest.of(List.of(logits), Gradients.NONE);
      try (Pass pass = executor.pass(blank, 2, request)) {
        return pass.value(logits).byteSize() / Float.BYTES / 2;
      }
    }
  }
}
