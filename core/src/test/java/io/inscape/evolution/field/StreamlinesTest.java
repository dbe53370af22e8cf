package io.inscape.evolution.field;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class StreamlinesTest {
  private static final Box SQUARE = new Box(-1, -1, 1, 1);
  private static final StreamlineParams WIDE = new StreamlineParams(.05, 3);

  private static VectorFields field(Flows.Velocity velocity) {
    return Flows.fit(
        new Flows().follow(velocity, SQUARE, 3000, 3, .03, 1).made(), FieldParams.defaults());
  }

  private static List<List<float[]>> lines(Streamlines streamlines) {
    float[] points = streamlines.points();
    List<List<float[]>> lines = new ArrayList<>();
    for (int at = 0; at < points.length; at += 4) {
      if (points[at] == lines.size()) {
        lines.add(new ArrayList<>());
      }
      assertThat(points[at]).isEqualTo(lines.size() - 1);
      lines.getLast().add(new float[] {points[at + 1], points[at + 2], points[at + 3]});
    }
    assertThat(lines).hasSize(streamlines.lines());
    return lines;
  }

  private static double distance(float[] a, float[] b) {
    return Math.hypot(a[0] - b[0], a[1] - b[1]);
  }

  @Test
  void linesOfAConstantFieldAreParallelAndEvenlySpaced() {
    VectorFields fit = field((_, _) -> new double[] {2, 1});
    double side = Math.max(fit.box().width(), fit.box().height());
    List<List<float[]>> lines = lines(Streamlines.of(fit, 0, WIDE));

    assertThat(lines).hasSizeBetween(15, 40);
    List<Double> offsets = new ArrayList<>();
    for (List<float[]> line : lines) {
      float[] first = line.getFirst();
      for (float[] point : line) {
        assertThat(point[1] - first[1]).isCloseTo((point[0] - first[0]) / 2, within(.01f));
        assertThat(point[2]).isCloseTo((float) Math.sqrt(5), within(.01f));
      }
      offsets.add((first[1] - first[0] / 2) / Math.sqrt(1.25) / side);
    }
    offsets.sort(null);
    for (int at = 1; at < offsets.size(); at++) {
      assertThat(offsets.get(at) - offsets.get(at - 1)).isCloseTo(.05, within(.003));
    }
  }

  @Test
  void noLineComesNearAnotherAndNoneCouldBeAdded() {
    for (Flows.Velocity velocity :
        List.<Flows.Velocity>of(
            (x, y) -> new double[] {-y, x},
            (x, y) -> new double[] {x - .2, y},
            (x, y) -> new double[] {Math.sin(3 * y) + .1, Math.cos(2 * x)})) {
      VectorFields fit = field(velocity);
      double separation = .05 * Math.max(fit.box().width(), fit.box().height());
      List<List<float[]>> lines = lines(Streamlines.of(fit, 0, WIDE));
      double nearest = Double.POSITIVE_INFINITY;
      for (int a = 0; a < lines.size(); a++) {
        for (int b = 0; b < a; b++) {
          for (float[] point : lines.get(a)) {
            for (float[] other : lines.get(b)) {
              nearest = Math.min(nearest, distance(point, other));
            }
          }
        }
      }
      assertThat(nearest).isGreaterThan(.499 * separation);
      int open = 0;
      int all = 0;
      for (double x = -.8; x < .8; x += .04) {
        for (double y = -.8; y < .8; y += .04) {
          float[] place = {(float) x, (float) y};
          boolean near =
              lines.stream()
                  .flatMap(List::stream)
                  .anyMatch(point -> distance(point, place) < 1.3 * separation);
          open += near ? 0 : 1;
          all++;
        }
      }
      assertThat((double) open / all).isLessThan(.02);
    }
  }

  @Test
  void linesOfARotatingFieldKeepTheirRadiusAndEndBeforeTheyMeetThemselves() {
    VectorFields fit = field((x, y) -> new double[] {-y, x});
    for (List<float[]> line : lines(Streamlines.of(fit, 0, WIDE))) {
      double radius = Math.hypot(line.getFirst()[0], line.getFirst()[1]);
      double length = 0;
      for (int at = 1; at < line.size(); at++) {
        length += distance(line.get(at - 1), line.get(at));
        double turned =
            line.get(at - 1)[0] * line.get(at)[1] - line.get(at - 1)[1] * line.get(at)[0];
        assertThat(turned).isPositive();
      }
      if (radius > .15 && radius < .8) {
        for (float[] point : line) {
          assertThat(Math.hypot(point[0], point[1])).isCloseTo(radius, within(.02));
          assertThat((double) point[2]).isCloseTo(radius, within(.05 * radius));
        }
        assertThat(length).isLessThan(2 * Math.PI * radius);
      }
    }
  }

  @Test
  void noLineIsDrawnInBlankCellsOutsideTheBoxOrTooShort() {
    Flows flows = new Flows().follow((_, _) -> new double[] {1, .3}, SQUARE, 2000, 2, .02, 3);
    flows.track(2.9, -1, 0, 3, -1, 1); // far away to the right
    VectorFields fit = Flows.fit(flows.made(), FieldParams.defaults());
    Streamlines streamlines = Streamlines.of(fit, 0, new StreamlineParams(.02, 4));
    double side = fit.box().width();
    float[] coverage = fit.coverage();

    assertThat(streamlines.lines()).isGreaterThan(10);
    for (List<float[]> line : lines(streamlines)) {
      double length = 0;
      for (int at = 0; at < line.size(); at++) {
        float[] point = line.get(at);
        assertThat(point[0]).isLessThan(1.1f);
        int cell =
            fit.triangles().cell(fit.triangles().col(point[0]), fit.triangles().row(point[1]));
        for (int corner : new int[] {cell, cell + 1, cell + fit.grid(), cell + fit.grid() + 1}) {
          assertThat(coverage[corner]).isPositive();
        }
        length += at == 0 ? 0 : distance(point, line.get(at - 1));
      }
      assertThat(length).isGreaterThan(4 * .02 * side * .999);
    }
  }

  @Test
  void theSameFieldGivesTheSameLines() {
    VectorFields fit = Flows.fit(new Flows().wander(300, 4, 2).made(), FieldParams.defaults());

    assertThat(Streamlines.of(fit, 0, WIDE).points())
        .isNotEmpty()
        .isEqualTo(Streamlines.of(fit, 0, WIDE).points());
    assertThat(Streamlines.of(fit, 0, WIDE.withSeparation(.02)).lines())
        .isGreaterThan(Streamlines.of(fit, 0, WIDE).lines());
  }
}
