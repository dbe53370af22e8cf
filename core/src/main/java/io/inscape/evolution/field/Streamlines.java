package io.inscape.evolution.field;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/// Evenly spaced lines that follow a field, after [Jobard1997].
///
/// The first line starts where most of the motion is; others start at the separation beside those
/// there are, and, where that reaches no more, in cells still empty, those with most motion first.
/// A line is followed both ways in steps of constant length (fourth order Runge-Kutta on the
/// direction) until it leaves the box, comes to a blank cell, nears a standstill, turns back on
/// itself within one step, or comes nearer than half the separation to another line or an earlier
/// part of itself.
///
/// A cell is blank if a corner of it has no coverage: no trajectory of the field passes any of the
/// cells around that corner. So a cell that none passes is drawn only where passed ones enclose it.
///
/// Deterministic, on the calling thread; some milliseconds for 50 x 50 vertices.
public final class Streamlines {
  private static final double NEAREST = .5; // of the separation, at which a line ends
  private static final double STEP = .25; // of the separation
  private static final double CELL_STEP = .5; // of the shorter side of a cell, where that is less
  private static final double STANDSTILL = 1e-4; // of the greatest speed
  private static final double NO_MOTION = 1e-9; // of the trajectories' speed
  private static final double LEAST_AHEAD = .5; // of a step, in the direction that it begins with
  private static final int NO_LINE = -1;

  private final TriangleGrid grid;
  private final double[] values; // [vertex * 2 + dim]
  private final boolean[] drawn; // [cell, by its lower left vertex]
  private final double scale; // the box's longer side
  private final double separation;
  private final double step;
  private final double slowest;
  private final PlacedPoints placed;
  private final double[] velocity = new double[2];
  private final double[] direction = new double[2];
  private double moveX; // what the last call of move found
  private double moveY;
  private int[] lineStarts = new int[64]; // first point of each line
  private int lines;

  private Streamlines(VectorFields fields, int field, StreamlineParams params) {
    this.grid = fields.triangles();
    this.values = fields.values(field);
    this.drawn = drawn(fields.coverage(field));
    this.scale = Math.max(grid.box().width(), grid.box().height());
    this.separation = params.separation();
    double cell = Math.min(grid.cellWidth(), grid.cellHeight()) / scale;
    this.step = Math.min(STEP * separation, CELL_STEP * cell);
    this.slowest =
        Math.max(
            STANDSTILL * fastest(fields.coverage(field)),
            NO_MOTION * Math.sqrt(fields.squaredSpeed()));
    this.placed =
        new PlacedPoints(grid.box().width() / scale, grid.box().height() / scale, separation);
    draw(params.shortest(), fields.coverage(field));
  }

  /// Lines of one field.
  ///
  /// @param fields the fit
  /// @param field in [0, fields)
  /// @param params how far apart and how long at least
  /// @return the lines; none for a field that is 0 or has no data
  /// @throws IndexOutOfBoundsException if there is no such field
  public static Streamlines of(VectorFields fields, int field, StreamlineParams params) {
    return new Streamlines(fields, field, params);
  }

  /// {@return the number of lines}
  public int lines() {
    return lines;
  }

  /// {@return the points of all lines, one line behind the other, each in the direction of the
  /// field: `[point][4]` = line, x, y, speed, in units of the plane and per unit of time}
  public float[] points() {
    float[] points = new float[placed.count() * 4];
    int at = 0;
    for (int line = 0; line < lines; line++) {
      int end = line + 1 < lines ? lineStarts[line + 1] : placed.count();
      int middle = lineStarts[line] + 1; // the seed, then those forward, then those backward
      while (middle < end && placed.place(middle) > 0) {
        middle++;
      }
      for (int point = end - 1; point >= middle; point--) {
        at = put(line, point, points, at);
      }
      for (int point = lineStarts[line]; point < middle; point++) {
        at = put(line, point, points, at);
      }
    }
    return points;
  }

  private int put(int line, int point, float[] points, int at) {
    points[at] = line;
    points[at + 1] = (float) (grid.box().left() + placed.x(point) * scale);
    points[at + 2] = (float) (grid.box().bottom() + placed.y(point) * scale);
    points[at + 3] = (float) speed(placed.x(point), placed.y(point));
    return at + 4;
  }

  private boolean[] drawn(double[] coverage) {
    int side = grid.side();
    boolean[] cells = new boolean[coverage.length];
    for (int row = 0; row + 1 < side; row++) {
      for (int col = 0; col + 1 < side; col++) {
        int at = row * side + col;
        cells[at] =
            coverage[at] > 0
                && coverage[at + 1] > 0
                && coverage[at + side] > 0
                && coverage[at + side + 1] > 0;
      }
    }
    return cells;
  }

  private double fastest(double[] coverage) {
    double fastest = 0;
    for (int vertex = 0; vertex < coverage.length; vertex++) {
      if (coverage[vertex] > 0) {
        fastest = Math.max(fastest, Math.hypot(values[vertex * 2], values[vertex * 2 + 1]));
      }
    }
    return fastest;
  }

