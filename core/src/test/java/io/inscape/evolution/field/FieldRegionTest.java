package io.inscape.evolution.field;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.inscape.matrix.Rng;
import java.awt.geom.Path2D;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

final class FieldRegionTest {
  private static final FieldParams COARSE = new FieldParams(6, .1, 1);

  private static List<Passage> through(Trajectories trajectories, double... polygon) {
    return FieldRegion.through(trajectories, Flows.fit(trajectories, COARSE), polygon);
  }

  @Test
  void aStraightWayThroughASquareIsCutAtItsEdges() {
    Trajectories trajectories =
        new Flows()
            .track(0, 1, 0, 4, 1, 2)
            .track(0, 9, 0, 4, 9, 2)
            .track(1.5, 0, 0, 1.5, 2, 8)
            .made();
    List<Passage> passages = through(trajectories, 1, .5, 3, .5, 3, 1.5, 1, 1.5);

    assertThat(passages).extracting(Passage::trajectory).containsExactly(0, 2);
    assertThat(passages.getFirst().duration()).isCloseTo(1, within(1e-12));
    assertThat(passages.getFirst().length()).isCloseTo(2, within(1e-12));
    assertThat(passages.getFirst().speed()).isCloseTo(2, within(1e-12));
    assertThat(passages.getLast().duration()).isCloseTo(4, within(1e-12));
    assertThat(passages.getLast().speed()).isCloseTo(.25, within(1e-12));
  }

  @Test
  void aWayThatEntersTwiceIsOnePassage() {
    // a U: the bar between its arms is outside
    double[] letter = {0, 0, 3, 0, 3, 3, 2, 3, 2, 1, 1, 1, 1, 3, 0, 3};
    Trajectories trajectories = new Flows().track(-1, 2, 0, 4, 2, 5).made();
    List<Passage> passages = through(trajectories, letter);

    assertThat(passages).hasSize(1);
    assertThat(passages.getFirst().duration()).isCloseTo(2, within(1e-12));
    assertThat(passages.getFirst().length()).isCloseTo(2, within(1e-12));
  }

  @Test
  void aRestInsideCountsWithItsTime() {
    Trajectories trajectories = new Flows().track(0, 0, 0, 1, 1, 1, 1, 1, 4).made();
    Passage passage = through(trajectories, .5, .5, 2, .5, 2, 2, .5, 2).getFirst();

    assertThat(passage.duration()).isCloseTo(3.5, within(1e-12));
    assertThat(passage.length()).isCloseTo(Math.sqrt(.5), within(1e-12));
  }

  @Test
  void theWholeBoxHoldsEverything() {
    Trajectories trajectories = new Flows().wander(30, 5, 6).made();
    VectorFields fit = Flows.fit(trajectories, new FieldParams(9, .1, 2));
    List<Passage> all =
        FieldRegion.through(trajectories, fit, new double[] {-1, -1, 2, -1, 2, 2, -1, 2});

    assertThat(all).hasSize(30);
    Responsibility scores = Responsibility.of(fit);
    for (Passage passage : all) {
      int at = passage.trajectory();
      assertThat(passage.duration()).isCloseTo(trajectories.duration(at), within(1e-12));
      assertThat(passage.length()).isCloseTo(trajectories.length(at), within(1e-12));
      assertThat(passage.speed()).isCloseTo(fit.speed()[at], within(1e-5));
      assertThat(passage.dissimilarity()).isCloseTo(fit.dissimilarity()[at], within(1e-5));
      assertThat(passage.responsibility()).isCloseTo(scores.responsibility()[at], within(1e-5));
    }
  }

  @Test
  void twoHalvesMakeTheWhole() {
    Trajectories trajectories = new Flows().wander(30, 5, 8).made();
    VectorFields fit = Flows.fit(trajectories, COARSE);
    double[] time = new double[30];
    double[] error = new double[30];
    // the cut is a zigzag with a corner on the way of many
    double[] lower = {-1, -1, 2, -1, 2, .5, .7, .3, .4, .6, -1, .5};
    double[] upper = {-1, 2, -1, .5, .4, .6, .7, .3, 2, .5, 2, 2};
    for (double[] half : List.of(lower, upper)) {
      for (Passage passage : FieldRegion.through(trajectories, fit, half)) {
        time[passage.trajectory()] += passage.duration();
        error[passage.trajectory()] += passage.dissimilarity() * passage.duration();
      }
    }
    for (int at = 0; at < 30; at++) {
      assertThat(time[at]).isCloseTo(trajectories.duration(at), within(1e-9));
      assertThat(error[at])
          .isCloseTo(fit.squaredError(at) * trajectories.duration(at), within(1e-9));
    }
  }

