package io.inscape.quality;

import io.inscape.matrix.Matrix;
import io.inscape.matrix.Progress;
import io.inscape.matrix.Rng;
import io.inscape.matrix.Workers;
import io.inscape.neighbors.ExactNeighbors;
import io.inscape.neighbors.Metric;
import io.inscape.neighbors.Neighbors;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntBinaryOperator;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Puts together what [LayoutQuality] holds.
final class QualityComputation {
  private static final int MOST_CURVE = 50;

  private final Matrix data;
  private final Matrix layout;
  private final int @Nullable [] labels;
  private final QualityParams params;
  private final Workers workers;
  private final Progress progress;
  private final int count;
  private final int sampled;
  private final int k;
  private final int rankK;
  private final int[] order;
  private final Map<String, float[]> columns = new LinkedHashMap<>();

  QualityComputation(
      Matrix data,
      Matrix layout,
      Optional<int[]> labels,
      QualityParams params,
      Workers workers,
      Progress progress) {
    this.data = data;
    this.layout = layout;
    this.labels = labels.orElse(null);
    this.params = params;
    this.workers = workers;
    this.progress = progress;
    count = data.rows();
    requireCounts();
    sampled = params.sample().size(count);
    k = Math.min(params.k(), count - 1);
    rankK = Math.min(params.trustworthinessK(), (sampled - 1) / 2);
    order = order();
  }

  private void requireCounts() {
    if (count < 1) {
      throw new IllegalArgumentException(
          "a layout to be judged needs at least 1 observation, got 0");
    }
    if (layout.rows() != count) {
      throw new IllegalArgumentException(
          "the layout has " + layout.rows() + " observations but the data have " + count);
    }
    if (labels != null && labels.length != count) {
      throw new IllegalArgumentException(
          "there are " + labels.length + " labels for " + count + " observations");
    }
    if (labels != null) {
      NeighborhoodHit.requireLabels(labels);
    }
  }

  /// The observations, the sampled ones first; at random where that is not all, or where only some
  /// pairs are ranked.
  private int[] order() {
    int[] all = new int[count];
    Arrays.setAll(all, row -> row);
    if (sampled == count && count <= PairComparison.MOST_RANKED) {
      return all;
    }
    RandomGenerator random = Rng.of(params.seed(), "quality sample");
    for (int at = 0; at < sampled; at++) {
      int other = random.nextInt(at, count);
      int swap = all[at];
      all[at] = all[other];
      all[other] = swap;
    }
    Arrays.sort(all, sampled, count);
    return all;
  }

  LayoutQuality compute() {
    progress.report("quality", 0);
    int curveK = labels == null || sampled < count ? 0 : Math.max(k, MOST_CURVE);
    int ownK = Math.min(sampled - 1, Math.max(rankK, curveK));
    PairComparison pairs =
        new PairComparison(data, layout, order, sampled, rankK, ownK, workers)
            .run(workers, progress);
    Optional<ClassQuality> classes =
        labels == null ? Optional.empty() : Optional.of(classes(labels, pairs));
    progress.report("quality", 0.9);
    NeighborQuality neighbors = neighbors(pairs);
    DistanceQuality distances = distances(pairs);
    progress.report("quality", 1);
    return new LayoutQuality(
        count, sampled, k, classes, neighbors, distances, Collections.unmodifiableMap(columns));
  }

  private ClassQuality classes(int[] labels, PairComparison pairs) {
    double consistency = DistanceConsistency.of(layout, labels, workers);
    ClassQuality.ConsistencyReference reference =
        new ClassQuality.ConsistencyReference(
            DistanceConsistency.of(data, labels, workers),
            DistanceConsistency.of(layout, shuffled(labels), workers));
    if (count == 1) {
      columns.put("neighborhoodHit", new float[] {1});
      List<Double> perfect = List.of(1.0);
      return new ClassQuality(1, 1, 1, perfect, perfect, List.of(), consistency, reference);
    }
    int most = Math.min(count - 1, Math.max(k, MOST_CURVE));
    int[] counts = HitCurve.neighborCounts(k, most);
    Neighbors near = ExactNeighbors.find(layout, most, workers);
    IntBinaryOperator laidOut = (row, neighbor) -> labels[near.index(row, neighbor)];
    IntBinaryOperator inData = ownLabels(labels, pairs, most);
    int[] sampledLabels = new int[sampled];
    Arrays.setAll(sampledLabels, row -> labels[order[row]]);
    NeighborhoodHit hit = NeighborhoodHit.count(labels, labels, k, laidOut);
    NeighborhoodHit own = NeighborhoodHit.count(sampledLabels, labels, k, inData);
    columns.put("neighborhoodHit", hit.perObservation());
    double[] curve = HitCurve.means(labels, counts, laidOut);
    double[] ownCurve = HitCurve.means(sampledLabels, counts, inData);
    return new ClassQuality(
        hit.mean(),
        own.mean(),
        NeighborhoodHit.baseline(labels),
        boxed(hit.perClass()),
        boxed(own.perClass()),
        IntStream.range(0, counts.length)
            .mapToObj(at -> new ClassQuality.HitPoint(counts[at], curve[at], ownCurve[at]))
            .toList(),
        consistency,
        reference);
  }

