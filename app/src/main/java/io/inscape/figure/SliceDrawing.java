package io.inscape.figure;

import java.util.Collections;
import java.util.List;

/// Draws the points of a step: one path for each class and fourth, the fourths one above the other,
/// so that no class lies above all others.
final class SliceDrawing {
  /// More points than these in one plot hide each other.
  static final int MOST_POINTS = 5_000;

  private static final int SHEETS = 4;

  private SliceDrawing() {}

  static void draw(Svg svg, Slices.Slice slice, int[] labels, Frame frame) {
    svg.rectangle(
        frame.left(),
        frame.top(),
        frame.side(),
        frame.side(),
        "fill=\"#fafafa\" stroke=\"#dddddd\"");
    int shown = Math.min(labels.length, MOST_POINTS);
    svg.add("<g fill=\"none\" stroke-linecap=\"round\" stroke-opacity=\".75\" stroke-width=\"");
    svg.add(size(frame.side(), shown) + "\" " + PathData.SCALE + ">\n");
    for (int sheet = 0; sheet < SHEETS; sheet++) {
      List<PathData> paths = paths(labels);
      for (int i = sheet; i < shown; i += SHEETS) {
        int observation = Sparse.pick(i, shown, labels.length);
        paths
            .get(labels[observation])
            .dot(
                frame.x(slice.positions()[observation * 2]),
                frame.y(slice.positions()[observation * 2 + 1]));
      }
      for (int label = 0; label < paths.size(); label++) {
        if (!paths.get(label).isEmpty()) {
          svg.add("<path stroke=\"" + Palette.of(label) + "\" d=\"" + paths.get(label) + "\"/>\n");
        }
      }
    }
    svg.add("</g>\n");
  }

  private static String size(int side, int points) {
    double most = side / 60.0;
    return Svg.number(10 * Math.clamp(most * Math.sqrt(800.0 / points), 1.2, most));
  }

  private static List<PathData> paths(int[] labels) {
    return Collections.nCopies(Sparse.classes(labels), 0).stream()
        .map(_ -> new PathData())
        .toList();
  }
}
