package io.inscape.dataset.table;

/// Reads numbers as people and programs write them, without making a text of each.
final class Numbers {
  private static final int MOST_DIGITS = 18;
  private static final long EXACT = 1L << 53;
  private static final double[] POWERS = { // the powers of ten that 64-bit numbers hold exactly
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22
  };

  private Numbers() {}

  static double parse(String text) {
    return parse(text.toCharArray(), 0, text.length());
  }

  /// A number: digits with a point and an exponent, or an infinity.
  ///
  /// @return its nearest 64-bit number, NaN if it is none
  static double parse(char[] chars, int from, int to) {
    int start = from;
    int end = to;
    while (start < end && chars[start] <= ' ') {
      start++;
    }
    while (start < end && chars[end - 1] <= ' ') {
      end--;
    }
    return new Scan(chars, start, end).value();
  }

  /// One number on its way.
  private static final class Scan {
    private final char[] chars;
    private final int start;
    private final int end;
    private int at;
    private long mantissa;
    private int digits; // as far as they count
    private int any; // digits of any kind
    private int scale;

    Scan(char[] chars, int start, int end) {
      this.chars = chars;
      this.start = start;
      this.end = end;
      this.at = start;
    }

    double value() {
      if (at == end) {
        return Double.NaN;
      }
      boolean negative = chars[at] == '-';
      if (negative || chars[at] == '+') {
        at++;
      }
      digits(0);
      if (at < end && chars[at] == '.') {
        at++;
        digits(1);
      }
      if (any == 0) {
        return infinity(negative);
      }
      if (at < end && (chars[at] == 'e' || chars[at] == 'E') && !exponent()) {
        return Double.NaN;
      }
      if (at < end) {
        return Double.NaN;
      }
      boolean exact = digits <= MOST_DIGITS && mantissa < EXACT && Math.abs((long) scale) <= 22;
      if (!exact) {
        return Double.parseDouble(new String(chars, start, end - start));
      }
      double value = scale < 0 ? mantissa / POWERS[-scale] : mantissa * POWERS[scale];
      return negative ? -value : value;
    }

    private void digits(int fraction) {
      while (at < end && chars[at] >= '0' && chars[at] <= '9') {
        if (digits > 0 || chars[at] != '0') {
          digits++;
        }
        if (digits <= MOST_DIGITS) {
          mantissa = 10 * mantissa + chars[at] - '0';
        }
        scale -= fraction;
        any = 1;
        at++;
      }
    }

    private boolean exponent() {
      at++;
      boolean negative = at < end && chars[at] == '-';
      if (negative || (at < end && chars[at] == '+')) {
        at++;
      }
      int exponent = 0;
      int from = at;
      while (at < end && chars[at] >= '0' && chars[at] <= '9') {
        exponent = Math.min(100_000, 10 * exponent + chars[at] - '0');
        at++;
      }
      scale += negative ? -exponent : exponent;
      return at > from;
    }

    private double infinity(boolean negative) {
      String rest = new String(chars, at, Math.min(end - at, 9));
      boolean infinite = rest.equalsIgnoreCase("inf") || rest.equalsIgnoreCase("infinity");
      double value = infinite ? Double.POSITIVE_INFINITY : Double.NaN;
      return negative ? -value : value;
    }
  }
}
