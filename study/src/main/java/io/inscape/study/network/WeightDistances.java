package io.inscape.study.network;

import io.inscape.matrix.Workers;
import io.inscape.network.Network;
import io.inscape.study.run.Run;
import io.inscape.study.weight.KeptWeights;
import io.inscape.study.weight.LatticeCounts;
import io.inscape.study.weight.TensorWeights;
import io.inscape.weight.LatticeDistance;
import io.inscape.weight.SampleDistance;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// How far the weights of two networks are apart, layer by layer.
///
/// @param a one network
/// @param b the other
/// @param tensors those of `a` in its order, then what only `b` has
public record WeightDistances(Place a, Place b, List<TensorDistance> tensors) {
  /// Copies the list.
  public WeightDistances {
    tensors = List.copyOf(tensors);
  }

  /// A network.
  ///
  /// @param run its run
  /// @param epoch 0 for untrained
  public record Place(String run, int epoch) {
    /// Reads `mlp/5`.
    ///
    /// @param text a run, a slash, an epoch
    /// @return the place
    /// @throws IllegalArgumentException if it is none
    public static Place parse(String text) {
      int slash = text.lastIndexOf('/');
      if (slash < 1 || !text.substring(slash + 1).matches("[0-9]{1,9}")) {
        throw new IllegalArgumentException(
            "a network is a run and an epoch, such as mlp/5, got \"" + text + "\"");
      }
      return new Place(text.substring(0, slash), Integer.parseInt(text.substring(slash + 1)));
    }

    /// {@return the place in words}
    @Override
    public String toString() {
      return "run " + run + " epoch " + epoch;
    }
  }

  /// One side of a comparison.
  ///
  /// @param tensor its name in the graph
  /// @param shape the size of each axis
  /// @param count how many numbers
  public record Side(String tensor, List<Long> shape, int count) {
    /// Copies the shape.
    public Side {
      shape = List.copyOf(shape);
    }

    static @Nullable Side of(@Nullable TensorWeights tensor) {
      return tensor == null
          ? null
          : new Side(tensor.tensor(), tensor.shape(), tensor.values().count());
    }
  }

  /// What is said of one layer's weights or biases.
  ///
  /// @param layer whose
  /// @param kind `weights` or `biases`
  /// @param ks Kolmogorov-Smirnov; where it is not exact, the least that it can be; null where the
  ///   two cannot be compared
  /// @param wasserstein in units of the weights; where it is not exact, with every weight in the
  ///   middle of its bin; null likewise
  /// @param exact whether both are of all weights, and not of histograms
  /// @param ksMost the most that Kolmogorov-Smirnov can be; null where it is exact
  /// @param wassersteinLeast the least that Wasserstein can be; null where it is exact
  /// @param wassersteinMost the most that it can be; null where it is exact
  /// @param a the one tensor; null where that network has none
  /// @param b the other
  /// @param why why they cannot be compared; null where they can
  public record TensorDistance(
      String layer,
      String kind,
      @Nullable Double ks,
      @Nullable Double wasserstein,
      boolean exact,
      @Nullable Double ksMost,
      @Nullable Double wassersteinLeast,
      @Nullable Double wassersteinMost,
      @Nullable Side a,
      @Nullable Side b,
      @Nullable String why) {}

  /// Compares two networks of a study. Where both snapshots are kept, all weights are compared;
  /// else the histograms.
  ///
  /// @param weights of the study's runs
  /// @param a one network
  /// @param b the other
  /// @return layer by layer
  /// @throws io.inscape.study.file.StudyException if there is no such run or epoch
  public static WeightDistances of(RunWeights weights, Place a, Place b) {
    KeptWeights one = weights.of(a.run(), a.epoch());
    KeptWeights other = weights.of(b.run(), b.epoch());
    List<TensorWeights> rest = new ArrayList<>(other.tensors());
    Network first = network(weights, a);
    Network second = first == null ? null : network(weights, b);
    List<TensorDistance> distances = new ArrayList<>();
    try (Workers workers = Workers.of(weights.threads())) {
      for (TensorWeights tensor : one.tensors()) {
        TensorWeights same = takeSame(tensor, rest);
        if (same == null) {
          distances.add(alone(tensor, Side.of(tensor), null, a, b));
        } else if (!comparable(tensor) || !comparable(same)) {
          distances.add(notComparable(tensor, same, a, b));
        } else if (first == null || second == null) {
          distances.add(bounds(tensor, same));
        } else {
          distances.add(exact(tensor, values(first, tensor), same, values(second, same), workers));
        }
      }
    }
    rest.forEach(tensor -> distances.add(alone(tensor, null, Side.of(tensor), b, a)));
    return new WeightDistances(a, b, distances);
  }

  private static @Nullable Network network(RunWeights weights, Place place) {
    Run run = weights.study().run(place.run());
    return run.info().snapshots().contains(place.epoch()) ? run.network(place.epoch()) : null;
  }

  private static float[] values(Network network, TensorWeights tensor) {
    return network.weight(tensor.tensor());
  }

  private static @Nullable TensorWeights takeSame(TensorWeights one, List<TensorWeights> rest) {
    for (TensorWeights other : rest) {
      if (one.layer().equals(other.layer()) && one.kind().equals(other.kind())) {
        rest.remove(other);
        return other;
      }
    }
    return null;
  }

  private static boolean comparable(TensorWeights tensor) {
    return tensor.values().nonFinite() == 0 && tensor.values().count() > 0;
  }

  private static TensorDistance exact(
      TensorWeights one, float[] ones, TensorWeights other, float[] others, Workers workers) {
    SampleDistance distance = SampleDistance.of(ones, others, workers);
    return new TensorDistance(
        one.layer(),
        one.kind(),
        distance.kolmogorovSmirnov(),
        distance.wasserstein(),
        true,
        null,
        null,
        null,
        Side.of(one),
        Side.of(other),
        null);
  }

  private static TensorDistance bounds(TensorWeights one, TensorWeights other) {
    LatticeCounts ones = Objects.requireNonNull(one.values().histogram());
    LatticeCounts others = Objects.requireNonNull(other.values().histogram());
    LatticeDistance distance = LatticeDistance.of(ones.histogram(), others.histogram());
    return new TensorDistance(
        one.layer(),
        one.kind(),
        distance.kolmogorovSmirnov(),
        distance.wasserstein(),
        false,
        distance.kolmogorovSmirnovMost(),
        distance.wassersteinLeast(),
        distance.wassersteinMost(),
        Side.of(one),
        Side.of(other),
        null);
  }

  private static TensorDistance alone(
      TensorWeights tensor, @Nullable Side a, @Nullable Side b, Place has, Place hasNot) {
    String why =
        tensor.title() + " cannot be compared: " + has + " has them, " + hasNot + " has not";
    return none(tensor, a, b, why);
  }

  private static TensorDistance notComparable(
      TensorWeights one, TensorWeights other, Place a, Place b) {
    TensorWeights at = comparable(one) ? other : one;
    Place place = comparable(one) ? b : a;
    String why =
        at.values().count() == 0
            ? at.title() + " cannot be compared: there is none in " + place
            : at.title()
                + " cannot be compared: "
                + at.values().nonFinite()
                + " of the "
                + at.values().count()
                + " in "
                + place
                + " are NaN or infinite";
    return none(one, Side.of(one), Side.of(other), why);
  }

  private static TensorDistance none(
      TensorWeights tensor, @Nullable Side a, @Nullable Side b, String why) {
    return new TensorDistance(
        tensor.layer(), tensor.kind(), null, null, false, null, null, null, a, b, why);
  }
}
