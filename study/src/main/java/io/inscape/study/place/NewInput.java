package io.inscape.study.place;

import io.inscape.dataset.Content;
import io.inscape.dataset.Feed;
import io.inscape.dataset.ImageShape;
import io.inscape.dataset.Images;
import io.inscape.dataset.Texts;
import io.inscape.dataset.Vectors;
import io.inscape.matrix.Matrix;
import io.inscape.matrix.Progress;
import io.inscape.matrix.Workers;
import io.inscape.neighbors.Metric;
import io.inscape.study.ActivationSource;
import io.inscape.study.Study;
import io.inscape.study.unit.UnitPooling;
import java.lang.ref.SoftReference;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Makes what a study's networks take of what somebody brings.
final class NewInput {
  private static final int LOOKED_AT = 200; // images whose borders say what the background is
  private static final long MOST_BYTES = 512L << 20; // of the sample's input

  private final Study study;
  private double @Nullable [] background;
  private @Nullable SoftReference<Space> space;

  NewInput(Study study) {
    this.study = study;
  }

  /// A new observation, ready.
  ///
  /// @param feed of it alone: what networks take of it
  /// @param row the same numbers
  /// @param input the same, as it is told
  record Made(Feed feed, Matrix row, Placement.Input input) {}

  Made make(NewObservation observation) {
    return switch (study.content()) {
      case Images images -> image(images, observation);
      case Vectors vectors -> vector(vectors, observation);
      case Texts texts -> text(texts, observation);
    };
  }

  /// The way of everything in a study, for one new observation.
  private Feed feed(Content one) {
    return Feed.of(one, study.pipeline());
  }

  private Matrix row(Feed feed) {
    return Matrix.filled(1, feed.width(), target -> feed.fill(0, target, 0));
  }

  private IllegalArgumentException other(String wanted) {
    return new IllegalArgumentException(
        "study "
            + study.folder()
            + " is about "
            + study.content().noun()
            + ", so give "
            + wanted
            + ", and nothing else");
  }

  private Made image(Images images, NewObservation observation) {
    ImageShape shape = images.shape();
    return switch (observation) {
      case NewObservation.File(var name, var content, var fitting) ->
          fitted(images, Picture.decode(name, content), fitting);
      case NewObservation.Pixels(var pixels, var fitting) -> {
        if (pixels.length != shape.size()) {
          throw new IllegalArgumentException(
              "an image of the data set is "
                  + shape
                  + ", "
                  + shape.size()
                  + " bytes, got "
                  + pixels.length
                  + "; a picture of another size can be given as a PNG or JPEG file");
        }
        yield fitted(images, Picture.of(shape, pixels), fitting);
      }
      case NewObservation.Vector _, NewObservation.Line _ -> throw other("an image");
    };
  }

  private Made fitted(Images images, Picture picture, Fitting fitting) {
    ImageShape shape = images.shape();
    byte[] pixels = new PictureFit(shape, background(images)).fit(picture, fitting);
    Feed feed = feed(Images.of(shape, pixels));
    Matrix row = row(feed);
    String made =
        (fitting.invert() ? "inverted, " : "")
            + (fitting.centre()
                ? "what is drawn scaled into a box of 20/28 of the side, its centre of mass in the"
                    + " middle"
                : "scaled as a whole with its aspect kept, in the middle")
            + ", from "
            + picture.shape().rows()
            + " x "
            + picture.shape().cols()
            + " pixels";
    return new Made(
        feed,
        row,
        input(
            row,
            List.of(shape.channels(), shape.rows(), shape.cols()),
            Base64.getEncoder().encodeToString(pixels),
            made));
  }

  private Made vector(Vectors vectors, NewObservation observation) {
    if (!(observation instanceof NewObservation.Vector(var values))) {
      throw other("a vector");
    }
    if (values.length != vectors.columns()) {
      throw new IllegalArgumentException(
          "a vector of the study has "
              + vectors.columns()
              + " numbers, got "
              + values.length
              + "; is it of another data set?");
    }
    Feed feed =
        feed(
            Vectors.of(
                1,
                values.length,
                (_, from, to, target, offset) ->
                    System.arraycopy(values, from, target, offset, to - from)));
    Matrix row = row(feed);
    return new Made(feed, row, input(row, List.of(values.length), null, "as given"));
  }

  private Made text(Texts texts, NewObservation observation) {
    if (!(observation instanceof NewObservation.Line(var text))) {
      throw other("a text");
    }
    Feed feed = feed(Texts.of(List.of(text), texts.encoder()));
    Matrix row = row(feed);
    return new Made(feed, row, input(row, List.of(row.cols()), null, "its tokens"));
  }

  private static Placement.Input input(
      Matrix row, List<Integer> shape, @Nullable String pixels, String made) {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    double sum = 0;
    for (float value : row.toArray()) {
      low = Math.min(low, value);
      high = Math.max(high, value);
      sum += value;
    }
    return new Placement.Input(shape, low, high, sum / row.cols(), pixels, made);
  }

  /// The median of the border's pixels over the first images of the sample, by channel.
  private double[] background(Images images) {
    if (background == null) {
      int[] sample = study.sample();
      byte[] values = images.toArray(Arrays.copyOf(sample, Math.min(LOOKED_AT, sample.length)));
      ImageShape shape = images.shape();
      int plane = shape.rows() * shape.cols();
      double[] medians = new double[shape.channels()];
      for (int channel = 0; channel < medians.length; channel++) {
        long[] counts = new long[256];
        long all = 0;
        for (int image = channel * plane; image < values.length; image += shape.size()) {
          for (int at = 0; at < plane; at++) {
            if (border(shape, at)) {
              counts[values[image + at] & 0xff]++;
              all++;
            }
          }
        }
        int value = 0;
        for (long below = counts[0]; 2 * below < all; below += counts[value]) {
          value++;
        }
        medians[channel] = value;
      }
      background = medians;
    }
    return background;
  }

  private static boolean border(ImageShape shape, int at) {
    int row = at / shape.cols();
    int col = at % shape.cols();
    return row == 0 || col == 0 || row == shape.rows() - 1 || col == shape.cols() - 1;
  }

  /// The nearest observations in the input; none where that would take too much memory.
  List<Placement.Neighbour> neighbours(
      Matrix row, int k, int @Nullable [] labels, Workers workers) {
    if (4L * study.count() * row.cols() > MOST_BYTES) {
      return List.of();
    }
    Space known = space == null ? null : space.get();
    if (known == null) {
      Matrix vectors = study.vectors(new ActivationSource.Input(), workers, Progress.none());
      known =
          new Space(vectors, Metric.EUCLIDEAN, UnitPooling.NONE, List.of(vectors.cols()), workers);
      space = new SoftReference<>(known);
    }
    return known.neighbours(row, k, labels);
  }
}
