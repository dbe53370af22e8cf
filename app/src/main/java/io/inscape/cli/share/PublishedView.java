package io.inscape.cli.share;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The views that can be shown without a server: those that ask for no more than can be taken
/// along.
enum PublishedView {
  OVERVIEW,
  PROJECTION,
  COMPARE,
  EVOLUTION,
  WEIGHTS,
  CLASSES,
  NETWORK;

  /// As the page calls it.
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// The views that a person typed, in the page's order.
  static List<PublishedView> parse(List<String> names) {
    List<String> known = new ArrayList<>();
    for (PublishedView view : values()) {
      known.add(view.label());
    }
    for (String name : names) {
      if (!known.contains(name)) {
        throw new IllegalArgumentException(
            (name.equals("neurons") || name.equals("explore")
                    ? "the view " + name + " asks the server anew for whatever is pointed at, and"
                    : "there is no view \"" + name + "\";")
                + " what can be published is "
                + String.join(", ", known));
      }
    }
    List<PublishedView> views = new ArrayList<>();
    for (PublishedView view : values()) {
      if (names.contains(view.label())) {
        views.add(view);
      }
    }
    return views;
  }
}
