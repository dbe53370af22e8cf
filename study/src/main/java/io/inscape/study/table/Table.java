package io.inscape.study.table;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/// Rows with named columns, made block by block as they are written: a table may be larger than the
/// memory.
///
/// @param name what it is called in a question, such as `metrics`
/// @param fields the columns' heads; no two names are equal, whatever their case
/// @param rows how many
/// @param provenance where it comes from: study, data, parameters, version, seed
/// @param blocks makes the rows; may be asked several times
public record Table(
    String name,
    List<TableField> fields,
    long rows,
    Map<String, String> provenance,
    Blocks blocks) {
  /// Makes rows.
  @FunctionalInterface
  public interface Blocks {
    /// Makes all rows, in order.
    ///
    /// @param block takes the columns of some rows, one for each field
    void each(Consumer<List<Cells>> block);
  }

  /// Copies the heads; of names that differ by case at most, the later ones get a number.
  public Table {
    fields = unique(fields);
    provenance = Collections.unmodifiableMap(new LinkedHashMap<>(provenance));
  }

  private static List<TableField> unique(List<TableField> fields) {
    Set<String> names = new HashSet<>();
    List<TableField> all = new ArrayList<>();
    for (TableField field : fields) {
      String name = field.name();
      for (int i = 2; !names.add(name.toLowerCase(Locale.ROOT)); i++) {
        name = field.name() + "_" + i;
      }
      all.add(new TableField(name, field.type()));
    }
    return List.copyOf(all);
  }

  /// A table that is in memory already.
  static Table of(
      String name, List<TableField> fields, List<Cells> columns, Map<String, String> provenance) {
    long rows = columns.isEmpty() ? 0 : columns.getFirst().count();
    return new Table(
        name,
        fields,
        rows,
        provenance,
        block -> {
          if (rows > 0) {
            block.accept(columns);
          }
        });
  }

  /// The same table with more said of where it comes from.
  ///
  /// @param more further entries
  /// @return a new table
  public Table with(Map<String, String> more) {
    Map<String, String> all = new LinkedHashMap<>(provenance);
    all.putAll(more);
    return new Table(name, fields, rows, all, blocks);
  }
}
