package io.inscape.study.place;

import io.inscape.dataset.Sample;
import io.inscape.matrix.Matrix;
import io.inscape.matrix.Workers;
import io.inscape.neighbors.ExactNeighbors;
import io.inscape.neighbors.Metric;
import io.inscape.neighbors.Neighbors;
import io.inscape.neuron.UnitFigures;
import io.inscape.study.unit.UnitPooling;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The sample's vectors at one source, and what a new one is compared with: distances to nearest
/// neighbours, and how active each unit is.
final class Space {
  private static final double FAR = 99; // percent of the sample
  private static final int MOST_MEASURED = 2_000;
  private static final double MOST_PRODUCTS = 2e10; // about ten seconds of one core
  private static final int LEAST_MEASURED = 100;
  private static final int UNITS = 12;

  private final Matrix vectors;
  private final Metric metric;
  private final UnitPooling pooling;
  private final Workers workers;
  private final int width; // stored values of a unit
  private double @Nullable [] nearest; // ascending
  private @Nullable UnitFigures figures;

  /// @param shape of the layer
  Space(Matrix vectors, Metric metric, UnitPooling pooling, List<Integer> shape, Workers workers) {
    this.vectors = vectors;
    this.metric = metric;
    this.pooling = pooling;
    this.width = pooling.width(shape);
    this.workers = workers;
  }

  Matrix vectors() {
    return vectors;
  }

  Metric metric() {
    return metric;
  }

  List<Placement.Neighbour> neighbours(Matrix added, int k, int @Nullable [] labels) {
    int count = Math.min(k, vectors.rows());
    Neighbors found = ExactNeighbors.search(vectors, added, count, metric, workers);
    List<Placement.Neighbour> neighbours = new ArrayList<>();
    for (int m = 0; m < count; m++) {
      int row = found.index(0, m);
      neighbours.add(
          new Placement.Neighbour(
              row, found.distance(0, m), labels == null ? null : (Integer) labels[row]));
    }
    return neighbours;
  }

  Placement.Far far(Matrix added) {
    double distance = ExactNeighbors.search(vectors, added, 1, metric, workers).distance(0, 0);
    double[] usual = nearest();
    if (usual.length == 0) {
      return new Placement.Far(0, distance, 0, 0, null);
    }
    int below = 0;
    while (below < usual.length && usual[below] <= distance) {
      below++;
    }
    double percentile = 100.0 * below / usual.length;
    String warning =
        percentile < FAR
            ? null
            : "nothing in the sample is like it: it is farther from its nearest neighbour than "
                + (below == usual.length ? "every" : "99 % of the")
                + " observation"
                + (below == usual.length ? "" : "s")
                + " looked at, so its place says little";
    return new Placement.Far(percentile, distance, usual[usual.length / 2], usual.length, warning);
  }

  /// Distances of the sample to their nearest neighbours, ascending; of some where there are many.
  private synchronized double[] nearest() {
    if (nearest == null) {
      int n = vectors.rows();
      long affordable = (long) (MOST_PRODUCTS / ((double) n * vectors.cols()));
      int count = Math.clamp(affordable, LEAST_MEASURED, MOST_MEASURED);
      int[] rows = Sample.draw(n, Math.min(n, count), 0);
      double[] found = new double[n < 2 ? 0 : rows.length];
      if (found.length > 0) {
        Neighbors both =
            ExactNeighbors.search(vectors, vectors.selectRows(rows), 2, metric, workers);
        for (int i = 0; i < found.length; i++) { // one of the two is the observation itself
          found[i] = both.distance(i, both.index(i, 0) == rows[i] ? 1 : 0);
        }
      }
      Arrays.sort(found);
      nearest = found;
    }
    return nearest;
  }

  /// The units that a new vector drives most, and those that it drives least usually.
  List<List<Placement.Unit>> units(Matrix added) {
    UnitFigures known = figures();
    float[] values = pooled(added).toArray();
    List<Placement.Unit> all = new ArrayList<>();
    for (int unit = 0; unit < values.length; unit++) {
      double deviation = known.deviation(unit);
      Double z = deviation > 0 ? (Double) ((values[unit] - known.mean(unit)) / deviation) : null;
      all.add(new Placement.Unit(unit, values[unit], known.mean(unit), z));
    }
    Comparator<Placement.Unit> byNumber = Comparator.comparingInt(Placement.Unit::unit);
    return List.of(
        first(
            all,
            Comparator.comparingDouble((Placement.Unit u) -> -u.activation())
                .thenComparing(byNumber)),
        first(
            all,
            Comparator.comparingDouble((Placement.Unit u) -> -strangeness(u))
                .thenComparing(byNumber)));
  }

  private static double strangeness(Placement.Unit unit) {
    Double z = unit.z();
    return z == null ? 0 : Math.abs(z);
  }

  private static List<Placement.Unit> first(
      List<Placement.Unit> units, Comparator<Placement.Unit> order) {
    return units.stream().sorted(order).limit(UNITS).toList();
  }

  private synchronized UnitFigures figures() {
    if (figures == null) {
      figures = UnitFigures.of(pooled(vectors), workers);
    }
    return figures;
  }

  private Matrix pooled(Matrix rows) {
    return width == 1 ? rows : pooling.of(rows, width);
  }
}