  private void draw(double shortest, double[] coverage) {
    ArrayDeque<Integer> open = new ArrayDeque<>();
    for (int cell : cellsByMotion(coverage)) {
      follow(middleX(cell), middleY(cell), shortest, open);
      while (!open.isEmpty()) {
        seedBeside(open.remove(), shortest, open);
      }
    }
  }

  /// Cells that are drawn, those with most motion first.
  private int[] cellsByMotion(double[] coverage) {
    int side = grid.side();
    double[] motion = new double[drawn.length];
    for (int cell = 0; cell < drawn.length; cell++) {
      if (drawn[cell]) {
        double time =
            coverage[cell] + coverage[cell + 1] + coverage[cell + side] + coverage[cell + side + 1];
        motion[cell] = time * speed(middleX(cell), middleY(cell));
      }
    }
    return IntStream.range(0, drawn.length)
        .filter(cell -> drawn[cell])
        .boxed()
        .sorted(
            Comparator.comparingDouble((Integer cell) -> -motion[cell])
                .thenComparingInt(cell -> cell))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  private double middleX(int cell) {
    int col = cell % grid.side();
    return (col + .5) * grid.cellWidth() / scale;
  }

  private double middleY(int cell) {
    int row = cell / grid.side();
    return (row + .5) * grid.cellHeight() / scale;
  }

  private void seedBeside(int line, double shortest, ArrayDeque<Integer> open) {
    int end = line + 1 < lines ? lineStarts[line + 1] : placed.count();
    for (int point = lineStarts[line]; point < end; point++) {
      double x = placed.x(point);
      double y = placed.y(point);
      if (direction(x, y)) {
        double acrossX = -direction[1] * separation;
        double acrossY = direction[0] * separation;
        follow(x + acrossX, y + acrossY, shortest, open);
        follow(x - acrossX, y - acrossY, shortest, open);
      }
    }
  }

  /// Follows a line from a seed both ways, and keeps it if it is long enough.
  private void follow(double x, double y, double shortest, ArrayDeque<Integer> open) {
    double free = separation * (1 - 1e-9); // what was put there at just this distance is not nearer
    if (!isDrawn(x, y) || placed.near(x, y, free, NO_LINE, 0, 0)) {
      return;
    }
    int start = placed.count();
    placed.add(x, y, lines, 0);
    follow(x, y, 1);
    follow(x, y, -1);
    if ((placed.count() - start - 1) * step < shortest * separation
        || placed.count() == start + 1) {
      placed.shorten(start);
      return;
    }
    if (lines == lineStarts.length) {
      lineStarts = Arrays.copyOf(lineStarts, 2 * lines);
    }
    lineStarts[lines] = start;
    open.add(lines++);
  }

  private void follow(double seedX, double seedY, int sense) {
    double x = seedX;
    double y = seedY;
    int apart = (int) Math.ceil(separation / step);
    double lastX = 0;
    double lastY = 0;
    for (int place = sense; move(x, y, sense * step); place += sense) {
      x += moveX;
      y += moveY;
      if (moveX * lastX + moveY * lastY < 0
          || !isDrawn(x, y)
          || placed.near(x, y, NEAREST * separation, lines, place, apart)) {
        return;
      }
      placed.add(x, y, lines, place);
      lastX = moveX;
      lastY = moveY;
    }
  }

  /// Finds the next move along the direction, fourth order; false at a standstill, or where the
  /// direction turns by more than 60 degrees within the step.
  private boolean move(double x, double y, double length) {
    if (!direction(x, y)) {
      return false;
    }
    double firstX = direction[0];
    double firstY = direction[1];
    double sumX = firstX;
    double sumY = firstY;
    for (int stage = 1; stage < 4; stage++) {
      double reach = stage < 3 ? length / 2 : length;
      double weight = stage < 3 ? 2 : 1;
      if (!direction(x + reach * direction[0], y + reach * direction[1])) {
        return false;
      }
      sumX += weight * direction[0];
      sumY += weight * direction[1];
    }
    moveX = length * sumX / 6;
    moveY = length * sumY / 6;
    return (sumX * firstX + sumY * firstY) / 6 >= LEAST_AHEAD;
  }

  /// Whether a place is in the box and in a cell that is not blank.
  private boolean isDrawn(double x, double y) {
    double width = grid.box().width() / scale;
    double height = grid.box().height() / scale;
    return x >= 0 && y >= 0 && x <= width && y <= height && drawn[grid.cell(col(x), row(y))];
  }

  private double col(double x) {
    return grid.col(grid.box().left() + x * scale);
  }

  private double row(double y) {
    return grid.row(grid.box().bottom() + y * scale);
  }

  private double speed(double x, double y) {
    double col = col(x);
    double row = row(y);
    grid.value(values, grid.triangle(col, row), col, row, velocity);
    return Math.sqrt(velocity[0] * velocity[0] + velocity[1] * velocity[1]);
  }

  /// Finds the direction at a place; false where the field stands still.
  private boolean direction(double x, double y) {
    double speed = speed(x, y);
    if (!(speed > slowest)) {
      return false;
    }
    direction[0] = velocity[0] / speed;
    direction[1] = velocity[1] / speed;
    return true;
  }
}
