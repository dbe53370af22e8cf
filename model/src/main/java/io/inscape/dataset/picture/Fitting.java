package io.inscape.dataset.picture;

import io.inscape.dataset.ImageShape;
import io.inscape.dataset.Images;
import io.inscape.dataset.Pipeline;
import io.inscape.dataset.Preprocessing.Crop;
import io.inscape.dataset.Preprocessing.Fit;
import io.inscape.dataset.Preprocessing.Resize;
import io.inscape.dataset.Preprocessing.Stretch;
import java.util.List;
import java.util.stream.Collectors;

/// Gives 8-bit images another size, by the steps at the front of a pipeline.
///
/// @param steps first things first; none leaves images as they are
record Fitting(List<Fit> steps) {
  Fitting {
    steps = List.copyOf(steps);
  }

  static Fitting of(Pipeline pipeline) {
    return new Fitting(pipeline.fitting());
  }

  boolean isEmpty() {
    return steps.isEmpty();
  }

  /// The size that comes out.
  ///
  /// @throws IllegalArgumentException when a step does not take such images
  ImageShape after(ImageShape input) {
    ImageShape shape = input;
    for (Fit step : steps) {
      shape = step.after(shape);
    }
    return shape;
  }

  /// Fits one image.
  ///
  /// @param pixels `[channel, row, col]`; not modified
  byte[] apply(byte[] pixels, ImageShape input) {
    byte[] values = pixels;
    ImageShape shape = input;
    for (Fit step : steps) {
      ImageShape after = step.after(shape);
      values =
          switch (step) {
            case Resize _, Stretch _ ->
                Resampling.bilinear(values, shape, after.rows(), after.cols());
            case Crop _ -> crop(values, shape, after);
          };
      shape = after;
    }
    return values;
  }

  /// Images of one size that become others of one size when they are asked for.
  Images apply(Images images) {
    if (steps.isEmpty()) {
      return images;
    }
    ImageShape before = images.shape();
    ImageShape after = after(before);
    return Images.cached(
        after,
        images.count(),
        (observation, target, offset) -> {
          byte[] whole = new byte[before.size()];
          images.copy(observation, whole, 0);
          System.arraycopy(apply(whole, before), 0, target, offset, after.size());
        });
  }

  /// The middle; where it lies between two pixels the even one is taken, as torchvision does.
  private static byte[] crop(byte[] pixels, ImageShape from, ImageShape to) {
    int top = (int) Math.rint((from.rows() - to.rows()) / 2.0);
    int left = (int) Math.rint((from.cols() - to.cols()) / 2.0);
    byte[] target = new byte[to.size()];
    for (int line = 0; line < to.channels() * to.rows(); line++) {
      int channel = line / to.rows();
      int row = channel * from.rows() + top + line % to.rows();
      System.arraycopy(pixels, row * from.cols() + left, target, line * to.cols(), to.cols());
    }
    return target;
  }

  @Override
  public String toString() {
    return steps.stream().map(Fit::text).collect(Collectors.joining(","));
  }
}
