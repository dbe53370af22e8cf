package io.inscape.network;

import io.inscape.dataset.ImageShape;
import io.inscape.matrix.Rng;
import java.util.List;
import java.util.random.RandomGenerator;

/// Builds the papers' networks, untrained, as ONNX graphs.
///
/// | network | graph |
/// |---|---|
/// | mlp | flatten, 4 x (Gemm 1000, ReLU, dropout .2 .3 .4 .5), Gemm, softmax |
/// | rmlp | flatten, Gemm 1000, ReLU, dropout .2, Gemm, softmax |
/// | cnn | 2 x (conv 3x3, ReLU), max pool 2x2, dropout, with 32 then 64 channels; Gemm 4096, ReLU, dropout .5, Gemm 512, ReLU, Gemm, softmax |
///
/// The input is `[batch, channel, row, col]` with a free batch axis. Convolutions keep the image's
/// size (padding of one zero). Weights are drawn from Glorot's uniform distribution (limit `sqrt(6
/// / (fanIn + fanOut))`), one stream per layer; biases are zero. A hidden layer's value is what its
/// ReLU makes, before dropout. See `docs/methods/architectures.md`.
public final class Architectures {
  private static final int HIDDEN = 1000;

  private Architectures() {}

  /// Builds a network with the papers' dropout.
  ///
  /// @param architecture which one
  /// @param input the size of an image
  /// @param classes how many classes there are, at least 2
  /// @param seed of the weights, any value
  /// @return the untrained network
  public static Network build(Architecture architecture, ImageShape input, int classes, long seed) {
    return build(architecture, input, classes, architecture.dropout(), seed);
  }

  /// Builds a network.
  ///
  /// @param architecture which one
  /// @param input the size of an image; for `cnn` at least 4 x 4 pixels
  /// @param classes how many classes there are, at least 2
  /// @param dropout one ratio in `[0, 1)` for each place that has dropout; 0 leaves it out
  /// @param seed of the weights, any value
  /// @return the untrained network
  public static Network build(
      Architecture architecture, ImageShape input, int classes, List<Double> dropout, long seed) {
    requireDropout(architecture, dropout);
    requireClasses(classes);
    GraphBuilder graph = new GraphBuilder(architecture.title(), input);
    switch (architecture) {
      case MLP, RMLP -> dense(graph, input, dropout, seed);
      case CNN -> convolutional(graph, input, dropout, seed);
    }
    int width =
        switch (architecture) {
          case MLP, RMLP -> HIDDEN;
          case CNN -> 512;
        };
    return finished(graph, architecture.title(), width, classes, seed);
  }

  /// Builds a perceptron of any widths, without dropout: to have one beside the papers' that is
  /// smaller, or narrower and deeper.
  ///
  /// @param widths of the hidden layers from input to output, at least one, each at least 1
  /// @param input the size of an image
  /// @param classes how many classes there are, at least 2
  /// @param seed of the weights, any value
  /// @return the untrained network
  public static Network perceptron(List<Integer> widths, ImageShape input, int classes, long seed) {
    if (widths.isEmpty() || widths.stream().anyMatch(width -> width < 1)) {
      throw new IllegalArgumentException(
          "a perceptron needs hidden layers of at least 1 unit, got " + widths);
    }
    requireClasses(classes);
    String title = title(widths);
    GraphBuilder graph = new GraphBuilder(title, input);
    graph.flatten();
    int width = input.size();
    for (int i = 0; i < widths.size(); i++) {
      fullyConnected(graph, "fc" + (i + 1), width, widths.get(i), seed);
      width = widths.get(i);
    }
    return finished(graph, title, width, classes, seed);
  }

  /// What a perceptron is called, such as `mlp-300-100`.
  ///
  /// @param widths of its hidden layers
  /// @return its name
  public static String title(List<Integer> widths) {
    return "mlp-" + String.join("-", widths.stream().map(String::valueOf).toList());
  }

  private static void requireClasses(int classes) {
    if (classes < 2) {
      throw new IllegalArgumentException("a network needs at least 2 classes, got " + classes);
    }
  }

  private static Network finished(
      GraphBuilder graph, String title, int width, int classes, long seed) {
    graph.gemm("logits", width, classes, glorot(seed, "logits", width, classes, 1));
    graph.rename("logits");
    graph.softmax("probabilities", classes);
    return Network.parse(graph.build().toByteArray(), title);
  }

  private static void dense(GraphBuilder graph, ImageShape input, List<Double> dropout, long seed) {
    graph.flatten();
    int width = input.size();
    for (int i = 0; i < dropout.size(); i++) {
      fullyConnected(graph, "fc" + (i + 1), width, HIDDEN, seed);
      graph.dropout("dropout" + (i + 1), dropout.get(i));
      width = HIDDEN;
    }
  }

  private static void convolutional(
      GraphBuilder graph, ImageShape input, List<Double> dropout, long seed) {
    if (input.rows() < 4 || input.cols() < 4) {
      throw new IllegalArgumentException(
          "cnn needs images of at least 4 x 4 pixels, got " + input.rows() + " x " + input.cols());
    }
    int channels = input.channels();
    for (int block = 0; block < 2; block++) {
      int filters = 32 << block;
      for (int i = 1; i <= 2; i++) {
        String name = "conv" + (2 * block + i);
        graph.conv(name, channels, filters, glorot(seed, name, channels, filters, 9));
        graph.relu(name);
        channels = filters;
      }
      graph.maxPool("pool" + (block + 1));
      graph.dropout("dropout" + (block + 1), dropout.get(block));
    }
    graph.flatten();
    int width = channels * (input.rows() / 4) * (input.cols() / 4);
    fullyConnected(graph, "fc1", width, 4096, seed);
    graph.dropout("dropout3", dropout.get(2));
    fullyConnected(graph, "fc2", 4096, 512, seed);
  }

  private static void fullyConnected(GraphBuilder graph, String name, int from, int to, long seed) {
    graph.gemm(name, from, to, glorot(seed, name, from, to, 1));
    graph.relu(name);
  }

  private static void requireDropout(Architecture architecture, List<Double> dropout) {
    if (dropout.size() != architecture.dropout().size()) {
      throw new IllegalArgumentException(
          architecture.title()
              + " takes "
              + architecture.dropout().size()
              + " dropout ratios, got "
              + dropout.size());
    }
    for (double ratio : dropout) {
      if (!(ratio >= 0 && ratio < 1)) {
        throw new IllegalArgumentException(
            "a dropout ratio must be at least 0 and below 1, got " + ratio);
      }
    }
  }

  /// Weights `[to, from, kernel]`; `kernel` is how many positions a filter covers.
  private static float[] glorot(long seed, String layer, int from, int to, int kernel) {
    RandomGenerator random = Rng.of(seed, "init " + layer);
    double limit = Math.sqrt(6.0 / ((double) kernel * from + (double) kernel * to));
    float[] weights = new float[Math.multiplyExact(Math.multiplyExact(to, from), kernel)];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = (float) ((2 * random.nextDouble() - 1) * limit);
    }
    return weights;
  }
}
