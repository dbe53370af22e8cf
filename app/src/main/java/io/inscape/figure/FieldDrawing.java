package io.inscape.figure;

import java.util.ArrayList;
import java.util.List;

/// Draws the lines of a field: colour and opacity are the speed, an arrow in a line's middle is the
/// direction. The pieces of one colour are one path.
final class FieldDrawing {
  private static final int BINS = 10;
  private static final double ARROW = 4.2; // pixels

  private final Frame frame;
  private final double fastest;
  private final List<PathData> lines = new ArrayList<>();
  private final List<PathData> arrows = new ArrayList<>();

  private FieldDrawing(Frame frame, double fastest) {
    this.frame = frame;
    this.fastest = fastest;
    for (int bin = 0; bin < BINS; bin++) {
      lines.add(new PathData());
      arrows.add(new PathData());
    }
  }

  /// Draws.
  ///
  /// @param fastest the speed that has the last colour, that of all fields of a figure
  static void draw(Svg svg, FieldPanel panel, Frame frame, double fastest) {
    svg.rectangle(
        frame.left(),
        frame.top(),
        frame.side(),
        frame.side(),
        "fill=\"#ffffff\" stroke=\"#dddddd\"");
    FieldDrawing drawing = new FieldDrawing(frame, fastest);
    float[] points = panel.points();
    int from = 0;
    for (int to = 4; to <= points.length; to += 4) {
      if (to == points.length || points[to] != points[from]) {
        drawing.line(points, from, to);
        from = to;
      }
    }
    drawing.paint(svg);
    panel.marks().forEach(mark -> drawing.mark(svg, mark));
  }

  /// A name with a halo, so that it can be read above the lines.
  private void mark(Svg svg, FieldPanel.Mark mark) {
    String x = Svg.number(frame.x(mark.x()));
    String y = Svg.number(frame.y(mark.y()));
    svg.add("<circle cx=\"" + x + "\" cy=\"" + y + "\" r=\"5\" stroke=\"#ffffff\" fill=\"");
    svg.add(Palette.of(mark.label()) + "\"/>\n<text x=\"" + x + "\" y=\"" + y);
    svg.add("\" dx=\"8\" dy=\"5\" font-size=\"14\" font-weight=\"600\" fill=\"" + Svg.INK);
    svg.add("\" stroke=\"#ffffff\" stroke-width=\"3\" paint-order=\"stroke\">");
    svg.add(Svg.escape(mark.name()) + "</text>\n");
  }

  /// One line, `from` and `to` in numbers.
  private void line(float[] points, int from, int to) {
    int current = -1;
    for (int i = from; i + 4 < to; i += 4) {
      int bin = bin((points[i + 3] + points[i + 7]) / 2);
      if (bin != current) {
        lines.get(bin).move(frame.x(points[i + 1]), frame.y(points[i + 2]));
        current = bin;
      }
      lines.get(bin).line(frame.x(points[i + 5]), frame.y(points[i + 6]));
    }
    int count = (to - from) / 4;
    if (count > 3) {
      int middle = from + count / 2 * 4;
      arrow(points, middle);
    }
  }

  private void arrow(float[] points, int at) {
    double x = frame.x(points[at + 1]);
    double y = frame.y(points[at + 2]);
    double dx = x - frame.x(points[at - 3]);
    double dy = y - frame.y(points[at - 2]);
    double length = Math.hypot(dx, dy);
    if (length > 0) {
      double ux = ARROW * dx / length;
      double uy = ARROW * dy / length;
      PathData path = arrows.get(bin(points[at + 3]));
      path.move(x - ux - 0.6 * uy, y - uy + 0.6 * ux);
      path.line(x, y);
      path.line(x - ux + 0.6 * uy, y - uy - 0.6 * ux);
    }
  }

  private int bin(double speed) {
    return fastest > 0 ? Math.min(BINS - 1, (int) (BINS * speed / fastest)) : 0;
  }

  private void paint(Svg svg) {
    svg.add("<g fill=\"none\" stroke-width=\"11\" stroke-linecap=\"round\"");
    svg.add(" stroke-linejoin=\"round\" " + PathData.SCALE + ">\n");
    for (int bin = 0; bin < BINS; bin++) {
      double share = (bin + 0.5) / BINS;
      for (PathData path : List.of(lines.get(bin), arrows.get(bin))) {
        if (!path.isEmpty()) {
          svg.add("<path stroke=\"" + Ramp.speed(share) + "\" stroke-opacity=\"");
          svg.add(Svg.number(Ramp.opacity(share)) + "\" d=\"" + path + "\"/>\n");
        }
      }
    }
    svg.add("</g>\n");
  }
}
