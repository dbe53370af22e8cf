package io.inscape.figure;

import java.util.List;

/// Scatter plots side by side, in one SVG document that needs nothing else.
///
/// Positions keep their aspect ratio within a panel. A document is the same, byte for byte, for the
/// same input.
public final class ScatterFigure {
  private static final int SIDE = 400;
  private static final int GAP = 24;
  private static final int MARGIN = 24;
  private static final int HEADER = 48;
  private static final int PANEL_TEXT = 44;
  private static final int LEGEND_ROW = 22;
  private static final int LEGEND_ITEM = 132;
  private static final int NOTE_ROW = 17;
  private static final int MOST_COLUMNS = 3;
  private static final double RADIUS = 2.3;

  private final String title;
  private final List<Panel> panels;
  private final List<String> classNames;
  private final String provenance;

  /// Plans a figure.
  ///
  /// @param title what the figure shows, in words
  /// @param panels at least one
  /// @param classNames the name of each class
  /// @param provenance how it was made: data set, settings, seed, version
  /// @throws IllegalArgumentException when there is no panel
  public ScatterFigure(
      String title, List<Panel> panels, List<String> classNames, String provenance) {
    if (panels.isEmpty()) {
      throw new IllegalArgumentException("a figure needs at least one panel");
    }
    this.title = title;
    this.panels = List.copyOf(panels);
    this.classNames = List.copyOf(classNames);
    this.provenance = provenance;
  }

  /// {@return the figure as an SVG document}
  public String svg() {
    int columns = panels.size() == 4 ? 2 : Math.min(panels.size(), MOST_COLUMNS);
    int rows = (panels.size() + columns - 1) / columns;
    int width = Math.max(2 * MARGIN + columns * SIDE + (columns - 1) * GAP, 560);
    int legendColumns = Math.max(1, (width - 2 * MARGIN) / LEGEND_ITEM);
    int legendRows = (classNames.size() + 1 + legendColumns - 1) / legendColumns;
    int legendTop = HEADER + MARGIN + rows * (SIDE + PANEL_TEXT + GAP);
    List<String> notes = Svg.wrap(provenance, width - 2 * MARGIN);
    int notesTop = legendTop + legendRows * LEGEND_ROW + MARGIN;
    int height = notesTop + notes.size() * NOTE_ROW + MARGIN / 2;

    Svg svg = Svg.begin(width, height, title, provenance);
    svg.text(MARGIN, MARGIN + 16, 18, Svg.INK, "600", title);
    for (int i = 0; i < panels.size(); i++) {
      int left = MARGIN + i % columns * (SIDE + GAP);
      int top = HEADER + MARGIN + i / columns * (SIDE + PANEL_TEXT + GAP);
      draw(svg, panels.get(i), left, top);
    }
    legend(svg, legendTop, legendColumns);
    for (int i = 0; i < notes.size(); i++) {
      svg.text(MARGIN, notesTop + i * NOTE_ROW, 12, Svg.FAINT_INK, "400", notes.get(i));
    }
    return svg.end();
  }

  private static void draw(Svg svg, Panel panel, int left, int top) {
    svg.text(left, top + 14, 14, Svg.INK, "600", panel.title());
    svg.text(left, top + 32, 12, Svg.SOFT_INK, "400", panel.caption());
    int plotTop = top + PANEL_TEXT;
    svg.rectangle(left, plotTop, SIDE, SIDE, "fill=\"#fafafa\" stroke=\"#dddddd\"");
    Bounds bounds = Bounds.of(panel.positions(), panel.dimensions());
    Frame frame = Frame.of(bounds, left, plotTop, SIDE);
    svg.add("<g fill-opacity=\"0.8\">\n");
    for (int i = 0; i < panel.count(); i++) {
      if (!panel.wrong().get(i)) {
        svg.add("<circle cx=\"" + Svg.number(frame.x(panel.x(i))) + "\" cy=\"");
        svg.add(Svg.number(frame.y(panel.y(i))) + "\" r=\"" + RADIUS + "\" fill=\"");
        svg.add(Palette.of(panel.labels()[i]) + "\"/>\n");
      }
    }
    svg.add("</g>\n<g stroke=\"#222222\" stroke-width=\"0.8\">\n");
    for (int i = panel.wrong().nextSetBit(0);
        i >= 0 && i < panel.count();
        i = panel.wrong().nextSetBit(i + 1)) {
      String x = Svg.number(frame.x(panel.x(i)));
      String y = Svg.number(frame.y(panel.y(i)));
      triangle(svg, x, y, Palette.of(panel.labels()[i]));
    }
    svg.add("</g>\n");
  }

  /// The legend: every class with its count in the first panel, and what a triangle means.
  private void legend(Svg svg, int top, int columns) {
    int[] counts = new int[classNames.size()];
    for (int label : panels.getFirst().labels()) {
      counts[label]++;
    }
    for (int i = 0; i <= classNames.size(); i++) {
      int x = MARGIN + i % columns * LEGEND_ITEM;
      int y = top + i / columns * LEGEND_ROW + 14;
      if (i < classNames.size()) {
        svg.add("<circle cx=\"" + (x + 6) + "\" cy=\"" + (y - 4) + "\" r=\"5\" fill=\"");
        svg.add(Palette.of(i) + "\"/>\n");
        String name = classNames.get(i) + " (" + counts[i] + ")";
        svg.text(x + 18, y, 13, Svg.INK, "400", name);
      } else if (panels.stream().anyMatch(panel -> !panel.wrong().isEmpty())) {
        svg.add("<g stroke=\"#222222\" stroke-width=\"0.8\">\n");
        triangle(svg, Integer.toString(x + 6), Integer.toString(y - 4), "#ffffff");
        svg.add("</g>\n");
        svg.text(x + 18, y, 13, Svg.INK, "400", "misclassified");
      }
    }
  }

  private static void triangle(Svg svg, String x, String y, String colour) {
    svg.add("<path transform=\"translate(" + x + ' ' + y);
    svg.add(")\" d=\"M0-4.6 4.2 3.2H-4.2Z\" fill=\"" + colour + "\"/>\n");
  }
}
