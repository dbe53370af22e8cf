package io.inscape.evolution.trails;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.inscape.evolution.LayoutSequence;
import io.inscape.matrix.Progress;
import io.inscape.matrix.Workers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

final class BundlingTest {
  private static final BundleParams PARAMS = BundleParams.defaults().withSamples(40);
  private static final BundleParams TOGETHER = PARAMS.withGrouping(Grouping.ALL);

  @AutoClose private final Workers workers = Workers.of(2);

  @Test
  void strengthZeroIsThePolylineThroughTheSteps() {
    Fan fan = Fan.of(60, 5, 1);
    Bundles bundles = bundle(fan, PARAMS);
    assertThat(bundles.samples()).isEqualTo(4 * bundles.perSegment() + 1).isEqualTo(41);
    float[] at = bundles.at(0);
    assertThat(at).isEqualTo(bundles.straight());
    for (int i = 0; i < 60; i++) {
      for (int step = 0; step < 5; step++) {
        for (int dim = 0; dim < 2; dim++) {
          assertThat(at[(i * 41 + step * bundles.perSegment()) * 2 + dim])
              .isEqualTo(fan.layouts().get(step, i, dim));
        }
      }
      // a quarter of the way from step 1 to step 2, and the other way round
      int first = (i * 41 + 10) * 2;
      double expected = .75 * at[first] + .25 * at[first + 20];
      double half = .5 * at[first] + .5 * at[first + 20];
      assertThat((double) at[first + 10]).isCloseTo(half, within(1e-6));
      assertThat((at[first + 4] + (double) at[first + 6]) / 2).isCloseTo(expected, within(1e-6));
    }
  }

  @Test
  void endsStayToTheBitAtEveryStrength() {
    for (Direction direction : Direction.values()) {
      Fan fan = Fan.of(200, 4, 2);
      Bundles bundles = bundle(fan, PARAMS.withDirection(direction));
      for (double strength : new double[] {0, .3, .8, 1}) {
        float[] at = bundles.at(strength);
        for (int i = 0; i < 200; i++) {
          for (int dim = 0; dim < 2; dim++) {
            int last = (i + 1) * bundles.samples() - 1;
            assertThat(at[i * bundles.samples() * 2 + dim]).isEqualTo(fan.layouts().get(0, i, dim));
            assertThat(at[last * 2 + dim]).isEqualTo(fan.layouts().get(3, i, dim));
          }
        }
      }
    }
  }

