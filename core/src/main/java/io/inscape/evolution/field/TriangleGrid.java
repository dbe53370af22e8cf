package io.inscape.evolution.field;

/// A box cut into squares by `side` lines each way, and every square into two triangles by the
/// diagonal from its lower left to its upper right corner. A field is linear on each triangle.
///
/// Grid coordinates count vertices: the lower left corner is (0, 0), the upper right one (side - 1,
/// side - 1). A vertex has the number row * side + col, with row 0 at the bottom. A triangle has
/// twice the number of its lower left vertex, plus 1 if it lies above the diagonal.
final class TriangleGrid {
  private final Box box;
  private final int side;
  private final double colsPerX;
  private final double rowsPerY;

  TriangleGrid(Box box, int side) {
    this.box = box;
    this.side = side;
    this.colsPerX = (side - 1) / box.width();
    this.rowsPerY = (side - 1) / box.height();
  }

  Box box() {
    return box;
  }

  int side() {
    return side;
  }

  int vertices() {
    return side * side;
  }

  /// Column of an abscissa, moved into the box where it lies outside.
  double col(double x) {
    return Math.clamp((x - box.left()) * colsPerX, 0, side - 1);
  }

  /// Row of an ordinate, moved into the box where it lies outside.
  double row(double y) {
    return Math.clamp((y - box.bottom()) * rowsPerY, 0, side - 1);
  }

  double cellWidth() {
    return box.width() / (side - 1);
  }

  double cellHeight() {
    return box.height() / (side - 1);
  }

  /// The cell's lower left vertex.
  int cell(double col, double row) {
    return Math.min((int) row, side - 2) * side + Math.min((int) col, side - 2);
  }

  /// The triangle at a place.
  int triangle(double col, double row) {
    int cell = cell(col, row);
    int left = cell % side;
    int bottom = cell / side;
    return 2 * cell + (col - left > row - bottom ? 0 : 1);
  }

  /// A field's value on one triangle.
  ///
  /// @param values the field, [vertex * 2 + dim]
  /// @param triangle the triangle, which may be a neighbor of the place by rounding
  /// @param target takes x and y
  void value(double[] values, int triangle, double col, double row, double[] target) {
    int corner = triangle >> 1;
    boolean upper = (triangle & 1) != 0;
    int left = corner % side;
    int bottom = corner / side;
    double fromLeft = col - left;
    double fromBottom = row - bottom;
    double along = upper ? fromBottom : fromLeft; // towards the middle vertex
    double across = upper ? fromLeft : fromBottom; // from there to the opposite corner
    int middle = (upper ? corner + side : corner + 1) * 2;
    int opposite = (corner + side + 1) * 2;
    corner *= 2;
    for (int dim = 0; dim < 2; dim++) {
      double start = values[corner + dim];
      double turn = values[middle + dim];
      target[dim] = start + along * (turn - start) + across * (values[opposite + dim] - turn);
    }
  }
}
