package io.inscape.figure;

import java.util.Locale;

/// The document around a figure.
final class Svg {
  private final StringBuilder content = new StringBuilder(1 << 16);

  /// Begins a document on white ground.
  Svg(int width, int height, String title, String provenance) {
    content.append("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"").append(width);
    content.append("\" height=\"").append(height).append("\" viewBox=\"0 0 ").append(width);
    content.append(' ').append(height);
    content.append("\" role=\"img\" font-family=\"system-ui, sans-serif\">\n<title>");
    content.append(escape(title)).append("</title>\n<desc>").append(escape(provenance));
    content.append("</desc>\n<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n");
  }

  /// A line of text; `anchor` is start, middle or end.
  void text(double x, double y, int size, String anchor, String words) {
    content.append("<text x=\"").append(number(x)).append("\" y=\"").append(number(y));
    content.append("\" font-size=\"").append(size).append("\" text-anchor=\"").append(anchor);
    content.append("\" fill=\"#222222\">").append(escape(words)).append("</text>\n");
  }

  /// A rectangle.
  void rectangle(double x, double y, double width, double height, String fill) {
    content.append("<rect x=\"").append(number(x)).append("\" y=\"").append(number(y));
    content.append("\" width=\"").append(number(width)).append("\" height=\"");
    content.append(number(height)).append("\" fill=\"").append(fill).append("\"/>\n");
  }

  /// A line.
  void line(double x, double y, double toX, double toY, String stroke) {
    content.append("<line x1=\"").append(number(x)).append("\" y1=\"").append(number(y));
    content.append("\" x2=\"").append(number(toX)).append("\" y2=\"").append(number(toY));
    content.append("\" stroke=\"").append(stroke).append("\"/>\n");
  }

  /// A path of one colour.
  void path(String name, CharSequence d, String fill) {
    content.append("<path class=\"").append(name).append("\" fill=\"").append(fill);
    content.append("\" d=\"").append(d).append("\"/>\n");
  }

  /// {@return the whole document}
  String end() {
    return content + "</svg>\n";
  }

  /// At most four decimals, so that the areas of small squares are true.
  static String number(double value) {
    String text = String.format(Locale.ROOT, "%.4f", value);
    int end = text.length();
    while (text.charAt(end - 1) == '0') {
      end--;
    }
    return text.substring(0, text.charAt(end - 1) == '.' ? end - 1 : end);
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
