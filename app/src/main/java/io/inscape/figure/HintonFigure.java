package io.inscape.figure;

import io.inscape.weight.HintonDiagram;
import java.util.List;

/// Hinton diagrams below each other in one SVG document that needs nothing else: on grey ground a
/// square for each weight, white above zero and black below, whose area is the weight's size.
///
/// The full cell means the same in all diagrams. Red cells hold a weight that is not finite.
public final class HintonFigure {
  private static final int MARGIN = 24;
  private static final int TOP = 56;
  private static final int HEAD = 28;
  private static final int ROOM = 1024;
  private static final int LARGEST_CELL = 24;
  private static final String GROUND = "#888888";

  private final String title;
  private final List<String> names;
  private final List<HintonDiagram> diagrams;
  private final String provenance;

  /// Plans a figure.
  ///
  /// @param title what it shows, in words
  /// @param names one for each diagram
  /// @param diagrams at least one
  /// @param provenance how it was made
  /// @throws IllegalArgumentException when there is no diagram, or not one name for each
  public HintonFigure(
      String title, List<String> names, List<HintonDiagram> diagrams, String provenance) {
    if (diagrams.isEmpty() || names.size() != diagrams.size()) {
      throw new IllegalArgumentException(
          names.size() + " names cannot stand above " + diagrams.size() + " Hinton diagrams");
    }
    double scale = diagrams.stream().mapToDouble(HintonDiagram::scale).max().orElseThrow();
    this.title = title;
    this.names = List.copyOf(names);
    this.diagrams = diagrams.stream().map(diagram -> diagram.withScale(scale)).toList();
    this.provenance = provenance;
  }

  /// {@return the side of a cell in pixels, the same in all diagrams}
  public int cell() {
    int most = 1;
    for (HintonDiagram diagram : diagrams) {
      most = Math.max(most, Math.max(diagram.rows(), diagram.cols()));
    }
    return Math.max(4, Math.min(LARGEST_CELL, ROOM / most));
  }

  /// {@return the figure as an SVG document}
  public String svg() {
    int cell = cell();
    int width = 600;
    int height = TOP + MARGIN;
    for (HintonDiagram diagram : diagrams) {
      width = Math.max(width, 2 * MARGIN + diagram.cols() * cell);
      height += HEAD + diagram.rows() * cell + MARGIN;
    }
    Svg svg = Svg.begin(width, height, title, provenance);
    svg.text(MARGIN, 32, 18, "start", title);
    int top = TOP;
    for (int i = 0; i < diagrams.size(); i++) {
      HintonDiagram diagram = diagrams.get(i);
      svg.text(MARGIN, top + 16.0, 13, "start", names.get(i) + words(diagram));
      draw(svg, diagram, MARGIN, top + HEAD, cell);
      top += HEAD + diagram.rows() * cell + MARGIN;
    }
    svg.text(MARGIN, height - 8.0, 11, "start", provenance);
    return svg.end();
  }

  private static String words(HintonDiagram diagram) {
    return "; rows send, columns receive; a full cell is "
        + diagram.scale()
        + (diagram.block() == 1
            ? ""
            : "; means of blocks of " + diagram.block() + " x " + diagram.block());
  }

  private static void draw(Svg svg, HintonDiagram diagram, int left, int top, int cell) {
    svg.box(left, top, diagram.cols() * (double) cell, diagram.rows() * (double) cell, GROUND);
    StringBuilder white = new StringBuilder();
    StringBuilder black = new StringBuilder();
    StringBuilder lost = new StringBuilder();
    for (int row = 0; row < diagram.rows(); row++) {
      for (int col = 0; col < diagram.cols(); col++) {
        float value = diagram.value(row, col);
        boolean finite = Float.isFinite(value);
        double side = finite ? diagram.side(row, col) * cell : cell;
        if (side > 0) {
          StringBuilder path = !finite ? lost : value > 0 ? white : black;
          square(path, left + (col + 0.5) * cell, top + (row + 0.5) * cell, side);
        }
      }
    }
    svg.path("positive", white, "#ffffff");
    svg.path("negative", black, "#000000");
    svg.path("lost", lost, "#d62728");
  }

  private static void square(StringBuilder path, double x, double y, double side) {
    String length = Svg.precise(side);
    path.append('M').append(Svg.precise(x - side / 2)).append(' ');
    path.append(Svg.precise(y - side / 2)).append('h').append(length).append('v').append(length);
    path.append("h-").append(length).append('z');
  }
}
