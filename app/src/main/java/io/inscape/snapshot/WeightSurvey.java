package io.inscape.snapshot;

import io.inscape.matrix.Workers;
import io.inscape.network.LayerTensor;
import io.inscape.network.Network;
import io.inscape.weight.Bins;
import io.inscape.weight.Distribution;
import io.inscape.weight.DistributionParams;
import io.inscape.weight.Distributions;
import io.inscape.weight.SampleDistance;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleConsumer;

/// Describes the weights of networks, one network in memory at a time, and compares each with the
/// first.
public final class WeightSurvey {
  private final List<Snapshot> snapshots;
  private final TensorChoice choice;
  private final DistributionParams params;
  private final Workers workers;

  /// Plans a survey.
  ///
  /// @param snapshots at least one
  /// @param choice of tensors
  /// @param params of the distributions
  /// @param workers do the arithmetic
  /// @throws IllegalArgumentException if there is no snapshot
  public WeightSurvey(
      List<Snapshot> snapshots, TensorChoice choice, DistributionParams params, Workers workers) {
    if (snapshots.isEmpty()) {
      throw new IllegalArgumentException("there is no network to look at");
    }
    this.snapshots = List.copyOf(snapshots);
    this.choice = choice;
    this.params = params;
    this.workers = workers;
  }

  /// Looks at all snapshots.
  ///
  /// @param done hears how much is done, 0 to 1
  /// @return what was found
  public WeightReport run(DoubleConsumer done) {
    if (snapshots.stream().anyMatch(snapshot -> snapshot.kept() != null)) {
      return new KeptSurvey(snapshots, choice, params, workers).run(done);
    }
    List<TensorRow> rows = new ArrayList<>();
    List<Comparison> comparisons = new ArrayList<>();
    List<String> sentences = new ArrayList<>();
    Network first = snapshots.getFirst().read();
    List<LayerTensor> ofFirst = snapshots.getFirst().choose(first, choice);
    for (Snapshot snapshot : snapshots) {
      Network network = snapshot.equals(snapshots.getFirst()) ? first : snapshot.read();
      List<LayerTensor> tensors = snapshot.choose(network, choice);
      for (LayerTensor tensor : tensors) {
        rows.add(
            new TensorRow(
                snapshot,
                tensor,
                Distributions.of(Snapshot.values(network, tensor), params, workers)));
      }
      if (!network.equals(first)) {
        compare(new Pair(first, ofFirst, network, tensors, snapshot), comparisons, sentences);
      }
      done.accept((double) (snapshots.indexOf(snapshot) + 1) / (snapshots.size() + 1));
    }
    List<TensorRow> aligned = snapshots.size() == 1 ? rows : inCommonBins(rows);
    done.accept(1);
    return new WeightReport(params, snapshots, aligned, comparisons, sentences);
  }

  /// Two networks and their tensors.
  private record Pair(
      Network first,
      List<LayerTensor> ofFirst,
      Network other,
      List<LayerTensor> ofOther,
      Snapshot snapshot) {}

  private void compare(Pair pair, List<Comparison> comparisons, List<String> sentences) {
    Snapshot start = snapshots.getFirst();
    Map<String, LayerTensor> others = new LinkedHashMap<>();
    pair.ofOther.forEach(tensor -> others.put(tensor.name(), tensor));
    for (LayerTensor tensor : pair.ofFirst) {
      LayerTensor same = others.remove(tensor.name());
      if (same == null) {
        sentences.add(only(tensor, start, pair.snapshot));
      } else if (!same.shape().equals(tensor.shape())) {
        sentences.add(
            tensor.title()
                + " cannot be compared: "
                + tensor.size()
                + " in "
                + start.title()
                + ", "
                + same.size()
                + " in "
                + pair.snapshot.title()
                + ".");
      } else {
        float[] one = Snapshot.values(pair.first, tensor);
        float[] other = Snapshot.values(pair.other, same);
        if (finite(one) && finite(other)) {
          comparisons.add(
              new Comparison(start, pair.snapshot, tensor, SampleDistance.of(one, other, workers)));
        } else {
          sentences.add(
              tensor.title()
                  + " of "
                  + start.title()
                  + " and "
                  + pair.snapshot.title()
                  + " cannot be compared: not all of its weights are finite.");
        }
      }
    }
    others.values().forEach(tensor -> sentences.add(only(tensor, pair.snapshot, start)));
  }

  private static String only(LayerTensor tensor, Snapshot has, Snapshot hasNot) {
    return tensor.title()
        + " ("
        + tensor.name()
        + ") cannot be compared: "
        + has.title()
        + " has it, "
        + hasNot.title()
        + " has not.";
  }

  private static boolean finite(float[] weights) {
    for (float weight : weights) {
      if (!Float.isFinite(weight)) {
        return false;
      }
    }
    return true;
  }

  private List<TensorRow> inCommonBins(List<TensorRow> rows) {
    Map<String, List<Distribution>> byTensor = new LinkedHashMap<>();
    for (TensorRow row : rows) {
      if (row.distribution().summary() != null) {
        byTensor.computeIfAbsent(row.key(), _ -> new ArrayList<>()).add(row.distribution());
      }
    }
    List<TensorRow> aligned = new ArrayList<>();
    for (Snapshot snapshot : snapshots) {
      Network network = snapshot.read();
      for (TensorRow row : rows) {
        if (row.snapshot().equals(snapshot)) {
          List<Distribution> together = byTensor.get(row.key());
          if (together == null) {
            aligned.add(row);
          } else {
            Bins bins = Distributions.commonBins(together, params);
            float[] values = Snapshot.values(network, row.tensor());
            aligned.add(
                new TensorRow(
                    snapshot, row.tensor(), Distributions.of(values, bins, params, workers)));
          }
        }
      }
    }
    return aligned;
  }
}
