package io.inscape.figure;

import java.util.Locale;

/// Colours by lightness, chroma and hue as people see them (Ottosson's OKLab in polar form).
///
/// A chroma that a screen does not have at that lightness and hue is taken back to the most that it
/// has, so that lightness and hue are always what was asked for.
final class Oklch {
  private static final double MOST_CHROMA = 0.4;
  private static final int HALVINGS = 20;

  private Oklch() {}

  /// {@return the colour as `#rrggbb`}
  ///
  /// @param lightness in [0, 1]
  /// @param chroma at least 0
  /// @param hue in degrees
  static String hex(double lightness, double chroma, double hue) {
    double[] rgb = linear(lightness, Math.min(chroma, mostChroma(lightness, hue)), hue);
    return String.format(
        Locale.ROOT, "#%02x%02x%02x", channel(rgb[0]), channel(rgb[1]), channel(rgb[2]));
  }

  /// The most chroma that a screen has at a lightness and hue.
  static double mostChroma(double lightness, double hue) {
    double low = 0;
    double high = MOST_CHROMA;
    for (int i = 0; i < HALVINGS; i++) {
      double middle = (low + high) / 2;
      if (shown(linear(lightness, middle, hue))) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private static boolean shown(double[] rgb) {
    for (double part : rgb) {
      if (part < 0 || part > 1) {
        return false;
      }
    }
    return true;
  }

  /// Red, green and blue as amounts of light.
  private static double[] linear(double lightness, double chroma, double hue) {
    double a = chroma * Math.cos(Math.toRadians(hue));
    double b = chroma * Math.sin(Math.toRadians(hue));
    double l = cube(lightness + 0.3963377774 * a + 0.2158037573 * b);
    double m = cube(lightness - 0.1055613458 * a - 0.0638541728 * b);
    double s = cube(lightness - 0.0894841775 * a - 1.2914855480 * b);
    return new double[] {
      4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
      -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
      -0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s
    };
  }

  private static double cube(double value) {
    return value * value * value;
  }

  /// An amount of light as a screen's number from 0 to 255.
  private static int channel(double light) {
    double part = Math.clamp(light, 0.0, 1.0);
    double encoded = part <= 0.0031308 ? 12.92 * part : 1.055 * Math.pow(part, 1 / 2.4) - 0.055;
    return (int) Math.round(255 * encoded);
  }
}
