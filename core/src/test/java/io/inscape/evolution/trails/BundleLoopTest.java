package io.inscape.evolution.trails;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.inscape.evolution.LayoutSequence;
import io.inscape.matrix.Workers;
import org.junit.jupiter.api.Test;

/// One round against the formulas, with all pairs of samples in double.
final class BundleLoopTest {
  private static final BundleParams PARAMS =
      new BundleParams(Grouping.ALL, Direction.MIXED, 0.1, 3, 0.3, 0.5, 21, 100);

  @Test
  void oneRoundIsWhatTheFormulasSay() {
    for (long seed = 1; seed <= 3; seed++) {
      LayoutSequence layouts = Fan.of(12, 3, seed).layouts();
      Frame frame = Frame.of(layouts, 100, BundleLoop.margin(PARAMS));
      Samples samples = new StraightTrails(layouts, 10).inPixels(frame, Groups.one(12));
      double[][] expected = slowRound(samples, 10, 10);
      try (Workers workers = Workers.of(2)) {
        new BundleLoop(samples, Groups.one(12), frame, PARAMS, workers).iterate();
      }
      double moved = 0;
      for (int s = 0; s < samples.x().length; s++) {
        assertThat((double) samples.x()[s]).isCloseTo(expected[s][0], within(.02));
        assertThat((double) samples.y()[s]).isCloseTo(expected[s][1], within(.02));
        moved = Math.max(moved, Math.abs(samples.y()[s] - samples.startY()[s]));
      }
      assertThat(moved).isGreaterThan(1);
    }
  }

  /// h and R of the first round are 10 pixels of 100.
  private static double[][] slowRound(Samples samples, double h, int radius) {
    int count = samples.perTrail();
    double[][] place = new double[samples.x().length][2];
    double[][] moved = new double[place.length][];
    for (int s = 0; s < place.length; s++) {
      place[s] = new double[] {samples.x()[s], samples.y()[s]};
    }
    for (int s = 0; s < place.length; s++) {
      moved[s] = place[s].clone();
      if (s % count != 0 && s % count != count - 1) {
        double x = place[s][0];
        double y = place[s][1];
        double rho = density(place, x, y, radius);
        double gx = (density(place, x + 1, y, radius) - density(place, x - 1, y, radius)) / 2;
        double gy = (density(place, x, y + 1, radius) - density(place, x, y - 1, radius)) / 2;
        double slope = Math.hypot(gx, gy);
        double step = Math.min(.5 * h, slope / rho * Math.pow(radius + 1, 2) / 2);
        double tx = place[s + 1][0] - place[s - 1][0];
        double ty = place[s + 1][1] - place[s - 1][1];
        double across = (-ty * gx + tx * gy) / slope * step / (tx * tx + ty * ty);
        moved[s][0] += -ty * across;
        moved[s][1] += tx * across;
      }
    }
    return smoothed(moved, count);
  }

  /// Three of every hundred samples to each side: one of 21.
  private static double[][] smoothed(double[][] moved, int count) {
    double[][] result = new double[moved.length][];
    for (int s = 0; s < moved.length; s++) {
      result[s] = moved[s].clone();
      if (s % count != 0 && s % count != count - 1) {
        for (int dim = 0; dim < 2; dim++) {
          double mean = (moved[s - 1][dim] + moved[s][dim] + moved[s + 1][dim]) / 3;
          result[s][dim] = .7 * moved[s][dim] + .3 * mean;
        }
      }
    }
    return result;
  }

  /// The density between pixels of samples dealt to pixels: tents on both sides of the kernel.
  private static double density(double[][] place, double x, double y, int radius) {
    double sum = 0;
    for (double[] sample : place) {
      sum += profile(sample[0], x, radius) * profile(sample[1], y, radius);
    }
    return sum;
  }

  private static double profile(double from, double to, int radius) {
    double sum = 0;
    for (int pixel = (int) from; pixel <= (int) from + 1; pixel++) {
      for (int seen = (int) to; seen <= (int) to + 1; seen++) {
        double u = (seen - pixel) / (radius + 1.0);
        double kernel = Math.max(0, 1 - u * u);
        sum += (1 - Math.abs(from - pixel)) * (1 - Math.abs(to - seen)) * kernel;
      }
    }
    return sum;
  }
}
