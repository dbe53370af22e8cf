package io.inscape.dataset;

import io.inscape.matrix.Matrix;
import io.inscape.matrix.Workers;
import java.util.List;
import java.util.Objects;

/// The numbers that a network takes of each observation: prepared pixels, the features of a vector,
/// the token ids of a text. One row of floats, split into named parts where a network has several
/// inputs. Immutable; safe for any number of threads.
///
/// Whole numbers such as token ids are exact below 2^24.
public final class Feed {
  private static final int CHUNK = 64;

  /// A part of a row.
  ///
  /// @param name of the input that it is made for, such as `input_ids`; empty where there is one
  ///   part for whatever the input is called
  /// @param shape of one observation's numbers, without the batch, such as `[3, 224, 224]`
  ///   (channel, row, col), `[224, 224, 3]` where the preprocessing ends in `hwc`, `[784]` or
  ///   `[64]`
  public record Slot(String name, List<Integer> shape) {
    /// Copies the shape and checks that it is a size.
    public Slot {
      shape = List.copyOf(shape);
      long size = 1;
      for (int axis : shape) {
        size *= axis;
        if (axis < 1 || size > Integer.MAX_VALUE) {
          throw new IllegalArgumentException("a part of a feed needs a size, got " + shape);
        }
      }
    }

    /// {@return how many numbers it has: the product of its axes}
    public int size() {
      int size = 1;
      for (int axis : shape) {
        size *= axis;
      }
      return size;
    }
  }

  /// Puts one observation's numbers into a row. May be called by several threads at once.
  @FunctionalInterface
  public interface Filler {
    /// Fills a row.
    ///
    /// @param observation which one
    /// @param target where the numbers go, part after part
    /// @param offset the index of the first number in the target
    void fill(int observation, float[] target, int offset);
  }

  private final int count;
  private final List<Slot> slots;
  private final int width;
  private final Filler filler;

  private Feed(int count, List<Slot> slots, Filler filler) {
    this.count = count;
    this.slots = List.copyOf(slots);
    this.filler = filler;
    long sum = 0;
    for (Slot slot : slots) {
      sum += slot.size();
    }
    if (slots.isEmpty() || sum > Integer.MAX_VALUE) {
      throw new IllegalArgumentException("a feed needs 1 to 2^31 numbers, got " + slots);
    }
    this.width = (int) sum;
  }

  /// A feed from whatever fills its rows.
  ///
  /// @param count how many observations
  /// @param slots the parts of a row; at least one
  /// @param filler fills rows; gives the same numbers each time
  /// @return the feed
  public static Feed of(int count, List<Slot> slots, Filler filler) {
    return new Feed(count, slots, filler);
  }

  /// Images after preprocessing.
  ///
  /// @param images where they are
  /// @param pipeline what is done to the pixels
  /// @return the feed
  /// @throws IllegalArgumentException when a step cannot work on such images
  public static Feed of(Images images, Pipeline pipeline) {
    Slot slot = new Slot("", pipeline.outputAxes(images.shape()));
    return new Feed(
        images.count(),
        List.of(slot),
        (observation, target, offset) -> pipeline.apply(images, observation, target, offset));
  }

  /// Observations of any kind.
  ///
  /// @param content the observations
  /// @param pipeline what is done to pixels; vectors and texts take none
  /// @return the feed
  /// @throws IllegalArgumentException when a step cannot work on such observations
  public static Feed of(Content content, Pipeline pipeline) {
    return switch (content) {
      case Images images -> of(images, pipeline);
      case Vectors vectors ->
          new Feed(
              vectors.count(),
              vectors.slots(),
              (observation, target, offset) ->
                  vectors.copy(observation, 0, vectors.columns(), target, offset));
      case Texts texts ->
          new Feed(
              texts.count(),
              texts.encoder().slots(),
              (observation, target, offset) ->
                  texts.encoder().encode(texts.text(observation), target, offset));
    };
  }

  /// {@return how many observations there are}
  public int count() {
    return count;
  }

  /// {@return the parts of a row, at least one}
  public List<Slot> slots() {
    return slots;
  }

  /// {@return how many numbers a row has, all parts together}
  public int width() {
    return width;
  }

  /// The numbers of chosen observations for mathematics.
  ///
  /// @param observations which ones, each in `[0, count)`; not modified
  /// @param workers the threads to use
  /// @return a matrix, rows = observations in the order asked for, columns = the parts one after
  ///   the other
  /// @throws IllegalArgumentException when they do not fit an array, or one is NaN or infinite
  public Matrix matrix(int[] observations, Workers workers) {
    float[] values = new float[Math.multiplyExact(observations.length, width)];
    workers.forEachChunk(
        observations.length,
        CHUNK,
        (_, from, to) -> {
          for (int i = from; i < to; i++) {
            fill(observations[i], values, i * width);
          }
        });
    return Matrix.of(observations.length, width, values);
  }

  /// Puts one observation's numbers into a row.
  ///
  /// @param observation which one, in `[0, count)`
  /// @param target where the numbers go, part after part
  /// @param offset the index of the first number in the target
  public void fill(int observation, float[] target, int offset) {
    filler.fill(Objects.checkIndex(observation, count), target, offset);
  }
}
