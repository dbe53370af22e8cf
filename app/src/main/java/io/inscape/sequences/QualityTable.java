package io.inscape.sequences;

import io.inscape.vectors.TextTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The quality of a sequence as lines of text.
final class QualityTable {
  private QualityTable() {}

  /// @param quality as `SequenceQuality.toMap` has it
  static List<String> lines(Map<String, ?> quality) {
    List<String> lines = new ArrayList<>();
    boolean labelled = labelled(quality);
    TextTable table =
        labelled
            ? new TextTable(
                "step",
                "NH own",
                "aligned",
                "unaligned",
                "stress aligned",
                "unaligned",
                "trust aligned",
                "unaligned",
                "")
            : new TextTable(
                "step", "stress aligned", "unaligned", "trust aligned", "unaligned", "");
    for (Object step : list(quality, "steps")) {
      if (step instanceof Map<?, ?> judged) {
        table.add(row(judged, labelled));
      }
    }
    lines.add("quality" + compared(quality) + ", nearest neighbors: " + quality.get("k"));
    lines.addAll(table.lines());
    lines.add("");
    lines.addAll(stability(quality).lines());
    for (Object warning : list(quality, "warnings")) {
      lines.add("");
      lines.add("  " + warning);
    }
    return lines;
  }

  private static String compared(Map<String, ?> quality) {
    return quality.get("sampled") instanceof Number sampled
            && quality.get("observations") instanceof Number all
            && sampled.longValue() < all.longValue()
        ? String.format(
            Locale.ROOT,
            ", %,d of %,d observations compared with each other",
            sampled.longValue(),
            all.longValue())
        : "";
  }

  private static boolean labelled(Map<String, ?> quality) {
    return list(quality, "steps").stream()
        .anyMatch(step -> step instanceof Map<?, ?> map && map.get("ownNeighborhoodHit") != null);
  }

  private static String[] row(Map<?, ?> step, boolean labelled) {
    List<String> cells = new ArrayList<>();
    cells.add(String.valueOf(step.get("name")));
    if (labelled) {
      cells.add(number(step.get("ownNeighborhoodHit")));
      cells.add(number(step.get("alignedNeighborhoodHit")));
      cells.add(number(step.get("unalignedNeighborhoodHit")));
    }
    cells.add(number(step.get("alignedStress")));
    cells.add(number(step.get("unalignedStress")));
    cells.add(number(step.get("alignedTrustworthiness")));
    cells.add(number(step.get("unalignedTrustworthiness")));
    cells.add(step.get("warning") == null ? "" : "see below");
    return cells.toArray(String[]::new);
  }

  private static TextTable stability(Map<String, ?> quality) {
    TextTable table =
        new TextTable("movement in the layout and in the data", "aligned", "unaligned", "");
    row(table, quality, "Pearson", "pearson", "1 if they are proportional");
    row(table, quality, "Spearman", "spearman", "1 if they are in the same order");
    row(table, quality, "stress", "normalizedStress", "0 if they are the same up to scale");
    return table;
  }

  private static void row(
      TextTable table, Map<String, ?> quality, String title, String name, String text) {
    table.add(
        title, number(of(quality, "aligned", name)), number(of(quality, "unaligned", name)), text);
  }

  private static @Nullable Object of(Map<String, ?> quality, String which, String name) {
    return quality.get(which) instanceof Map<?, ?> stability ? stability.get(name) : null;
  }

  private static List<?> list(Map<String, ?> quality, String name) {
    return quality.get(name) instanceof List<?> list ? list : List.of();
  }

  private static String number(@Nullable Object value) {
    return value instanceof Number number
        ? String.format(Locale.ROOT, "%.4f", number.doubleValue())
        : "";
  }
}
