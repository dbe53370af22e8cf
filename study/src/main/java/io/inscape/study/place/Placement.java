package io.inscape.study.place;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Where a new observation came to lie, and what it is like; the components are the JSON of
/// `docs/http.md`.
///
/// @param digest of the result whose layout it is
/// @param kind of the result, `projection` or `sequence`
/// @param method that made the layout
/// @param source the vectors of the step that `neighbours` and `units` are about
/// @param step its number; 0 for a projection
/// @param position in that step's layout
/// @param positions in the layout of every step; of a projection the one
/// @param steps what is told of every step
/// @param neighbours nearest observations in the layer's own space, nearest first
/// @param inputNeighbours nearest observations in the input; empty where the layer is the input
/// @param metric what distance means among the neighbours
/// @param prediction probability of each class; null where there is no network
/// @param units the most active units of the layer, most active first
/// @param unusual the units farthest from their mean over the sample, in standard deviations
/// @param pooling what a unit of a layer of maps is; null for the input
/// @param input what the network got
/// @param far whether there is anything like it in the sample
/// @param quality how well placing works here
public record Placement(
    String digest,
    String kind,
    String method,
    Map<String, Object> source,
    int step,
    List<Float> position,
    List<List<Float>> positions,
    List<Step> steps,
    List<Neighbour> neighbours,
    List<Neighbour> inputNeighbours,
    String metric,
    @Nullable List<Float> prediction,
    List<Unit> units,
    List<Unit> unusual,
    @Nullable String pooling,
    Input input,
    Far far,
    Quality quality) {
  /// Copies the collections.
  public Placement {
    source = Collections.unmodifiableMap(new LinkedHashMap<>(source));
    position = List.copyOf(position);
    positions = List.copyOf(positions);
    steps = List.copyOf(steps);
    neighbours = List.copyOf(neighbours);
    inputNeighbours = List.copyOf(inputNeighbours);
    prediction = prediction == null ? null : List.copyOf(prediction);
    units = List.copyOf(units);
    unusual = List.copyOf(unusual);
  }

  /// What is told of one step.
  ///
  /// @param name such as `epoch 5`
  /// @param source its vectors
  /// @param percentile of the distance to the nearest observation, see [Far]
  /// @param prediction probability of each class; null where there is no network
  public record Step(
      String name,
      Map<String, Object> source,
      double percentile,
      @Nullable List<Float> prediction) {
    /// Copies the collections.
    public Step {
      source = Collections.unmodifiableMap(new LinkedHashMap<>(source));
      prediction = prediction == null ? null : List.copyOf(prediction);
    }
  }

  /// An observation of the sample that is near.
  ///
  /// @param observation its row
  /// @param distance in the layer's own space
  /// @param label its class; null where there are none
  public record Neighbour(int observation, double distance, @Nullable Integer label) {}

  /// A unit.
  ///
  /// @param unit its number
  /// @param activation for the new observation
  /// @param mean over the sample
  /// @param z how many standard deviations of the sample it is above the mean; null for a unit that
  ///   is constant over the sample
  public record Unit(int unit, double activation, double mean, @Nullable Double z) {}

  /// What the network got.
  ///
  /// @param shape of the data set's images; of a vector its length
  /// @param low the least number after preprocessing
  /// @param high the greatest
  /// @param mean of all
  /// @param pixels the image before preprocessing, uint8 in base64; null for a vector
  /// @param made how it was made, in words
  public record Input(
      List<Integer> shape,
      double low,
      double high,
      double mean,
      @Nullable String pixels,
      String made) {
    /// Copies the shape.
    public Input {
      shape = List.copyOf(shape);
    }
  }

  /// How far the new observation is from all of the sample.
  ///
  /// @param percentile how many percent of the sample are at most as far from their own nearest
  ///   neighbour
  /// @param nearest distance to the nearest observation
  /// @param median of the sample's distances to their nearest
  /// @param of how many observations were looked at for that
  /// @param warning a sentence where it is far from all; null where it is not
  public record Far(
      double percentile, double nearest, double median, int of, @Nullable String warning) {}

  /// How well placing works in this layout: observations of the sample placed as if they were new.
  ///
  /// @param observations how many were placed
  /// @param median distance to where they lie, as a share of the layout's longer side
  /// @param upper the distance that nine tenths of them keep below, likewise
  /// @param chance the median distance to where another one lies, likewise
  /// @param sentence the same in words
  public record Quality(
      int observations, double median, double upper, double chance, String sentence) {}
}
