package io.inscape.study.place;

import io.inscape.dataset.Sample;
import io.inscape.matrix.Matrix;
import io.inscape.matrix.Rng;
import io.inscape.projection.Layout;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Locale;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/// Says how well placing works in a layout: some observations of the sample are placed as if they
/// were new, into the layout of all others, and compared with where they lie.
///
/// The layout was made with them, so this is what placing itself costs; what a layout without them
/// would look like is not asked.
final class LeaveOut {
  private static final int MOST = 100;
  private static final int SHARE = 10; // at most one in as many is taken out

  private LeaveOut() {}

  static Placement.Quality of(KeptLayout kept, int step, KeptLayout.Vectors vectors) {
    Layout layout = kept.layout(step);
    int n = layout.observations();
    int[] chosen = Sample.draw(n, Math.clamp(n / SHARE, 1, MOST), 0);
    BitSet out = new BitSet(n);
    Arrays.stream(chosen).forEach(out::set);
    int[] others = IntStream.range(0, n).filter(row -> !out.get(row)).toArray();
    Matrix again = vectors.of(step).selectRows(chosen);
    Layout placed = kept.placeAgain(step, others, again, vectors);
    double extent = extent(layout);
    RandomGenerator random = Rng.of(0, "leave out");
    double[] off = new double[chosen.length];
    double[] chance = new double[chosen.length];
    for (int i = 0; i < chosen.length; i++) {
      off[i] = distance(placed, i, layout, chosen[i]) / extent;
      chance[i] = distance(layout, random.nextInt(n), layout, chosen[i]) / extent;
    }
    Arrays.sort(off);
    Arrays.sort(chance);
    return quality(off, chance[chance.length / 2]);
  }

  private static Placement.Quality quality(double[] off, double chance) {
    double median = off[off.length / 2];
    double upper = off[Math.min(off.length - 1, 9 * off.length / 10)];
    String sentence =
        "placed as if they were new, half of "
            + off.length
            + " observations of the sample come to lie within "
            + percent(median)
            + " of the layout's longer side from where they lie, nine in ten within "
            + percent(upper)
            + " (any two are "
            + percent(chance)
            + " apart)";
    return new Placement.Quality(off.length, median, upper, chance, sentence);
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }

  /// The longer side of the box around a layout; 1 where all lie in one place.
  private static double extent(Layout layout) {
    double longest = 0;
    for (int dim = 0; dim < layout.dimensions(); dim++) {
      double low = Double.POSITIVE_INFINITY;
      double high = Double.NEGATIVE_INFINITY;
      for (int i = 0; i < layout.observations(); i++) {
        low = Math.min(low, layout.positions().get(i, dim));
        high = Math.max(high, layout.positions().get(i, dim));
      }
      longest = Math.max(longest, high - low);
    }
    return longest > 0 ? longest : 1;
  }

  private static double distance(Layout a, int i, Layout b, int j) {
    double squared = 0;
    for (int dim = 0; dim < a.dimensions(); dim++) {
      double difference = a.positions().get(i, dim) - b.positions().get(j, dim);
      squared += difference * difference;
    }
    return Math.sqrt(squared);
  }
}
