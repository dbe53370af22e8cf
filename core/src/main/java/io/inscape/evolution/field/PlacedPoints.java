package io.inscape.evolution.field;

import java.util.Arrays;

/// Points of streamlines, found by place: a table of square bins, each as wide as the separation.
///
/// Coordinates are those of the plane, counted from the box's lower left corner in units of its
/// longer side.
final class PlacedPoints {
  private final double binSize;
  private final int columns;
  private final int[] heads; // [bin], the last point put there, or -1
  private int[] before = new int[1024]; // [point], the one put there before it, or -1
  private double[] x = new double[1024];
  private double[] y = new double[1024];
  private int[] line = new int[1024];
  private int[] place = new int[1024]; // on the line, in steps from its seed, negative backwards
  private int count;

  PlacedPoints(double width, double height, double binSize) {
    this.binSize = binSize;
    this.columns = (int) (width / binSize) + 1;
    int rows = (int) (height / binSize) + 1;
    this.heads = new int[columns * rows];
    Arrays.fill(heads, -1);
  }

  int count() {
    return count;
  }

  double x(int point) {
    return x[point];
  }

  double y(int point) {
    return y[point];
  }

  int place(int point) {
    return place[point];
  }

  void add(double pointX, double pointY, int itsLine, int itsPlace) {
    if (count == x.length) {
      int longer = 2 * count;
      before = Arrays.copyOf(before, longer);
      x = Arrays.copyOf(x, longer);
      y = Arrays.copyOf(y, longer);
      line = Arrays.copyOf(line, longer);
      place = Arrays.copyOf(place, longer);
    }
    x[count] = pointX;
    y[count] = pointY;
    line[count] = itsLine;
    place[count] = itsPlace;
    int bin = bin(pointX, pointY);
    before[count] = heads[bin];
    heads[bin] = count++;
  }

  /// Takes the points added last away, down to a count.
  void shorten(int kept) {
    while (count > kept) {
      count--;
      heads[bin(x[count], y[count])] = before[count];
    }
  }

  private int bin(double pointX, double pointY) {
    int row = (int) (pointY / binSize);
    int col = (int) (pointX / binSize);
    return row * columns + col;
  }

  /// Whether a point is closer than a distance to those put down.
  ///
  /// @param distance at most the bin size
  /// @param itsLine the point's own line
  /// @param itsPlace on that line; points of the line at most `apart` places from it do not count
  boolean near(
      double pointX, double pointY, double distance, int itsLine, int itsPlace, int apart) {
    double squared = distance * distance;
    int fromCol = Math.max(0, (int) ((pointX - distance) / binSize));
    int toCol = Math.min(columns - 1, (int) ((pointX + distance) / binSize));
    int fromRow = Math.max(0, (int) ((pointY - distance) / binSize));
    int toRow = Math.min(heads.length / columns - 1, (int) ((pointY + distance) / binSize));
    for (int row = fromRow; row <= toRow; row++) {
      for (int col = fromCol; col <= toCol; col++) {
        for (int at = heads[row * columns + col]; at >= 0; at = before[at]) {
          double across = x[at] - pointX;
          double up = y[at] - pointY;
          if (across * across + up * up < squared
              && (line[at] != itsLine || Math.abs(place[at] - itsPlace) > apart)) {
            return true;
          }
        }
      }
    }
    return false;
  }
}
