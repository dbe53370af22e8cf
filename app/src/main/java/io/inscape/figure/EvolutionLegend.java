package io.inscape.figure;

import java.util.List;
import java.util.Locale;

/// What the colours of a figure of sequences mean: the classes, the ramps of time, the ramp of
/// speed.
///
/// @param classNames the name of each class
/// @param width of the figure without its margins
/// @param points whether there are points coloured by class
/// @param steps what the steps of the trails are called; empty where there are none
/// @param field whether there is a field
/// @param fastest the speed that has the last colour
record EvolutionLegend(
    List<String> classNames,
    int width,
    boolean points,
    List<String> steps,
    boolean field,
    double fastest) {
  private static final int ROW = 22;
  private static final int ITEM = 118;
  private static final int RAMP = 44;
  private static final int RAMP_STOPS = 8;
  private static final int MOST_CLASSES = 40; // more are no legend

  private boolean classes() {
    return !classNames.isEmpty() && (points || !steps.isEmpty());
  }

  private int shown() {
    return Math.min(classNames.size(), MOST_CLASSES);
  }

  private int across() {
    return Math.max(1, width / item());
  }

  private int item() {
    return steps.isEmpty() ? ITEM : ITEM + RAMP / 2;
  }

  int height() {
    int rows = classes() ? (shown() + across() - 1) / across() : 0;
    return (rows + (steps.isEmpty() ? 0 : 1) + (field ? 1 : 0)) * ROW;
  }

  void draw(Svg svg, int left, int top) {
    int y = top;
    if (classes()) {
      for (int label = 0; label < shown(); label++) {
        int x = left + label % across() * item();
        item(svg, label, x, y + label / across() * ROW);
      }
      y += (shown() + across() - 1) / across() * ROW;
    }
    if (!steps.isEmpty()) {
      svg.text(left, y + 14, 12, Svg.SOFT_INK, "400", time());
      y += ROW;
    }
    if (field) {
      speed(svg, left, y);
    }
  }

  private String time() {
    String classes = classNames.isEmpty() ? "" : "Trails: hue is the class, ";
    return classes
        + (classes.isEmpty() ? "Trails: " : "")
        + "lightness is the time, dark early ("
        + steps.getFirst()
        + ") to bright late ("
        + steps.getLast()
        + ").";
  }

  private void item(Svg svg, int label, int x, int y) {
    int at = x;
    if (points) {
      svg.add("<circle cx=\"" + (at + 6) + "\" cy=\"" + (y + 10) + "\" r=\"5\" fill=\"");
      svg.add(Palette.of(label) + "\"/>\n");
      at += 18;
    }
    if (!steps.isEmpty()) {
      for (int stop = 0; stop < RAMP_STOPS; stop++) {
        double time = (stop + 0.5) / RAMP_STOPS;
        int from = at + RAMP * stop / RAMP_STOPS;
        int to = at + RAMP * (stop + 1) / RAMP_STOPS;
        svg.rectangle(from, y + 4, to - from, 12, "fill=\"" + Ramp.trail(label, time) + '"');
      }
      at += RAMP + 6;
    }
    svg.text(at, y + 14, 13, Svg.INK, "400", classNames.get(label));
  }

  private void speed(Svg svg, int left, int y) {
    svg.text(left, y + 14, 12, Svg.SOFT_INK, "400", "Field: movement in one step, 0");
    int x = left + 196;
    int length = 120;
    for (int stop = 0; stop < 2 * RAMP_STOPS; stop++) {
      double share = (stop + 0.5) / (2 * RAMP_STOPS);
      int from = x + length * stop / (2 * RAMP_STOPS);
      int to = x + length * (stop + 1) / (2 * RAMP_STOPS);
      svg.rectangle(
          from,
          y + 4,
          to - from,
          12,
          "fill=\""
              + Ramp.speed(share)
              + "\" fill-opacity=\""
              + Svg.number(Ramp.opacity(share))
              + '"');
    }
    svg.text(
        x + length + 8,
        y + 14,
        12,
        Svg.SOFT_INK,
        "400",
        String.format(Locale.ROOT, "%.3g and more, in the layout's units", fastest));
  }
}
