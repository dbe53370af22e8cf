package io.inscape.sequences;

import io.inscape.vectors.Words;
import java.util.Locale;
import java.util.stream.Collectors;

/// Trails and fields in a line of words.
public final class FlowWords {
  private FlowWords() {}

  /// {@return what bundling did, in a line}
  ///
  /// @param trails bundled
  public static String trails(BundledTrails trails) {
    Object right = trails.ink().get("classRight");
    return String.format(
            Locale.ROOT,
            "trails bundled at %.2g: %d samples each, ink %s pixels instead of %s (%.0f %% %s)",
            trails.strength(),
            trails.perTrail(),
            count(trails, "bundled"),
            count(trails, "straight"),
            100 * Math.abs(number(trails, "fall")),
            number(trails, "fall") < 0 ? "more" : "less")
        + (right instanceof Double share
            ? String.format(Locale.ROOT, ", the class still right in %.1f %% of it", 100 * share)
            : "");
  }

  private static String count(BundledTrails trails, String name) {
    return Words.count((long) number(trails, name));
  }

  private static double number(BundledTrails trails, String name) {
    return trails.ink().get(name) instanceof Number number ? number.doubleValue() : Double.NaN;
  }

  /// {@return a field's figures, in a line}
  ///
  /// @param field fitted
  public static String field(FlowField field) {
    String sizes =
        field.sizes().size() == 1
            ? ""
            : ", followed by "
                + field.sizes().stream().map(Words::count).collect(Collectors.joining(", "))
                + " observations";
    return String.format(
            Locale.ROOT,
            "field on %d x %d vertices: energy %.4g, of which smoothness %.4g",
            field.fields().grid(),
            field.fields().grid(),
            field.fields().energy(),
            field.fields().smoothnessEnergy())
        + sizes;
  }
}
