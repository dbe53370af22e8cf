package io.inscape.vectors;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// One figure of a layout's quality, as it is told.
///
/// @param name in JSON, such as `neighborhoodHit`
/// @param title for a person, such as `neighborhood hit`
/// @param value in the layout
/// @param ownSpace the same in the data's own space; null where that says nothing
/// @param baseline what a random layout or random labels would give; null where unknown
/// @param text what it means, in one line
public record Figure(
    String name,
    String title,
    double value,
    @Nullable Double ownSpace,
    @Nullable Double baseline,
    String text) {

  static String number(@Nullable Double value) {
    return value == null ? "" : String.format(Locale.ROOT, "%.4f", value);
  }
}
