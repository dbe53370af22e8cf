package io.inscape.dataset;

import io.inscape.dataset.Preprocessing.Bgr;
import io.inscape.dataset.Preprocessing.Blur;
import io.inscape.dataset.Preprocessing.Fit;
import io.inscape.dataset.Preprocessing.Grey;
import io.inscape.dataset.Preprocessing.Hwc;
import io.inscape.dataset.Preprocessing.Range;
import io.inscape.dataset.Preprocessing.Rgb;
import io.inscape.dataset.Preprocessing.Scale;
import io.inscape.dataset.Preprocessing.Sobel;
import io.inscape.dataset.Preprocessing.Standardise;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The short way through a pipeline whose steps treat every value by itself: for each channel that
/// comes out, the channel that it comes from and what each of the 256 values becomes.
final class PixelTables {
  private static final int VALUES = 256;

  private final int[] source; // [channel that comes out] -> channel that goes in
  private final float[] values; // [channel that comes out * 256 + value]
  private final boolean channelsLast;

  private PixelTables(int[] source, float[] values, boolean channelsLast) {
    this.source = source;
    this.values = values;
    this.channelsLast = channelsLast;
  }

  /// The tables of a pipeline for images of so many channels.
  ///
  /// @return null where a step looks at more than one value, or does not take such images
  static @Nullable PixelTables of(List<Preprocessing> steps, int channels) {
    ImageShape shape = new ImageShape(channels, 1, VALUES);
    int[] source = new int[channels];
    for (int channel = 0; channel < channels; channel++) {
      source[channel] = channel;
    }
    Pixels pixels = new Pixels(shape, ramps(channels), 0);
    boolean channelsLast = false;
    for (Preprocessing step : steps) {
      int[] next = source(step, source);
      if (next == null) {
        return null;
      }
      source = next;
      channelsLast |= step instanceof Hwc;
      try {
        pixels.apply(step);
      } catch (IllegalArgumentException _) {
        return null; // is said when such images come
      }
    }
    float[] values = new float[source.length * VALUES];
    pixels.copyPlanesTo(values, 0);
    return new PixelTables(source, values, channelsLast);
  }

  private static byte[] ramps(int channels) {
    byte[] ramps = new byte[channels * VALUES];
    for (int i = 0; i < ramps.length; i++) {
      ramps[i] = (byte) i;
    }
    return ramps;
  }

  /// Where each channel comes from after one more step; null where not from one value of one.
  private static int @Nullable [] source(Preprocessing step, int[] source) {
    return switch (step) {
      case Fit _, Scale _, Range _, Standardise _, Hwc _ -> source;
      case Grey _ -> source.length == 1 ? source : null;
      case Rgb _ -> source.length == 1 ? new int[] {source[0], source[0], source[0]} : source;
      case Bgr _ -> source.length == 3 ? new int[] {source[2], source[1], source[0]} : null;
      case Sobel _, Blur _ -> null;
    };
  }

  /// Prepares one image.
  void apply(Images.Window image, int plane, float[] target, int offset) {
    int step = channelsLast ? source.length : 1;
    for (int channel = 0; channel < source.length; channel++) {
      int from = image.start() + source[channel] * plane;
      int to = offset + (channelsLast ? channel : channel * plane);
      int table = channel * VALUES;
      byte[] pixels = image.values();
      for (int i = 0; i < plane; i++) {
        target[to + i * step] = values[table + (pixels[from + i] & 0xff)];
      }
    }
  }
}
