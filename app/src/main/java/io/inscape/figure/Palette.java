package io.inscape.figure;

import java.util.List;

/// The colours of the classes, the same as on the page: d3's category10, again from the start when
/// they run out.
final class Palette {
  private static final List<String> CATEGORY_10 =
      List.of(
          "#1f77b4", "#ff7f0e", "#2ca02c", "#d62728", "#9467bd", "#8c564b", "#e377c2", "#7f7f7f",
          "#bcbd22", "#17becf");

  private Palette() {}

  static String of(int label) {
    return CATEGORY_10.get(Math.floorMod(label, CATEGORY_10.size()));
  }
}
