package io.inscape.figure;

import java.util.ArrayList;
import java.util.List;

/// Draws trails on a dark ground, early pieces below late ones.
///
/// Time is cut into a few bins of one lightness each; in each bin the trails of a class are one
/// path. They are drawn in sheets of a few trails of every class, so that no class lies above all
/// others.
final class TrailDrawing {
  /// More trails than these are a solid ground.
  static final int MOST_TRAILS = 4_000;

  private static final int BINS = 18;
  private static final int SHEETS = 4;
  private static final double TOLERANCE = 0.2; // pixels that a line may leave out

  private final TrailPanel panel;
  private final Frame frame;
  private final int shown;

  private TrailDrawing(TrailPanel panel, Frame frame) {
    this.panel = panel;
    this.frame = frame;
    this.shown = Math.min(panel.labels().length, MOST_TRAILS);
  }

  static void draw(Svg svg, TrailPanel panel, Frame frame) {
    svg.rectangle(
        frame.left(), frame.top(), frame.side(), frame.side(), "fill=\"" + Ramp.GROUND + '"');
    new TrailDrawing(panel, frame).lines(svg);
  }

  private void lines(Svg svg) {
    double width = Math.clamp(0.8 * Math.sqrt(2000.0 / shown), 0.5, 1.6);
    svg.add("<g fill=\"none\" stroke-linecap=\"round\" stroke-linejoin=\"round\"");
    svg.add(" stroke-opacity=\".6\" stroke-width=\"" + Svg.number(10 * width) + "\" ");
    svg.add(PathData.SCALE + ">\n");
    for (int bin = 0; bin < BINS; bin++) {
      for (int sheet = 0; sheet < SHEETS; sheet++) {
        sheet(svg, bin, sheet);
      }
    }
    svg.add("</g>\n");
  }

  private void sheet(Svg svg, int bin, int sheet) {
    List<PathData> paths = new ArrayList<>();
    int classes = Sparse.classes(panel.labels());
    for (int label = 0; label < classes; label++) {
      paths.add(new PathData());
    }
    for (int i = sheet; i < shown; i += SHEETS) {
      int trail = Sparse.pick(i, shown, panel.labels().length);
      piece(paths.get(panel.labels()[trail]), trail, bin);
    }
    for (int turn = 0; turn < classes; turn++) {
      int label = (turn + sheet * classes / SHEETS) % classes;
      if (!paths.get(label).isEmpty()) {
        svg.add("<path stroke=\"" + Ramp.trail(label, (bin + 0.5) / BINS) + "\" d=\"");
        svg.add(paths.get(label) + "\"/>\n");
      }
    }
  }

  /// The part of a trail that lies in a bin of time, without the samples that make no difference.
  private void piece(PathData path, int trail, int bin) {
    double last = panel.count() - 1.0;
    double from = last * bin / BINS;
    double to = last * (bin + 1) / BINS;
    List<double[]> points = new ArrayList<>();
    points.add(pixel(trail, from));
    for (int sample = (int) from + 1; sample < to; sample++) {
      points.add(pixel(trail, sample));
    }
    points.add(pixel(trail, to));
    path.move(points.getFirst()[0], points.getFirst()[1]);
    thin(points, 0, points.size() - 1, path);
  }

  private double[] pixel(int trail, double time) {
    return new double[] {frame.x(panel.at(trail, time, 0)), frame.y(panel.at(trail, time, 1))};
  }

  /// Douglas and Peucker's: a stretch is one line where none of its points is farther from it than
  /// the tolerance.
  private static void thin(List<double[]> points, int from, int to, PathData path) {
    int farthest = -1;
    double most = TOLERANCE;
    for (int i = from + 1; i < to; i++) {
      double distance = distance(points.get(i), points.get(from), points.get(to));
      if (distance > most) {
        most = distance;
        farthest = i;
      }
    }
    if (farthest < 0) {
      path.line(points.get(to)[0], points.get(to)[1]);
    } else {
      thin(points, from, farthest, path);
      thin(points, farthest, to, path);
    }
  }

  /// How far a point is from a line between two others.
  private static double distance(double[] point, double[] begin, double[] end) {
    double dx = end[0] - begin[0];
    double dy = end[1] - begin[1];
    double length = dx * dx + dy * dy;
    double share =
        length == 0
            ? 0
            : Math.clamp(
                ((point[0] - begin[0]) * dx + (point[1] - begin[1]) * dy) / length, 0.0, 1.0);
    return Math.hypot(point[0] - begin[0] - share * dx, point[1] - begin[1] - share * dy);
  }
}
