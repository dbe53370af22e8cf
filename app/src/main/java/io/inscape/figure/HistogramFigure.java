package io.inscape.figure;

import java.util.List;
import java.util.Locale;

/// Histograms below each other, one row of panels for each network and one column for each tensor,
/// in one SVG document that needs nothing else.
///
/// The panels of a column share both axes; a red line is the mean.
public final class HistogramFigure {
  private static final int WIDTH = 300;
  private static final int HEIGHT = 120;
  private static final int HEAD = 40;
  private static final int FOOT = 30;
  private static final int MARGIN = 24;
  private static final int TOP = 56;
  private static final String BAR = "#4c78a8";
  private static final String MEAN = "#d62728";
  private static final String AXIS = "#888888";

  private final String title;
  private final List<List<HistogramPanel>> columns;
  private final String provenance;

  /// Plans a figure.
  ///
  /// @param title what it shows, in words
  /// @param columns panels that share their axes, at least one each
  /// @param provenance how it was made
  /// @throws IllegalArgumentException when there is no panel
  public HistogramFigure(String title, List<List<HistogramPanel>> columns, String provenance) {
    if (columns.isEmpty() || columns.stream().anyMatch(List::isEmpty)) {
      throw new IllegalArgumentException("a figure needs at least one histogram in each column");
    }
    this.title = title;
    this.columns = columns.stream().map(List::copyOf).toList();
    this.provenance = provenance;
  }

  /// {@return the figure as an SVG document}
  public String svg() {
    int rows = columns.stream().mapToInt(List::size).max().orElseThrow();
    int width = MARGIN + columns.size() * (WIDTH + MARGIN);
    int height = TOP + rows * (HEAD + HEIGHT + FOOT) + MARGIN;
    Svg svg = Svg.begin(Math.max(width, 2 * WIDTH), height, title, provenance);
    svg.text(MARGIN, 32, 18, "start", title);
    for (int column = 0; column < columns.size(); column++) {
      Axes axes = Axes.of(columns.get(column));
      int left = MARGIN + column * (WIDTH + MARGIN);
      for (int row = 0; row < columns.get(column).size(); row++) {
        draw(svg, columns.get(column).get(row), axes, left, TOP + row * (HEAD + HEIGHT + FOOT));
      }
    }
    svg.text(MARGIN, height - 8.0, 11, "start", provenance);
    return svg.end();
  }

  /// What the panels of a column share.
  private record Axes(double left, double right, double highest) {
    static Axes of(List<HistogramPanel> panels) {
      double left = panels.stream().mapToDouble(HistogramPanel::left).min().orElseThrow();
      double right = panels.stream().mapToDouble(HistogramPanel::right).max().orElseThrow();
      double highest = panels.stream().mapToDouble(HistogramPanel::highest).max().orElseThrow();
      return new Axes(left, right, highest > 0 ? highest : 1);
    }

    double x(double value, int from) {
      return from + WIDTH * (value - left) / (right - left);
    }
  }

  private static void draw(Svg svg, HistogramPanel panel, Axes axes, int left, int top) {
    svg.text(left, top + 14.0, 13, "start", panel.title());
    svg.text(left, top + 30.0, 11, "start", panel.caption());
    double bottom = top + HEAD + HEIGHT;
    StringBuilder bars = new StringBuilder();
    double[] density = panel.density();
    for (int bin = 0; bin < density.length; bin++) {
      if (density[bin] > 0) {
        double from = axes.x(panel.edges()[bin], left);
        double to = axes.x(panel.edges()[bin + 1], left);
        double high = HEIGHT * density[bin] / axes.highest;
        bars.append('M').append(Svg.precise(from)).append(' ').append(Svg.precise(bottom));
        bars.append('V').append(Svg.precise(bottom - high));
        bars.append('H')
            .append(Svg.precise(to))
            .append('V')
            .append(Svg.precise(bottom))
            .append('Z');
      }
    }
    svg.path("bars", bars, BAR);
    svg.line(left, bottom, left + WIDTH, bottom, AXIS);
    if (Double.isFinite(panel.mean())) {
      double mean = axes.x(panel.mean(), left);
      svg.line(mean, top + HEAD, mean, bottom, MEAN);
    }
    svg.text(left, bottom + 14, 11, "start", label(axes.left));
    svg.text(left + WIDTH, bottom + 14, 11, "end", label(axes.right));
  }

  private static String label(double value) {
    return String.format(Locale.ROOT, "%.4g", value);
  }
}
