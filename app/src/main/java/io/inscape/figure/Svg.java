package io.inscape.figure;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// An SVG document in the making; it needs nothing outside itself, and the same calls give the same
/// bytes.
final class Svg {
  static final String INK = "#222222";
  static final String SOFT_INK = "#555555";
  static final String FAINT_INK = "#666666";

  private static final double CHARACTER = 6.8; // the width of one at 12 pixels in a wide font
  private static final Pattern SPACES = Pattern.compile(" ");

  private final StringBuilder text = new StringBuilder(1 << 16);

  /// Begins a document on white ground.
  ///
  /// @param description how it was made
  static Svg begin(int width, int height, String title, String description) {
    Svg svg = new Svg();
    svg.add("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"" + width);
    svg.add("\" height=\"" + height + "\" viewBox=\"0 0 " + width + ' ' + height);
    svg.add("\" role=\"img\" font-family=\"system-ui, sans-serif\">\n");
    svg.add("<title>" + escape(title) + "</title>\n");
    svg.add("<desc>" + escape(description) + "</desc>\n");
    return svg.add("<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n");
  }

  /// Adds what is well-formed already.
  Svg add(String markup) {
    text.append(markup);
    return this;
  }

  void text(int x, int y, int size, String fill, String weight, String content) {
    add("<text x=\"" + x + "\" y=\"" + y + "\" font-size=\"" + size + "\" font-weight=\"" + weight);
    add("\" fill=\"" + fill + "\">" + escape(content) + "</text>\n");
  }

  void rectangle(int x, int y, int width, int height, String attributes) {
    add("<rect x=\"" + x + "\" y=\"" + y + "\" width=\"" + width + "\" height=\"" + height);
    add("\" " + attributes + "/>\n");
  }

  /// A line of text in the usual ink; `anchor` is start, middle or end.
  void text(double x, double y, int size, String anchor, String content) {
    add("<text x=\"" + precise(x) + "\" y=\"" + precise(y) + "\" font-size=\"" + size);
    add("\" text-anchor=\"" + anchor + "\" fill=\"" + INK + "\">" + escape(content));
    add("</text>\n");
  }

  void box(double x, double y, double width, double height, String fill) {
    add("<rect x=\"" + precise(x) + "\" y=\"" + precise(y) + "\" width=\"" + precise(width));
    add("\" height=\"" + precise(height) + "\" fill=\"" + fill + "\"/>\n");
  }

  void line(double x, double y, double toX, double toY, String stroke) {
    add("<line x1=\"" + precise(x) + "\" y1=\"" + precise(y) + "\" x2=\"" + precise(toX));
    add("\" y2=\"" + precise(toY) + "\" stroke=\"" + stroke + "\"/>\n");
  }

  /// A path of one colour.
  void path(String name, CharSequence d, String fill) {
    add("<path class=\"" + name + "\" fill=\"" + fill + "\" d=\"").add(d.toString()).add("\"/>\n");
  }

  /// {@return the whole document}
  String end() {
    return text.append("</svg>\n").toString();
  }

  /// Lines of text that fit a width at 12 pixels, broken at spaces.
  static List<String> wrap(String text, int width) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : SPACES.split(text, 0)) {
      if (!line.isEmpty() && (line.length() + 1 + word.length()) * CHARACTER > width) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.isEmpty() ? "" : " ").append(word);
    }
    lines.add(line.toString());
    return lines;
  }

  static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  static String number(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }

  /// At most four decimals, so that the areas of small squares are true.
  static String precise(double value) {
    String text = String.format(Locale.ROOT, "%.4f", value);
    int end = text.length();
    while (text.charAt(end - 1) == '0') {
      end--;
    }
    return text.substring(0, text.charAt(end - 1) == '.' ? end - 1 : end);
  }
}
