package io.inscape.dataset;

import io.inscape.dataset.Preprocessing.Crop;
import io.inscape.dataset.Preprocessing.Fit;
import io.inscape.dataset.Preprocessing.Hwc;
import io.inscape.dataset.Preprocessing.Range;
import io.inscape.dataset.Preprocessing.Resize;
import io.inscape.dataset.Preprocessing.Scale;
import io.inscape.dataset.Preprocessing.Standardise;
import io.inscape.dataset.Preprocessing.Stretch;
import io.inscape.matrix.Matrix;
import io.inscape.matrix.Workers;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What is done to the pixels of every image before a network sees them, step by step. Immutable;
/// safe for any number of threads.
///
/// {@snippet :
/// Pipeline edges = Pipeline.parse("scale,grey,sobel,blur(1)");
/// }
public final class Pipeline {
  private static final int CHUNK = 64;

  private final List<Preprocessing> steps;

  private final List<Fit> fitting;
  private final @Nullable PixelTables ofGrey; // null where a step looks at more than one value
  private final @Nullable PixelTables ofColours;

  private Pipeline(List<Preprocessing> steps) {
    this.steps = List.copyOf(steps);
    requireOrder(this.steps);
    this.fitting = this.steps.stream().filter(Fit.class::isInstance).map(Fit.class::cast).toList();
    this.ofGrey = PixelTables.of(this.steps, 1);
    this.ofColours = PixelTables.of(this.steps, 3);
  }

  /// Refuses steps that stand where they would mean something else.
  private static void requireOrder(List<Preprocessing> steps) {
    boolean divided = false;
    for (int i = 0; i < steps.size(); i++) {
      Preprocessing step = steps.get(i);
      if (i > 0 && step instanceof Fit && !(steps.get(i - 1) instanceof Fit)) {
        throw new IllegalArgumentException(
            step.text()
                + " works on the 8-bit image and must stand at the front, got it after "
                + steps.get(i - 1).text());
      }
      if (divided && step instanceof Range) {
        throw new IllegalArgumentException(
            step.text()
                + " spreads the numbers 0 to 255 and must stand before scale, standardise and"
                + " another range; leave those away");
      }
      if (step instanceof Hwc && i < steps.size() - 1) {
        throw new IllegalArgumentException(
            "hwc is the order in which the numbers are stored and must be the last step, got "
                + steps.get(i + 1).text()
                + " after it");
      }
      divided |= step instanceof Scale || step instanceof Standardise || step instanceof Range;
    }
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

  /// {@return the steps at the front that give images another size; they work on the 8-bit images
  /// when a data set is opened with this pipeline, and are done when the others begin}
  public List<Fit> fitting() {
    return fitting;
  }

  /// {@return whether the numbers are stored as `[row, col, channel]`}
  public boolean channelsLast() {
    return !steps.isEmpty() && steps.getLast() instanceof Hwc;
  }

  /// The size of an image after all steps.
  ///
  /// @param input its size before; where there are steps that fit images, the fitted size
  /// @return its size after
  /// @throws IllegalArgumentException when a step cannot work on such images, or they are not
  ///   fitted
  public ImageShape outputShape(ImageShape input) {
    requireFitted(input);
    ImageShape shape = input;
    for (Preprocessing step : steps) {
      if (!(step instanceof Fit)) {
        shape = step.after(shape);
      }
    }
    return shape;
  }

  /// The axes in which the numbers of an image are stored after all steps.
  ///
  /// @param input its size before; where there are steps that fit images, the fitted size
  /// @return `[channels, rows, cols]`, or `[rows, cols, channels]` where `hwc` is the last step
  /// @throws IllegalArgumentException when a step cannot work on such images, or they are not
  ///   fitted
  public List<Integer> outputAxes(ImageShape input) {
    ImageShape shape = outputShape(input);
    return channelsLast()
        ? List.of(shape.rows(), shape.cols(), shape.channels())
        : List.of(shape.channels(), shape.rows(), shape.cols());
  }

  private void requireFitted(ImageShape input) {
    if (fitting.isEmpty()) {
      return;
    }
    boolean fitted =
        switch (fitting.getLast()) {
          case Resize(int pixels) -> Math.min(input.rows(), input.cols()) == pixels;
          case Stretch(int rows, int cols) -> input.rows() == rows && input.cols() == cols;
          case Crop(int rows, int cols) -> input.rows() == rows && input.cols() == cols;
        };
    if (!fitted) {
      throw new IllegalArgumentException(
          "the images are "
              + input
              + ", which is not what "
              + fitting.getLast().text()
              + " leaves; open the data set with this preprocessing");
    }
  }

  /// Prepares one image.
  ///
  /// @param images where it is
  /// @param observation which one, in `[0, count)`
  /// @param target where its numbers go, in the order of [#outputAxes(ImageShape)]
  /// @param offset the index of the first number in the target
  /// @throws InputException when the image lies in a file that cannot be read any more
  public void apply(Images images, int observation, float[] target, int offset) {
    ImageShape shape = images.shape();
    Images.Window image = images.window(observation);
    PixelTables tables = shape.channels() == 1 ? ofGrey : shape.channels() == 3 ? ofColours : null;
    if (tables != null) {
      tables.apply(image, shape.rows() * shape.cols(), target, offset);
    } else {
      Pixels pixels = new Pixels(shape, image.values(), image.start());
      steps.forEach(pixels::apply);
      pixels.copyTo(target, offset);
    }
  }

  /// Prepares images for mathematics.
  ///
  /// @param images where they are
  /// @param observations which ones, each in `[0, count)`; not modified
  /// @param workers the threads to use
  /// @return a matrix, rows = observations in the order asked for, columns in the order of
  ///   [#outputAxes(ImageShape)]
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
