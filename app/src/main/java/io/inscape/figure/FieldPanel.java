package io.inscape.figure;

import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/// A vector field as lines along it.
///
/// @param title what flows, in words
/// @param words the lines below it
/// @param points [point][4] = line, x, y, speed; the points of a line follow each other in the
///   direction of the flow; not modified
/// @param bounds the part of the plane that the field covers
/// @param marks places with a name
@SuppressWarnings("ArrayRecordComponent") // drawn once, never compared
public record FieldPanel(
    String title, List<String> words, float[] points, Bounds bounds, List<Mark> marks)
    implements Block {
  /// A place with a name.
  ///
  /// @param x of the place
  /// @param y of the place
  /// @param label the class whose colour it has
  /// @param name what is written beside it
  public record Mark(double x, double y, int label, String name) {}

  /// Checks that the points are whole.
  public FieldPanel {
    words = List.copyOf(words);
    marks = List.copyOf(marks);
    if (points.length % 4 != 0) {
      throw new IllegalArgumentException(
          "points of a line have four numbers each, got " + points.length + " numbers");
    }
  }

  /// {@return the speeds at all points}
  DoubleStream speeds() {
    return IntStream.range(0, points.length / 4).mapToDouble(point -> points[4 * point + 3]);
  }
}
