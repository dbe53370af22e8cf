package io.inscape.figure;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

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
  private static final int CHARACTER = 6; // the mean width of one at 12 pixels
  private static final int MOST_COLUMNS = 3;
  private static final Pattern SPACES = Pattern.compile(" ");
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
    List<String> notes = wrap(provenance, (width - 2 * MARGIN) / CHARACTER);
    int notesTop = legendTop + legendRows * LEGEND_ROW + MARGIN;
    int height = notesTop + notes.size() * NOTE_ROW + MARGIN / 2;

    StringBuilder svg = new StringBuilder(1 << 16);
    svg.append("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"").append(width);
    svg.append("\" height=\"").append(height).append("\" viewBox=\"0 0 ").append(width);
    svg.append(' ')
        .append(height)
        .append("\" role=\"img\" font-family=\"system-ui, sans-serif\">\n");
    svg.append("<title>").append(escape(title)).append("</title>\n");
    svg.append("<desc>").append(escape(provenance)).append("</desc>\n");
    svg.append("<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n");
    text(svg, MARGIN, MARGIN + 16, 18, "#222222", "600", title);
    for (int i = 0; i < panels.size(); i++) {
      int left = MARGIN + i % columns * (SIDE + GAP);
      int top = HEADER + MARGIN + i / columns * (SIDE + PANEL_TEXT + GAP);
      draw(svg, panels.get(i), left, top);
    }
    legend(svg, legendTop, legendColumns);
    for (int i = 0; i < notes.size(); i++) {
      text(svg, MARGIN, notesTop + i * NOTE_ROW, 12, "#666666", "400", notes.get(i));
    }
    return svg.append("</svg>\n").toString();
  }

  private static void draw(StringBuilder svg, Panel panel, int left, int top) {
    text(svg, left, top + 14, 14, "#222222", "600", panel.title());
    text(svg, left, top + 32, 12, "#555555", "400", panel.caption());
    int plotTop = top + PANEL_TEXT;
    svg.append("<rect x=\"").append(left).append("\" y=\"").append(plotTop);
    svg.append("\" width=\"").append(SIDE).append("\" height=\"").append(SIDE);
    svg.append("\" fill=\"#fafafa\" stroke=\"#dddddd\"/>\n");
    Frame frame = Frame.of(panel, left, plotTop);
    svg.append("<g fill-opacity=\"0.8\">\n");
    for (int i = 0; i < panel.count(); i++) {
      if (!panel.wrong().get(i)) {
        svg.append("<circle cx=\"").append(frame.x(panel.x(i))).append("\" cy=\"");
        svg.append(frame.y(panel.y(i))).append("\" r=\"").append(RADIUS).append("\" fill=\"");
        svg.append(Palette.of(panel.labels()[i])).append("\"/>\n");
      }
    }
    svg.append("</g>\n<g stroke=\"#222222\" stroke-width=\"0.8\">\n");
    for (int i = panel.wrong().nextSetBit(0);
        i >= 0 && i < panel.count();
        i = panel.wrong().nextSetBit(i + 1)) {
      triangle(svg, frame.x(panel.x(i)), frame.y(panel.y(i)), Palette.of(panel.labels()[i]));
    }
    svg.append("</g>\n");
  }

  /// The legend: every class with its count in the first panel, and what a triangle means.
  private void legend(StringBuilder svg, int top, int columns) {
    int[] counts = new int[classNames.size()];
    for (int label : panels.getFirst().labels()) {
      counts[label]++;
    }
    for (int i = 0; i <= classNames.size(); i++) {
      int x = MARGIN + i % columns * LEGEND_ITEM;
      int y = top + i / columns * LEGEND_ROW + 14;
      if (i < classNames.size()) {
        svg.append("<circle cx=\"").append(x + 6).append("\" cy=\"").append(y - 4);
        svg.append("\" r=\"5\" fill=\"").append(Palette.of(i)).append("\"/>\n");
        text(svg, x + 18, y, 13, "#222222", "400", classNames.get(i) + " (" + counts[i] + ")");
      } else if (panels.stream().anyMatch(panel -> !panel.wrong().isEmpty())) {
        svg.append("<g stroke=\"#222222\" stroke-width=\"0.8\">\n");
        triangle(svg, Integer.toString(x + 6), Integer.toString(y - 4), "#ffffff");
        svg.append("</g>\n");
        text(svg, x + 18, y, 13, "#222222", "400", "misclassified");
      }
    }
  }

  private static void triangle(StringBuilder svg, String x, String y, String colour) {
    svg.append("<path transform=\"translate(").append(x).append(' ').append(y);
    svg.append(")\" d=\"M0-4.6 4.2 3.2H-4.2Z\" fill=\"");
    svg.append(colour).append("\"/>\n");
  }

  private static void text(
      StringBuilder svg, int x, int y, int size, String fill, String weight, String content) {
    svg.append("<text x=\"").append(x).append("\" y=\"").append(y).append("\" font-size=\"");
    svg.append(size).append("\" font-weight=\"").append(weight).append("\" fill=\"");
    svg.append(fill).append("\">").append(escape(content)).append("</text>\n");
  }

  /// Lines of at most so many characters, broken at spaces.
  private static List<String> wrap(String text, int characters) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : SPACES.split(text, 0)) {
      if (!line.isEmpty() && line.length() + 1 + word.length() > characters) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.isEmpty() ? "" : " ").append(word);
    }
    lines.add(line.toString());
    return lines;
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  /// From positions to the pixels of one panel, y upwards.
  private record Frame(double centreX, double centreY, double scale, int left, int top) {
    static Frame of(Panel panel, int left, int top) {
      double lowX = Double.POSITIVE_INFINITY;
      double highX = Double.NEGATIVE_INFINITY;
      double lowY = Double.POSITIVE_INFINITY;
      double highY = Double.NEGATIVE_INFINITY;
      for (int i = 0; i < panel.count(); i++) {
        lowX = Math.min(lowX, panel.x(i));
        highX = Math.max(highX, panel.x(i));
        lowY = Math.min(lowY, panel.y(i));
        highY = Math.max(highY, panel.y(i));
      }
      double extent = Math.max(highX - lowX, highY - lowY);
      double scale = extent > 0 ? (SIDE - 24) / extent : 1;
      return new Frame((lowX + highX) / 2, (lowY + highY) / 2, scale, left, top);
    }

    String x(float value) {
      return number(left + SIDE / 2.0 + (value - centreX) * scale);
    }

    String y(float value) {
      return number(top + SIDE / 2.0 - (value - centreY) * scale);
    }

    private static String number(double value) {
      return String.format(Locale.ROOT, "%.2f", value);
    }
  }
}
