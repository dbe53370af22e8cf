package io.inscape.study.unit;

import io.inscape.matrix.Matrix;
import io.inscape.matrix.Progress;
import io.inscape.matrix.Rng;
import io.inscape.matrix.Workers;
import io.inscape.neuron.NeuronDissimilarity;
import io.inscape.neuron.NeuronMeasure;
import io.inscape.projection.mds.Dissimilarities;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Whether the strongest units of a class are more alike than units are: their mean `1 - |r|`
/// against that of all pairs.
///
/// @param byClass `top`, `all` and `ratio` of each class; null for one with fewer than two strong
///   units
/// @param compared how many units all pairs are those of
record UnitCompactness(List<@Nullable Object> byClass, int compared) {
  static UnitCompactness of(
      Matrix activations, int[] live, List<int[]> tops, Workers workers, Progress progress) {
    int[] drawn = drawn(live);
    int[] units =
        IntStream.concat(IntStream.of(drawn), tops.stream().flatMapToInt(IntStream::of))
            .distinct()
            .sorted()
            .toArray();
    Dissimilarities table =
        NeuronDissimilarity.of(
                UnitFigures.columns(activations, units), NeuronMeasure.PEARSON, workers, progress)
            .table();
    double all = mean(table, places(units, drawn));
    List<@Nullable Object> classes = new ArrayList<>();
    for (int[] top : tops) {
      classes.add(top.length < 2 ? null : figures(mean(table, places(units, top)), all));
    }
    return new UnitCompactness(classes, drawn.length);
  }

  private static Map<String, Object> figures(double top, double all) {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("top", top);
    figures.put("all", all);
    figures.put("ratio", all == 0 ? null : (Double) (top / all));
    return figures;
  }

  /// All where the table is small enough, else some.
  private static int[] drawn(int[] live) {
    int[] order = live.clone();
    int count = Math.min(order.length, UnitChecks.MOST);
    if (count < order.length) {
      RandomGenerator random = Rng.of(0, "compared units");
      for (int at = 0; at < count; at++) {
        int other = random.nextInt(at, order.length);
        int unit = order[at];
        order[at] = order[other];
        order[other] = unit;
      }
    }
    return Arrays.copyOf(order, count);
  }

  private static int[] places(int[] units, int[] wanted) {
    return IntStream.of(wanted).map(unit -> Arrays.binarySearch(units, unit)).toArray();
  }

  private static double mean(Dissimilarities table, int[] rows) {
    double sum = 0;
    for (int at = 0; at < rows.length; at++) {
      for (int other = 0; other < at; other++) {
        sum += table.get(rows[at], rows[other]);
      }
    }
    return sum / (0.5 * rows.length * (rows.length - 1));
  }
}