  /// The labels of the sampled observations' neighbours in the data, among all observations: from
  /// the comparison if that saw all, else searched for.
  private IntBinaryOperator ownLabels(int[] labels, PairComparison pairs, int most) {
    if (sampled == count) {
      return (row, neighbor) -> labels[order[pairs.ownNearest[row * pairs.ownK + neighbor]]];
    }
    int[] rows = Arrays.copyOf(order, sampled);
    Neighbors found =
        ExactNeighbors.search(
            data, data.selectRows(rows), most + 1, Metric.EUCLIDEAN, workers); // itself included
    int[] own = new int[sampled];
    for (int row = 0; row < sampled; row++) {
      while (own[row] < most && found.index(row, own[row]) != rows[row]) {
        own[row]++;
      }
    }
    return (row, neighbor) ->
        labels[found.index(row, neighbor < own[row] ? neighbor : neighbor + 1)];
  }

  private int[] shuffled(int[] labels) {
    RandomGenerator random = Rng.of(params.seed(), "quality labels");
    int[] dealt = labels.clone();
    for (int at = dealt.length - 1; at > 0; at--) {
      int other = random.nextInt(at + 1);
      int swap = dealt[at];
      dealt[at] = dealt[other];
      dealt[other] = swap;
    }
    return dealt;
  }

  private static List<Double> boxed(double[] values) {
    return Arrays.stream(values).boxed().toList();
  }

  private NeighborQuality neighbors(PairComparison pairs) {
    float[] trustworthiness = new float[count];
    float[] continuity = new float[count];
    float[] preservation = new float[count];
    long intruders = 0;
    long missed = 0;
    long preserved = 0;
    for (int row = 0; row < count; row++) {
      double worst = worst(row < sampled ? sampled : sampled + 1);
      trustworthiness[order[row]] = rankK == 0 ? 1 : (float) (1 - pairs.intruders[row] / worst);
      continuity[order[row]] = rankK == 0 ? 1 : (float) (1 - pairs.missed[row] / worst);
      preservation[order[row]] = rankK == 0 ? 1 : (float) pairs.preserved[row] / rankK;
      if (row < sampled) {
        intruders += pairs.intruders[row];
        missed += pairs.missed[row];
        preserved += pairs.preserved[row];
      }
    }
    columns.put("trustworthiness", trustworthiness);
    columns.put("continuity", continuity);
    columns.put("neighborhoodPreservation", preservation);
    if (rankK == 0) {
      return new NeighborQuality(0, 1, 1, 1, 1, 1);
    }
    double all = sampled * worst(sampled);
    double m = sampled;
    return new NeighborQuality(
        rankK,
        1 - intruders / all,
        1 - missed / all,
        preserved / (m * rankK),
        1 - (m - 1 - rankK) * (m - rankK) / ((m - 1) * (2 * m - 3 * rankK - 1)),
        rankK / (m - 1));
  }

  /// The largest sum of excess ranks that one of some observations can have.
  private double worst(int observations) {
    return 0.5 * rankK * (2.0 * observations - 3.0 * rankK - 1);
  }

  private DistanceQuality distances(PairComparison pairs) {
    double[] sums = new double[QualityKernels.SUMS];
    for (int at = 0; at < sampled * sums.length; at++) {
      sums[at % sums.length] += pairs.sums[at];
    }
    double inData = sums[0];
    double both = sums[1];
    double laidOut = sums[2];
    double optimal = laidOut == 0 ? 0 : both / laidOut;
    float[] stress = new float[count];
    for (int row = 0; row < count; row++) {
      int at = row * sums.length;
      stress[order[row]] =
          (float) stress(optimal, pairs.sums[at], pairs.sums[at + 1], pairs.sums[at + 2]);
    }
    columns.put("stress", stress);
    double pairCount = (double) sampled * (sampled - 1);
    double dealt = sampled < 2 ? 0 : sums[3] * sums[4] / pairCount;
    double largest = laidOut == 0 ? 0 : Math.sqrt((double) pairs.largest / pairs.largestLaidOut);
    return new DistanceQuality(
        stress(pairs.unit, inData, both, laidOut),
        stress(largest, inData, both, laidOut),
        stress(optimal, inData, both, laidOut),
        stress(laidOut == 0 ? 0 : dealt / laidOut, inData, dealt, laidOut),
        RankCorrelation.of(pairs.pairs, workers),
        pairs.pairs.length);
  }

  /// `sum (D - s d)^2 / sum D^2` for a scale s, from the sums of `D^2`, `D d` and `d^2`.
  private static double stress(double scale, double inData, double both, double laidOut) {
    if (inData == 0) {
      return laidOut == 0 ? 0 : 1;
    }
    return Math.max(0, 1 - 2 * scale * both / inData + scale * scale * laidOut / inData);
  }
}
