package io.inscape.study.network;

import io.inscape.study.run.RunInfo;
import io.inscape.study.weight.KeptWeights;
import io.inscape.study.weight.TensorWeights;
import io.inscape.study.weight.WeightFigures;
import io.inscape.training.EpochMetrics;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The weights of a run over its epochs, without the histograms.
///
/// @param run its name
/// @param architecture of its network
/// @param tensors in the order of the network's file
/// @param epochs ascending
/// @param divergedAt the first epoch with a weight that is not finite, or whose training ended for
///   a loss that was none; null where there is none
public record RunWeightsReport(
    String run,
    String architecture,
    List<TensorInfo> tensors,
    List<EpochReport> epochs,
    @Nullable Integer divergedAt) {
  /// Copies the lists.
  public RunWeightsReport {
    tensors = List.copyOf(tensors);
    epochs = List.copyOf(epochs);
  }

  /// A tensor.
  ///
  /// @param tensor its name in the graph
  /// @param layer whose it is
  /// @param kind `weights` or `biases`
  /// @param shape the size of each axis
  /// @param count how many numbers
  public record TensorInfo(String tensor, String layer, String kind, List<Long> shape, int count) {
    /// Copies the shape.
    public TensorInfo {
      shape = List.copyOf(shape);
    }

    static TensorInfo of(TensorWeights tensor) {
      return new TensorInfo(
          tensor.tensor(), tensor.layer(), tensor.kind(), tensor.shape(), tensor.values().count());
    }
  }

  /// An epoch.
  ///
  /// @param epoch 0 for the untrained network
  /// @param testAccuracy of the network then, 0 to 1; null where it was not measured
  /// @param exact whether its snapshot is kept, so that every weight can be looked at
  /// @param nonFinite weights of all tensors that are NaN or infinite
  /// @param tensors in the order of the report's
  public record EpochReport(
      int epoch,
      @Nullable Double testAccuracy,
      boolean exact,
      long nonFinite,
      List<TensorReport> tensors) {
    /// Copies the list.
    public EpochReport {
      tensors = List.copyOf(tensors);
    }
  }

  /// A tensor at an epoch. Its numbers are those of the finite weights, null where there is none.
  ///
  /// @param tensor its name in the graph
  /// @param mean of the weights
  /// @param variance mean squared deviation
  /// @param deviation standard deviation
  /// @param min the least
  /// @param max the greatest
  /// @param quartiles lower quartile, median, upper quartile
  /// @param nearZero share of weights of at most 0.001
  /// @param nonFinite how many are NaN or infinite
  /// @param update the last step before; null where it is not known
  public record TensorReport(
      String tensor,
      @Nullable Double mean,
      @Nullable Double variance,
      @Nullable Double deviation,
      @Nullable Double min,
      @Nullable Double max,
      @Nullable List<Double> quartiles,
      @Nullable Double nearZero,
      int nonFinite,
      @Nullable UpdateReport update) {
    /// Copies the list.
    public TensorReport {
      quartiles = quartiles == null ? null : List.copyOf(quartiles);
    }

    static TensorReport of(TensorWeights tensor) {
      WeightFigures values = tensor.values();
      return new TensorReport(
          tensor.tensor(),
          values.mean(),
          values.variance(),
          values.deviation(),
          values.min(),
          values.max(),
          values.quartiles(),
          values.nearZero(),
          values.nonFinite(),
          UpdateReport.of(tensor));
    }
  }

  /// The last step of the optimiser in an epoch.
  ///
  /// @param mean of the steps
  /// @param variance mean squared deviation
  /// @param deviation standard deviation
  /// @param min the least
  /// @param max the greatest
  /// @param quartiles lower quartile, median, upper quartile
  /// @param nearZero share of steps of at most 0.001
  /// @param nonFinite how many are NaN or infinite
  /// @param ratio log10 of the steps' standard deviation over the weights'; null where either is 0
  public record UpdateReport(
      @Nullable Double mean,
      @Nullable Double variance,
      @Nullable Double deviation,
      @Nullable Double min,
      @Nullable Double max,
      @Nullable List<Double> quartiles,
      @Nullable Double nearZero,
      int nonFinite,
      @Nullable Double ratio) {
    /// Copies the list.
    public UpdateReport {
      quartiles = quartiles == null ? null : List.copyOf(quartiles);
    }

    static @Nullable UpdateReport of(TensorWeights tensor) {
      WeightFigures step = tensor.update();
      return step == null
          ? null
          : new UpdateReport(
              step.mean(),
              step.variance(),
              step.deviation(),
              step.min(),
              step.max(),
              step.quartiles(),
              step.nearZero(),
              step.nonFinite(),
              tensor.ratio());
    }
  }

  /// What is known of a run.
  ///
  /// @param weights of the study's runs
  /// @param run its name
  /// @return the report
  /// @throws io.inscape.study.file.StudyException if there is no such run
  public static RunWeightsReport of(RunWeights weights, String run) {
    RunInfo info = weights.study().run(run).info();
    List<KeptWeights> all = weights.of(run);
    List<EpochReport> epochs = new ArrayList<>();
    Integer diverged = null;
    int measured = info.metrics().isEmpty() ? -1 : info.metrics().getLast().epoch();
    for (KeptWeights kept : all) {
      boolean beyond = kept.epoch() > measured && !info.metrics().isEmpty();
      if (diverged == null && (kept.nonFinite() > 0 || beyond)) {
        diverged = kept.epoch();
      }
      epochs.add(
          new EpochReport(
              kept.epoch(),
              accuracy(info, kept.epoch()),
              info.snapshots().contains(kept.epoch()),
              kept.nonFinite(),
              kept.tensors().stream().map(TensorReport::of).toList()));
    }
    List<TensorInfo> tensors =
        all.isEmpty() ? List.of() : all.getFirst().tensors().stream().map(TensorInfo::of).toList();
    return new RunWeightsReport(run, info.architecture(), tensors, epochs, diverged);
  }

  private static @Nullable Double accuracy(RunInfo run, int epoch) {
    for (EpochMetrics metrics : run.metrics()) {
      if (metrics.epoch() == epoch) {
        return metrics.testAccuracy();
      }
    }
    return null;
  }
}
