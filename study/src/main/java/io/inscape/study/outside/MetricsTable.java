package io.inscape.study.outside;

import io.inscape.dataset.InputException;
import io.inscape.training.EpochMetrics;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;

/// Reads the losses and accuracies that somebody wrote down, epoch by epoch, as CSV with a head.
final class MetricsTable {
  private static final List<String> COLUMNS =
      List.of("train_loss", "train_accuracy", "test_loss", "test_accuracy");

  private MetricsTable() {}

  /// The metrics of some epochs; those that the table does not have are missing, a column that it
  /// does not have is 0.
  static List<EpochMetrics> read(Path file, Collection<Integer> epochs) {
    List<String> lines = OutsideFolder.lines(file);
    if (lines.isEmpty()) {
      return List.of();
    }
    List<String> head = cells(lines.getFirst());
    int epochColumn = head.indexOf("epoch");
    if (epochColumn < 0 || COLUMNS.stream().noneMatch(head::contains)) {
      throw InputException.malformed(
          file.toString(),
          "line 1",
          "the columns " + String.join(", ", head),
          "epoch and at least one of " + String.join(", ", COLUMNS),
          "");
    }
    TreeMap<Integer, EpochMetrics> found = new TreeMap<>();
    for (int i = 1; i < lines.size(); i++) {
      List<String> cells = cells(lines.get(i));
      int row = i + 1;
      double[] values = new double[COLUMNS.size()];
      for (int column = 0; column < values.length; column++) {
        int at = head.indexOf(COLUMNS.get(column));
        boolean there = at >= 0 && at < cells.size() && !cells.get(at).isEmpty();
        values[column] = there ? number(file, row, cells.get(at)) : 0;
      }
      int epoch = (int) number(file, row, epochColumn < cells.size() ? cells.get(epochColumn) : "");
      found.put(
          epoch,
          new EpochMetrics(epoch, values[0], values[1], values[2], values[3], List.of(), 0, 0));
    }
    List<EpochMetrics> metrics = new ArrayList<>(found.values());
    metrics.removeIf(one -> !epochs.contains(one.epoch()));
    metrics.sort(Comparator.comparingInt(EpochMetrics::epoch));
    return metrics;
  }

  private static List<String> cells(String line) {
    List<String> cells = new ArrayList<>();
    for (String cell : line.split(",", -1)) {
      cells.add(cell.strip().replace("\"", "").toLowerCase(Locale.ROOT));
    }
    return cells;
  }

  private static double number(Path file, int line, String text) {
    try {
      double number = Double.parseDouble(text);
      if (Double.isFinite(number)) {
        return number;
      }
    } catch (NumberFormatException _) { // said below
    }
    throw InputException.malformed(
        file.toString(),
        "line " + line,
        "'" + text + "'",
        "finite numbers",
        "leave the cell empty, or the epoch out");
  }
}
