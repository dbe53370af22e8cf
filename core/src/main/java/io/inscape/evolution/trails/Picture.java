package io.inscape.evolution.trails;

import java.util.Arrays;

/// A picture of trails as lines one pixel wide: which pixels are covered, and the class that is
/// read at each, the one with the most ink there (of equals the lowest).
final class Picture {
  private static final int BLANK = -1;

  private final int width;
  private final Frame frame;
  private final int[] group; // [row * width + col], BLANK where no trail runs
  private final int[] most; // ink of that group
  private final int[] ink; // of the group that is being drawn
  private int[] touched = new int[1024]; // pixels with ink of that group
  private int touchedCount;
  private int covered;

  /// Draws trails.
  ///
  /// @param values `[trail][sample][dim]`, two dimensions, all within the frame
  /// @param samples samples of a trail
  /// @param groups which trails are of one class
  /// @param frame where the picture lies
  Picture(float[] values, int samples, Groups groups, Frame frame) {
    width = frame.width();
    this.frame = frame;
    group = new int[width * frame.height()];
    most = new int[group.length];
    ink = new int[group.length];
    Arrays.fill(group, BLANK);
    for (int number = 0; number < groups.count(); number++) {
      for (int place = groups.from(number); place < groups.to(number); place++) {
        draw(values, groups.trail(place) * samples, samples);
      }
      close(number);
    }
  }

  /// {@return covered pixels}
  int covered() {
    return covered;
  }

  /// The class read at a place, as its number among the groups.
  ///
  /// @param x the place
  /// @param y the place
  /// @return -1 where no trail runs
  int groupAt(float x, float y) {
    return group[pixel(frame.pixelX(x), frame.pixelY(y))];
  }

  private int pixel(double col, double row) {
    return ((int) row) * width + (int) col;
  }

  /// Steps of less than a pixel along both axes, so that rounding leaves no hole; a trail inks a
  /// pixel once per visit.
  private void draw(float[] values, int first, int samples) {
    double x = frame.pixelX(values[2 * first]);
    double y = frame.pixelY(values[2 * first + 1]);
    int last = pixel(x, y);
    mark(last);
    for (int s = first + 1; s < first + samples; s++) {
      double nextX = frame.pixelX(values[2 * s]);
      double nextY = frame.pixelY(values[2 * s + 1]);
      int steps = 1 + (int) Math.ceil(Math.max(Math.abs(nextX - x), Math.abs(nextY - y)));
      for (int k = 1; k <= steps; k++) {
        double share = k / (double) steps;
        int at =
            k == steps
                ? pixel(nextX, nextY)
                : pixel(x + (nextX - x) * share, y + (nextY - y) * share);
        if (at != last) {
          mark(at);
          last = at;
        }
      }
      x = nextX;
      y = nextY;
    }
  }

  private void mark(int at) {
    if (ink[at]++ == 0) {
      if (touchedCount == touched.length) {
        touched = Arrays.copyOf(touched, 2 * touchedCount);
      }
      touched[touchedCount++] = at;
    }
  }

  private void close(int number) {
    for (int k = 0; k < touchedCount; k++) {
      int at = touched[k];
      if (group[at] == BLANK) {
        covered++;
      }
      if (ink[at] > most[at]) {
        most[at] = ink[at];
        group[at] = number;
      }
      ink[at] = 0;
    }
    touchedCount = 0;
  }
}