  @Test
  void strengthOneIsTheBundleAndBetweenEverySampleIsOnItsWay() {
    Bundles bundles = bundle(Fan.of(100, 3, 3), PARAMS);
    float[] straight = bundles.straight();
    float[] bundled = bundles.bundled();
    float[] half = bundles.at(.5);
    assertThat(bundles.at(1)).isEqualTo(bundled);
    for (int at = 0; at < half.length; at++) {
      assertThat((double) half[at])
          .isCloseTo(straight[at] + .75 * ((double) bundled[at] - straight[at]), within(1e-6));
    }
    assertThatThrownBy(() -> bundles.at(1.5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the strength of bundling must be from 0 to 1, got 1.5");
    assertThatThrownBy(() -> bundles.at(Double.NaN)).hasMessageContaining("got NaN");
  }

  @Test
  void whatWasKeptComesBackAsItWas() {
    Fan fan = Fan.of(60, 5, 3);
    Bundles bundles = bundle(fan, PARAMS);
    Bundles restored = Bundles.restore(fan.layouts(), bundles.bundled());
    assertThat(restored.perSegment()).isEqualTo(bundles.perSegment());
    assertThat(restored.straight()).isEqualTo(bundles.straight());
    assertThat(restored.at(.8)).isEqualTo(bundles.at(.8));
    assertThatThrownBy(() -> Bundles.restore(fan.layouts(), new float[60 * 2 * 42]))
        .hasMessageEndingWith(
            "the same number of samples from each step to the next, got 5040 coordinates");
  }

  @Test
  void parallelTrailsConvergeInTheMiddle() {
    Bundles bundles = Bundling.bundle(parallel(9, 0, .3f), none(), TOGETHER, workers, quiet());
    double before = spread(bundles, bundles.straight(), 0, 9);
    double after = spread(bundles, bundles.bundled(), 0, 9);
    assertThat(before).isCloseTo(.3, within(1e-6));
    assertThat(after).isLessThan(.02 * before);
  }

  @Test
  void samplesKeepTheirTimeAndTheirOrder() {
    Bundles bundles = Bundling.bundle(parallel(9, 0, .3f), none(), TOGETHER, workers, quiet());
    float[] bundled = bundles.bundled();
    double spacing = 10.0 / (bundles.samples() - 1);
    for (int trail = 0; trail < 9; trail++) {
      for (int s = 1; s < bundles.samples(); s++) {
        int at = 2 * (trail * bundles.samples() + s);
        assertThat((double) bundled[at] - bundled[at - 2]).isBetween(.5 * spacing, 1.5 * spacing);
      }
    }
  }

  @Test
  void theDensityBecomesSharper() {
    Fan fan = Fan.of(300, 4, 4);
    Bundles bundles = bundle(fan, TOGETHER);
    double straight = variation(fan.layouts(), bundles, bundles.straight());
    double half = variation(fan.layouts(), bundles, bundles.at(.5));
    double bundled = variation(fan.layouts(), bundles, bundles.bundled());
    assertThat(half).isGreaterThan(1.1 * straight);
    assertThat(bundled).isGreaterThan(1.3 * straight).isGreaterThan(half);
  }

  @Test
  void aClassIsBundledAsIfItWereAlone() {
    Fan fan = Fan.of(200, 4, 5);
    int[] third = IntStream.range(0, 200).filter(i -> fan.labels()[i] == 3).toArray();
    float[] all = bundle(fan, PARAMS).bundled();
    LayoutSequence turned = turnOthers(fan, third);
    Bundles other = Bundling.bundle(turned, Optional.of(fan.labels()), PARAMS, workers, quiet());
    float[] elsewhere = other.bundled();
    int stride = 2 * other.samples();
    for (int i : third) {
      assertThat(Arrays.copyOfRange(elsewhere, i * stride, (i + 1) * stride))
          .isEqualTo(Arrays.copyOfRange(all, i * stride, (i + 1) * stride));
    }
    assertThat(elsewhere).isNotEqualTo(all);
    assertThat(bundle(fan, TOGETHER).bundled()).isNotEqualTo(all);
  }

  @Test
  void oppositeWaysLieSideBySideWhenAsked() {
    LayoutSequence both = parallel(10, 10, .2f);
    Bundles mixed = Bundling.bundle(both, none(), TOGETHER, workers, quiet());
    Bundles separated =
        Bundling.bundle(
            both, none(), TOGETHER.withDirection(Direction.SEPARATED), workers, quiet());
    double together = middle(mixed, 0, 10) - middle(mixed, 10, 20);
    double apart = middle(separated, 0, 10) - middle(separated, 10, 20);
    double pixel = 10.0 / TOGETHER.resolution();
    assertThat(Math.abs(together)).isLessThan(.5 * pixel);
    assertThat(-apart).isBetween(4 * pixel, 12 * pixel); // those that run east keep to the south
    assertThat(spread(separated, separated.bundled(), 0, 10)).isLessThan(2 * pixel);
  }

  @Test
  void theSameBitsOnAnyNumberOfThreads() {
    Fan fan = Fan.of(1500, 6, 6);
    for (Direction direction : Direction.values()) {
      BundleParams params =
          PARAMS.withDirection(direction).withIterations(4).withGrouping(Grouping.ALL);
      List<float[]> results = new ArrayList<>();
      for (int threads : new int[] {1, 2, 4}) {
        try (Workers some = Workers.of(threads)) {
          results.add(Bundling.bundle(fan.layouts(), none(), params, some, quiet()).bundled());
        }
      }
      assertThat(results.get(1)).isEqualTo(results.get(0));
      assertThat(results.get(2)).isEqualTo(results.get(0));
    }
  }

  @Test
  void theOrderOfTheTrailsDoesNotMatter() {
    Fan fan = Fan.of(120, 3, 7);
    int[] reversed = IntStream.range(0, 120).map(i -> 119 - i).toArray();
    int[] labels = Arrays.stream(reversed).map(i -> fan.labels()[i]).toArray();
    Bundles one = bundle(fan, PARAMS);
    Bundles other =
        Bundling.bundle(
            select(fan.layouts(), reversed), Optional.of(labels), PARAMS, workers, quiet());
    int stride = 2 * one.samples();
    for (int i = 0; i < 120; i++) {
      int place = 119 - i;
      assertThat(Arrays.copyOfRange(other.bundled(), place * stride, (place + 1) * stride))
          .isEqualTo(Arrays.copyOfRange(one.bundled(), i * stride, (i + 1) * stride));
    }
  }

  @Test
  void trailsThatDoNotMoveStayWhereTheyAre() {
    Fan fan = Fan.of(100, 3, 8);
    float[] values = fan.layouts().toArray();
    for (int step = 1; step < 3; step++) {
      System.arraycopy(values, 0, values, step * 200, 20); // observations 0 to 9
    }
    LayoutSequence layouts = LayoutSequence.of(3, 100, 2, values);
    for (Direction direction : Direction.values()) {
      Bundles bundles =
          Bundling.bundle(layouts, none(), TOGETHER.withDirection(direction), workers, quiet());
      int length = 10 * bundles.samples() * 2;
      assertThat(Arrays.copyOf(bundles.bundled(), length))
          .isEqualTo(Arrays.copyOf(bundles.straight(), length));
    }
  }

  @Test
  void noTrailIsMovedFartherThanItsReach() {
    Fan fan = Fan.of(100, 3, 9);
    Bundles bundles = bundle(fan, PARAMS.withReach(.01));
    float[] length = TrailMeasures.of(fan.layouts()).length();
    float[] straight = bundles.straight();
    float[] bundled = bundles.bundled();
    double farthest = 0;
    for (int at = 0; at < straight.length; at += 2) {
      double way = Math.hypot(bundled[at] - straight[at], bundled[at + 1] - straight[at + 1]);
      double share = way / length[at / 2 / bundles.samples()];
      farthest = Math.max(farthest, share);
    }
    assertThat(farthest).isBetween(.0099, .0101);
  }

  @Test
  void layoutsWithoutExtentAndTwoStepsAreFine() {
    LayoutSequence point = LayoutSequence.of(2, 3, 2, constant(12, 4.5f));
    assertThat(Bundling.bundle(point, none(), TOGETHER, workers, quiet()).bundled())
        .containsOnly(4.5f);
    float[] line = constant(12, -2f);
    line[0] = 7; // one observation moves, along x only
    Bundles bundles =
        Bundling.bundle(LayoutSequence.of(2, 3, 2, line), none(), TOGETHER, workers, quiet());
    assertThat(bundles.bundled()).isEqualTo(bundles.straight());
    float[] huge = Fan.of(20, 2, 1).layouts().toArray();
    for (int at = 0; at < huge.length; at++) {
      huge[at] *= 1e37f;
    }
    Bundles far =
        Bundling.bundle(LayoutSequence.of(2, 20, 2, huge), none(), TOGETHER, workers, quiet());
    for (float value : far.bundled()) {
      assertThat(Float.isFinite(value)).isTrue();
    }
  }

  @Test
  void noIterationsChangeNothing() {
    Bundles bundles = bundle(Fan.of(50, 3, 1), PARAMS.withIterations(0));
    assertThat(bundles.bundled()).isEqualTo(bundles.straight());
  }

  @Test
  void progressIsToldAndAnInterruptEndsIt() {
    Fan fan = Fan.of(100, 3, 1);
    List<Double> fractions = new ArrayList<>();
    Bundling.bundle(
        fan.layouts(),
        none(),
        TOGETHER.withIterations(4),
        workers,
        (stage, fraction) -> {
          assertThat(stage).isEqualTo("bundling");
          fractions.add(fraction);
        });
    assertThat(fractions).containsExactly(0., .25, .5, .75, 1.);
    Progress interrupt =
        (_, fraction) -> {
          if (fraction >= .5) {
            Thread.currentThread().interrupt();
          }
        };
    assertThatThrownBy(() -> Bundling.bundle(fan.layouts(), none(), TOGETHER, workers, interrupt))
        .isInstanceOf(CancellationException.class);
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void refusesWhatItCannotBundle() {
    Fan fan = Fan.of(10, 2, 1);
    assertThatThrownBy(() -> Bundling.bundle(fan.layouts(), none(), PARAMS, workers, quiet()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "bundling by class needs labels, got none; give labels or bundle all trails together");
    assertThatThrownBy(
            () -> Bundling.bundle(fan.layouts(), Optional.of(new int[9]), PARAMS, workers, quiet()))
        .hasMessage("labels must be one per observation, got 9 for 10 observations");
    assertThatThrownBy(() ->
            Bundling.bundle(
                LayoutSequence.of(1, 2, 2, new float[4]), none(), TOGETHER, workers, quiet()))
        .hasMessage("trails need at least 2 steps, got 1");
    assertThatThrownBy(() ->
            Bundling.bundle(
                LayoutSequence.of(2, 2, 3, new float[12]), none(), TOGETHER, workers, quiet()))
        .hasMessage("bundling takes layouts of 2 dimensions, got 3");
  }

  private Bundles bundle(Fan fan, BundleParams params) {
    return Bundling.bundle(fan.layouts(), Optional.of(fan.labels()), params, workers, quiet());
  }

  private double variation(LayoutSequence layouts, Bundles bundles, float[] values) {
    Frame frame = Frame.of(layouts, 256, 20);
    float[] x = new float[values.length / 2];
    float[] y = new float[x.length];
    for (int s = 0; s < x.length; s++) {
      x[s] = (float) frame.pixelX(values[2 * s]);
      y[s] = (float) frame.pixelY(values[2 * s + 1]);
    }
    Density density = new Density(frame, workers);
    density.build(x, y, 0, bundles.trails() * bundles.samples(), _ -> 1, 4);
    return density.variation();
  }

  /// Trails from west to east and from east to west, 10 long, side by side over a width.
  private static LayoutSequence parallel(int east, int west, float width) {
    int n = east + west;
    float[] values = new float[2 * n * 2];
    for (int i = 0; i < n; i++) {
      float y = i < east ? width * i / (east - 1) : width * (i - east) / (west - 1);
      values[2 * i] = i < east ? 0 : 10;
      values[2 * i + 1] = y;
      values[2 * (n + i)] = i < east ? 10 : 0;
      values[2 * (n + i) + 1] = y;
    }
    return LayoutSequence.of(2, n, 2, values);
  }

  private static double spread(Bundles bundles, float[] values, int from, int to) {
    double[] rows = middles(bundles, values, from, to);
    return Arrays.stream(rows).max().orElseThrow() - Arrays.stream(rows).min().orElseThrow();
  }

  private static double middle(Bundles bundles, int from, int to) {
    return Arrays.stream(middles(bundles, bundles.bundled(), from, to)).average().orElseThrow();
  }

  private static double[] middles(Bundles bundles, float[] values, int from, int to) {
    return IntStream.range(from, to)
        .mapToDouble(i -> values[2 * (i * bundles.samples() + bundles.samples() / 2) + 1])
        .toArray();
  }

  private static LayoutSequence select(LayoutSequence layouts, int[] chosen) {
    float[] values = new float[layouts.steps() * chosen.length * 2];
    int at = 0;
    for (int step = 0; step < layouts.steps(); step++) {
      for (int i : chosen) {
        values[at++] = layouts.get(step, i, 0);
        values[at++] = layouts.get(step, i, 1);
      }
    }
    return LayoutSequence.of(layouts.steps(), chosen.length, 2, values);
  }

  /// Turns all others around in time, which leaves the bounding box as it is.
  private static LayoutSequence turnOthers(Fan fan, int[] kept) {
    LayoutSequence layouts = fan.layouts();
    float[] values = layouts.toArray();
    int n = layouts.observations();
    for (int step = 0; step < layouts.steps(); step++) {
      for (int i = 0; i < n; i++) {
        if (Arrays.binarySearch(kept, i) < 0) {
          int from = layouts.steps() - 1 - step;
          values[(step * n + i) * 2] = layouts.get(from, i, 0);
          values[(step * n + i) * 2 + 1] = layouts.get(from, i, 1);
        }
      }
    }
    return LayoutSequence.of(layouts.steps(), n, 2, values);
  }

  private static float[] constant(int length, float value) {
    float[] values = new float[length];
    Arrays.fill(values, value);
    return values;
  }

  private static Optional<int[]> none() {
    return Optional.empty();
  }

  private static Progress quiet() {
    return Progress.none();
  }
}
