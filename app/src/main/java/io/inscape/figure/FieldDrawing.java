package io.inscape.figure;

import java.util.ArrayList;
import java.util.List;

/// Draws the lines of a field: colour and opacity are the speed, an arrow in a line's middle is the
/// direction. The pieces of one colour are one path.
final class FieldDrawing {
  private static final int BINS = 10;
  private static final double ARROW = 4.2; // pixels

  /// Of the names, in pixels.
  private static final double CHARACTER = 8.4;

  private static final double LINE = 16;
  private static final double DOT = 5;
  private static final double GAP = 3;
  private static final int RINGS = 8;

  /// Right, left, below, above, and the corners.
  private static final int[][] SIDES = {
    {1, 0}, {-1, 0}, {0, 1}, {0, -1}, {1, 1}, {1, -1}, {-1, 1}, {-1, -1}
  };

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
    drawing.marks(svg, panel.marks());
  }

  /// Names with a halo, so that they can be read above the lines, each where it covers neither
  /// another name nor another place.
  private void marks(Svg svg, List<FieldPanel.Mark> marks) {
    List<Box> taken = new ArrayList<>();
    for (FieldPanel.Mark mark : marks) {
      taken.add(Box.around(frame.x(mark.x()), frame.y(mark.y()), DOT));
    }
    for (FieldPanel.Mark mark : marks) {
      Box box = free(mark, taken);
      taken.add(box);
      mark(svg, mark, box);
    }
  }

  /// The nearest free room for a name: beside its place, and further away turn by turn.
  private Box free(FieldPanel.Mark mark, List<Box> taken) {
    double x = frame.x(mark.x());
    double y = frame.y(mark.y());
    double width = mark.name().length() * CHARACTER;
    for (int ring = 0; ring < RINGS; ring++) {
      for (int[] side : SIDES) {
        double away = DOT + GAP + ring * LINE;
        double left = x - width / 2 + side[0] * (width / 2 + away);
        double top = y - LINE / 2 + side[1] * (LINE / 2 + away);
        Box box = new Box(left, top, left + width, top + LINE);
        if (box.within(frame) && taken.stream().noneMatch(box::overlaps)) {
          return box;
        }
      }
    }
    double left = x + DOT + GAP; // so crowded that something is covered anyway
    return new Box(left, y - LINE / 2, left + width, y + LINE / 2);
  }

  private void mark(Svg svg, FieldPanel.Mark mark, Box box) {
    double x = frame.x(mark.x());
    double y = frame.y(mark.y());
    double nearX = Math.clamp(x, box.left, box.right);
    double nearY = Math.clamp(y, box.top, box.bottom);
    if (Math.hypot(nearX - x, nearY - y) > DOT + 2 * GAP) {
      svg.add("<line x1=\"" + Svg.number(x) + "\" y1=\"" + Svg.number(y));
      svg.add("\" x2=\"" + Svg.number(nearX) + "\" y2=\"" + Svg.number(nearY));
      svg.add("\" stroke=\"" + Svg.INK + "\"/>\n");
    }
    svg.add("<circle cx=\"" + Svg.number(x) + "\" cy=\"" + Svg.number(y));
    svg.add("\" r=\"5\" stroke=\"#ffffff\" fill=\"" + Palette.of(mark.label()) + "\"/>\n");
    svg.add("<text x=\"" + Svg.number((box.left + box.right) / 2) + "\" y=\"");
    svg.add(Svg.number(box.bottom - LINE / 4) + "\" text-anchor=\"middle\" font-size=\"14\"");
    svg.add(" font-weight=\"600\" fill=\"" + Svg.INK + "\" stroke=\"#ffffff\"");
    svg.add(" stroke-width=\"3\" paint-order=\"stroke\">" + Svg.escape(mark.name()) + "</text>\n");
  }

  /// A rectangle in pixels, y downwards.
  private record Box(double left, double top, double right, double bottom) {
    static Box around(double x, double y, double radius) {
      return new Box(x - radius, y - radius, x + radius, y + radius);
    }

    boolean overlaps(Box other) {
      return left < other.right && other.left < right && top < other.bottom && other.top < bottom;
    }

    boolean within(Frame frame) {
      return left >= frame.left()
          && right <= frame.left() + frame.side()
          && top >= frame.top()
          && bottom <= frame.top() + frame.side();
    }
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