  @Test
  void stepByStepGivesTheSameTimeInAnyPolygon() {
    RandomGenerator random = Rng.of(2, "polygon");
    Trajectories trajectories = new Flows().wander(20, 4, 12).made();
    VectorFields fit = Flows.fit(trajectories, COARSE);
    for (int repeat = 0; repeat < 5; repeat++) {
      double[] star = new double[2 * 23];
      Path2D path = new Path2D.Double();
      for (int corner = 0; corner < 23; corner++) {
        double radius = .15 + .35 * random.nextDouble();
        star[2 * corner] = .5 + radius * Math.cos(corner * Math.TAU / 23);
        star[2 * corner + 1] = .5 + radius * Math.sin(corner * Math.TAU / 23);
        if (corner == 0) {
          path.moveTo(star[0], star[1]);
        } else {
          path.lineTo(star[2 * corner], star[2 * corner + 1]);
        }
      }
      path.closePath();
      double[] expected = new double[20];
      for (int at = 0; at < 20; at++) {
        expected[at] = timeInside(trajectories, at, path);
      }
      double[] got = new double[20];
      for (Passage passage : FieldRegion.through(trajectories, fit, star)) {
        got[passage.trajectory()] = passage.duration();
      }
      assertThat(got).containsExactly(expected, within(2e-3));
    }
  }

  private static double timeInside(Trajectories trajectories, int trajectory, Path2D path) {
    int steps = 4000;
    double time = 0;
    for (int p = trajectories.first(trajectory); p < trajectories.last(trajectory); p++) {
      for (int step = 0; step < steps; step++) {
        double share = (step + .5) / steps;
        double x = trajectories.x(p) + share * (trajectories.x(p + 1) - trajectories.x(p));
        double y = trajectories.y(p) + share * (trajectories.y(p + 1) - trajectories.y(p));
        if (path.contains(x, y)) {
          time += (trajectories.time(p + 1) - trajectories.time(p)) / steps;
        }
      }
    }
    return time;
  }

  @Test
  void waysAlongAnEdgeThroughCornersAndBesideAreSound() {
    Trajectories trajectories =
        new Flows()
            .track(0, 0, 0, 2, 2, 2) // corner to corner of the square, and on
            .track(1, -1, 0, 1, 3, 4) // along its right edge
            .track(-1, 1, 0, 1, -1, 1) // through its lower left corner only
            .made();
    List<Passage> passages = through(trajectories, 0, 0, 1, 0, 1, 1, 0, 1);

    assertThat(passages.getFirst().trajectory()).isZero();
    assertThat(passages.getFirst().duration()).isCloseTo(1, within(1e-12));
    for (Passage passage : passages) {
      assertThat(passage.duration()).isFinite().isGreaterThan(0);
      assertThat(passage.dissimilarity()).isFinite().isGreaterThanOrEqualTo(0);
      assertThat(passage.trajectory()).isNotEqualTo(2);
    }
  }

  @Test
  void polygonsThatAreNoneAreRefused() {
    assertThatThrownBy(() -> through(Flows.example(), 0, 0, 1, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a polygon needs x and y of at least 3 corners, got 4 numbers");
    assertThatThrownBy(() -> through(Flows.example(), 0, 0, 1, 1, 2, Double.NaN))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a polygon's corners must be finite and at most 1e15, got NaN at corner 2");
    VectorFields other = Flows.fit(new Flows().wander(3, 3, 1).made(), COARSE);
    assertThatThrownBy(() -> FieldRegion.through(Flows.example(), other, new double[6]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the fields were fitted to 3 trajectories, got 4");
  }
}
