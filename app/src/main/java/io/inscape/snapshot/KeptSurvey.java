package io.inscape.snapshot;

import io.inscape.matrix.Workers;
import io.inscape.network.LayerTensor;
import io.inscape.study.weight.KeptWeights;
import io.inscape.study.weight.LatticeCounts;
import io.inscape.study.weight.TensorWeights;
import io.inscape.study.weight.WeightFigures;
import io.inscape.weight.Distribution;
import io.inscape.weight.DistributionParams;
import io.inscape.weight.LatticeDistance;
import io.inscape.weight.LatticeHistogram;
import io.inscape.weight.Summary;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.DoubleConsumer;
import org.jspecify.annotations.Nullable;

/// Describes epochs of which at least one kept no network: all of them by the distributions that
/// training kept, in bins of the lattice, and their distances by bounds.
final class KeptSurvey {
  private final List<Snapshot> snapshots;
  private final TensorChoice choice;
  private final DistributionParams params;
  private final Workers workers;

  KeptSurvey(
      List<Snapshot> snapshots, TensorChoice choice, DistributionParams params, Workers workers) {
    this.snapshots = snapshots;
    this.choice = choice;
    this.params = params;
    this.workers = workers;
    double usual = DistributionParams.defaults().nearZero();
    if (params.nearZero() != usual) {
      throw new IllegalArgumentException(
          "the kept distributions of epochs without a network count as near zero what is at most "
              + usual
              + ", got "
              + params.nearZero()
              + "; leave the threshold out, or choose epochs whose network is kept");
    }
  }

  /// One tensor of one snapshot, with bins as fine as they are kept.
  private record Found(Snapshot snapshot, LayerTensor tensor, WeightFigures figures) {}

  WeightReport run(DoubleConsumer done) {
    List<Found> found = new ArrayList<>();
    for (Snapshot snapshot : snapshots) {
      KeptWeights weights = weights(snapshot);
      for (LayerTensor tensor : snapshot.choose(weights, choice)) {
        found.add(new Found(snapshot, tensor, figures(weights, tensor.name())));
      }
      done.accept((double) (snapshots.indexOf(snapshot) + 1) / snapshots.size());
    }
    Map<String, int[]> bins = commonBins(found);
    List<TensorRow> rows = new ArrayList<>();
    for (Found one : found) {
      rows.add(
          new TensorRow(
              one.snapshot, one.tensor, distribution(one.figures, bins.get(one.tensor.name()))));
    }
    return new WeightReport(params, snapshots, rows, List.of(), sentences(found));
  }

  private KeptWeights weights(Snapshot snapshot) {
    KeptWeights kept = snapshot.kept();
    int epoch = Objects.requireNonNullElse(snapshot.epoch(), 0);
    return kept != null ? kept : KeptWeights.of(epoch, snapshot.read(), workers);
  }

  private static WeightFigures figures(KeptWeights weights, String tensor) {
    return weights.tensors().stream()
        .filter(one -> one.tensor().equals(tensor))
        .map(TensorWeights::values)
        .findFirst()
        .orElseThrow();
  }

  /// By tensor: k, the number of the first bin, how many.
  private Map<String, int[]> commonBins(List<Found> found) {
    Map<String, float[]> ranges = new LinkedHashMap<>();
    for (Found one : found) {
      Summary summary = one.figures.distribution(most()).summary();
      if (summary != null) {
        float[] range =
            ranges.computeIfAbsent(
                one.tensor.name(), _ -> new float[] {summary.min(), summary.max()});
        range[0] = Math.min(range[0], summary.min());
        range[1] = Math.max(range[1], summary.max());
      }
    }
    Map<String, int[]> bins = new LinkedHashMap<>();
    ranges.forEach((tensor, range) -> {
      int exponent = LatticeHistogram.exponent(range[0], range[1], most());
      for (Found one : found) {
        LatticeCounts own = one.figures.histogram();
        if (own != null && one.tensor.name().equals(tensor)) {
          exponent = Math.max(exponent, own.exponent());
        }
      }
      int first = (int) Math.floor(Math.scalb((double) range[0], -exponent));
      int last = (int) Math.floor(Math.scalb((double) range[1], -exponent));
      bins.put(tensor, new int[] {exponent, first, last - first + 1});
    });
    return bins;
  }

  private int most() {
    return Math.clamp(params.bins(), 2, LatticeHistogram.MOST);
  }

  private Distribution distribution(WeightFigures figures, int @Nullable [] bins) {
    Distribution own = figures.distribution(most());
    LatticeCounts counts = figures.histogram();
    if (counts == null || bins == null) {
      return own;
    }
    int[] common = counts.histogram().within(bins[0], bins[1], bins[2]);
    return new Distribution(
        own.count(),
        own.nan(),
        own.infinite(),
        own.nearZero(),
        own.summary(),
        LatticeHistogram.of(bins[0], bins[1], common).plain());
  }

  private List<String> sentences(List<Found> found) {
    List<String> sentences = new ArrayList<>();
    for (Snapshot snapshot : snapshots) {
      if (snapshot.kept() != null) {
        sentences.add(
            snapshot.title()
                + " kept no network: its figures and histogram are those that training kept, the"
                + " bins are powers of two, and distances are bounds.");
      }
    }
    Snapshot start = snapshots.getFirst();
    for (Found one : found) {
      for (Found first : found) {
        if (first.snapshot.equals(start)
            && !one.snapshot.equals(start)
            && first.tensor.name().equals(one.tensor.name())) {
          sentences.add(distance(first, one));
        }
      }
    }
    return sentences;
  }

  private static String distance(Found one, Found other) {
    String what =
        one.tensor.title() + " of " + one.snapshot.title() + " and " + other.snapshot.title();
    LatticeCounts a = one.figures.histogram();
    LatticeCounts b = other.figures.histogram();
    if (a == null || b == null || one.figures.nonFinite() + other.figures.nonFinite() > 0) {
      return what + " cannot be compared: not all of its weights are finite.";
    }
    LatticeDistance distance = LatticeDistance.of(a.histogram(), b.histogram());
    return String.format(
        Locale.ROOT,
        "%s: Kolmogorov-Smirnov %.4f to %.4f, Wasserstein %.4g to %.4g.",
        what,
        distance.kolmogorovSmirnov(),
        distance.kolmogorovSmirnovMost(),
        distance.wassersteinLeast(),
        distance.wassersteinMost());
  }
}
