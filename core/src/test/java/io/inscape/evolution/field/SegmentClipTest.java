package io.inscape.evolution.field;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.inscape.matrix.Rng;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

final class SegmentClipTest {
  private static final int SIDE = 4;
  private static final TriangleGrid GRID = new TriangleGrid(new Box(0, 0, 3, 3), SIDE);

  private static SegmentClip clip(double... ends) {
    SegmentClip clip = new SegmentClip(GRID);
    clip.clip(new Flows().track(ends[0], ends[1], 0, ends[2], ends[3], 1).made(), 0);
    return clip;
  }

  @Test
  void aSegmentThroughAVertexIsCutOnceThere() {
    SegmentClip clip = clip(.5, .25, 2.5, 1.25); // x = 1 at 1/4; x = 2, y = 1 and x - y = 1 at 3/4

    assertThat(clip.pieces()).isEqualTo(3);
    assertThat(new double[] {clip.end(0), clip.end(1), clip.end(2)})
        .containsExactly(new double[] {.25, .75, 1}, within(1e-15));
    assertThat(new int[] {clip.triangle(0), clip.triangle(1), clip.triangle(2)})
        .containsExactly(0, 3, 2 * (SIDE + 2));
  }

  @Test
  void fallingSegmentsAreCutAtAllLinesToo() {
    SegmentClip clip = clip(.25, 1.5, 1.25, .5); // x - y = -1 at 1/8, y = 1 at 1/2, 0 at 5/8, x = 1

    assertThat(clip.pieces()).isEqualTo(5);
    assertThat(new double[] {clip.end(0), clip.end(1), clip.end(2), clip.end(3), clip.end(4)})
        .containsExactly(new double[] {.125, .5, .625, .75, 1}, within(1e-15));
    assertThat(
            new int[] {
              clip.triangle(0),
              clip.triangle(1),
              clip.triangle(2),
              clip.triangle(3),
              clip.triangle(4)
            })
        .containsExactly(2 * SIDE + 1, 2 * SIDE, 1, 0, 3);
  }

  @Test
  void aPointThatRestsIsOnePiece() {
    for (double[] place : new double[][] {{1.3, .2}, {1, 2}, {3, 3}, {0, 0}}) {
      SegmentClip clip = clip(place[0], place[1], place[0], place[1]);
      assertThat(clip.pieces()).isEqualTo(1);
      assertThat(clip.end(0)).isEqualTo(1);
      assertInside(clip);
    }
  }

  @Test
  void everyPieceLiesInItsTriangle() {
    RandomGenerator random = Rng.of(5, "segments");
    for (int repeat = 0; repeat < 3000; repeat++) {
      double[] ends = new double[4];
      for (int at = 0; at < 4; at++) { // every other coordinate on a line of the grid
        ends[at] = random.nextBoolean() ? random.nextInt(SIDE) : random.nextDouble() * 3;
      }
      if (random.nextInt(4) == 0) { // along a diagonal, or an axis
        ends[2] = ends[0] + Math.min(3 - ends[0], 3 - ends[1]) * .9;
        ends[3] = ends[1] + (ends[2] - ends[0]);
      }
      assertInside(clip(ends));
    }
  }

  private static void assertInside(SegmentClip clip) {
    double from = 0;
    for (int piece = 0; piece < clip.pieces(); piece++) {
      double to = clip.end(piece);
      assertThat(to).isGreaterThan(from).isLessThanOrEqualTo(1);
      int cell = clip.triangle(piece) / 2;
      boolean upper = clip.triangle(piece) % 2 == 1;
      for (double share : new double[] {from, (from + to) / 2, to}) {
        double right = clip.col(share) - cell % SIDE;
        double up = clip.row(share) - cell / SIDE;
        double greater = upper ? up : right;
        double smaller = upper ? right : up;
        assertThat(smaller).isBetween(-1e-12, greater + 1e-12);
        assertThat(greater).isLessThan(1 + 1e-12);
      }
      from = to;
    }
    assertThat(from).isEqualTo(1);
  }
}
