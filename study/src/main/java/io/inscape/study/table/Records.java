package io.inscape.study.table;

import io.inscape.study.file.Json;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Makes tables of records as JSON has them; for small tables.
final class Records {
  private Records() {}

  /// One row for each record, one column for each key that any of them has.
  static Table table(
      String name, List<? extends Map<?, ?>> records, Map<String, String> provenance) {
    Set<String> keys = new LinkedHashSet<>();
    records.forEach(record -> record.keySet().forEach(key -> keys.add(String.valueOf(key))));
    Map<String, Cells> columns = new LinkedHashMap<>();
    for (String key : keys) {
      List<@Nullable Object> values = new ArrayList<>();
      records.forEach(record -> values.add(record.get(key)));
      columns.putIfAbsent(snake(key), cells(values));
    }
    List<TableField> fields = new ArrayList<>();
    columns.forEach((field, cells) -> fields.add(new TableField(field, cells.type())));
    return Table.of(name, fields, List.copyOf(columns.values()), provenance);
  }

  /// Whole numbers where all are, floats where all are numbers, else texts; what is nested is its
  /// JSON.
  private static Cells cells(List<@Nullable Object> values) {
    boolean numbers = values.stream().allMatch(value -> value == null || value instanceof Number);
    boolean whole =
        values.stream()
            .allMatch(value -> value == null || value instanceof Integer || value instanceof Long);
    boolean known = values.stream().anyMatch(value -> value != null);
    if (known && whole) {
      return longs(values);
    }
    if (known && numbers) {
      double[] all = new double[values.size()];
      for (int row = 0; row < all.length; row++) {
        all[row] = values.get(row) instanceof Number number ? number.doubleValue() : Double.NaN;
      }
      return new Cells.Doubles(all);
    }
    List<@Nullable String> texts = new ArrayList<>();
    values.forEach(value -> texts.add(text(value)));
    return Cells.Texts.of(texts);
  }

  private static Cells longs(List<@Nullable Object> values) {
    long[] all = new long[values.size()];
    BitSet missing = new BitSet();
    for (int row = 0; row < all.length; row++) {
      if (values.get(row) instanceof Number number) {
        all[row] = number.longValue();
      } else {
        missing.set(row);
      }
    }
    return new Cells.Longs(all, missing);
  }

  private static @Nullable String text(@Nullable Object value) {
    return switch (value) {
      case null -> null;
      case String text -> text;
      case Enum<?> one -> one.name().toLowerCase(Locale.ROOT);
      case List<?> list -> Json.write(list);
      case Map<?, ?> map -> Json.write(map);
      default -> String.valueOf(value);
    };
  }

  /// `neighborhoodHit` as `neighborhood_hit`, which SQL takes without quotes.
  static String snake(String name) {
    return name.replaceAll("([a-z0-9])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
  }
}
