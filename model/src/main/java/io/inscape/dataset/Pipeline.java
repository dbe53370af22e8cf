package io.inscape.dataset;

import io.inscape.dataset.Preprocessing.Scale;
import io.inscape.dataset.Preprocessing.Standardise;
import io.inscape.matrix.Matrix;
import io.inscape.matrix.Workers;
import java.util.List;
import java.util.stream.Collectors;

/// What is done to the pixels of every image before a network sees them, step by step. Immutable;
/// safe for any number of threads.
///
/// {@snippet :
/// Pipeline edges = Pipeline.parse("scale,grey,sobel,blur(1)");
/// }
public final class Pipeline {
  private static final int CHUNK = 64;

  private final List<Preprocessing> steps;

  /// The value of each of the 256 pixel values where the steps treat every pixel by itself; empty
  /// where they do not.
  private final float[] table;

  private Pipeline(List<Preprocessing> steps) {
    this.steps = List.copyOf(steps);
    boolean pointwise =
        steps.stream().allMatch(step -> step instanceof Scale || step instanceof Standardise);
    this.table = pointwise ? table(this.steps) : new float[0];
  }

  private static float[] table(List<Preprocessing> steps) {
    byte[] values = new byte[256];
    for (int i = 0; i < values.length; i++) {
      values[i] = (byte) i;
    }
    Pixels pixels = new Pixels(Images.adopt(new ImageShape(1, 1, 256), values), 0);
    steps.forEach(pixels::apply);
    float[] table = new float[256];
    pixels.copyTo(table, 0);
    return table;
  }

  /// A pipeline of given steps.
  ///
  /// @param steps what to do, first things first; none leaves the numbers 0 to 255
  /// @return the pipeline
  public static Pipeline of(Preprocessing... steps) {
    return new Pipeline(List.of(steps));
  }

  /// {@return the usual pipeline, `scale`: pixels divided by 255}
  public static Pipeline defaults() {
    return of(new Scale());
  }

  /// Reads a pipeline's text.
  ///
  /// @param text steps separated by commas, such as `scale,standardise(0.1307,0.3081)`; `none` for
  ///   no steps
  /// @return the pipeline
  /// @throws IllegalArgumentException when a step is unknown or its numbers are wrong, saying which
  public static Pipeline parse(String text) {
    return new Pipeline(PipelineParser.parse(text));
  }

  /// {@return the steps, first things first}
  public List<Preprocessing> steps() {
    return steps;
  }

  /// The size of an image after all steps.
  ///
  /// @param input its size before
  /// @return its size after
  /// @throws IllegalArgumentException when a step cannot work on such images
  public ImageShape outputShape(ImageShape input) {
    ImageShape shape = input;
    for (Preprocessing step : steps) {
      if (step instanceof Preprocessing.Grey) {
        shape = greyShape(shape);
      }
    }
    return shape;
  }

  static ImageShape greyShape(ImageShape input) {
    if (input.channels() != 1 && input.channels() != 3) {
      throw new IllegalArgumentException(
          "grey takes images of 1 or 3 channels, got " + input.channels());
    }
    return new ImageShape(1, input.rows(), input.cols());
  }

  /// Prepares one image.
  ///
  /// @param images where it is
  /// @param observation which one, in `[0, count)`
  /// @param target where its numbers go, `[channel, row, col]`
  /// @param offset the index of the first number in the target
  public void apply(Images images, int observation, float[] target, int offset) {
    if (table.length > 0) {
      byte[] pixels = images.shared(observation);
      int start = images.start(observation);
      for (int i = 0; i < images.shape().size(); i++) {
        target[offset + i] = table[pixels[start + i] & 0xff];
      }
    } else {
      Pixels pixels = new Pixels(images, observation);
      steps.forEach(pixels::apply);
      pixels.copyTo(target, offset);
    }
  }

  /// Prepares images for mathematics.
  ///
  /// @param images where they are
  /// @param observations which ones, each in `[0, count)`; not modified
  /// @param workers the threads to use
  /// @return a matrix, rows = observations in the order asked for, columns = `[channel, row, col]`
  public Matrix apply(Images images, int[] observations, Workers workers) {
    int cols = outputShape(images.shape()).size();
    float[] values = new float[Math.multiplyExact(observations.length, cols)];
    workers.forEachChunk(
        observations.length,
        CHUNK,
        (_, from, to) -> {
          for (int i = from; i < to; i++) {
            apply(images, observations[i], values, i * cols);
          }
        });
    return Matrix.of(observations.length, cols, values);
  }

  /// {@return the text that [#parse(String)] reads as this pipeline; equal pipelines have equal
  /// texts}
  @Override
  public String toString() {
    return steps.isEmpty()
        ? "none"
        : steps.stream().map(Preprocessing::text).collect(Collectors.joining(","));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Pipeline pipeline && steps.equals(pipeline.steps);
  }

  @Override
  public int hashCode() {
    return steps.hashCode();
  }
}
