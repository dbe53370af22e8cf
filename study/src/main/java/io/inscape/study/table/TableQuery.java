package io.inscape.study.table;

import io.inscape.study.Study;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A question about a study's tables, in DuckDB's SQL.
///
/// The tables that the question names are copied into a database in memory, which is then shut off
/// from every file and every network: a question can read nothing else and change nothing.
public final class TableQuery {
  private TableQuery() {}

  /// Asks.
  ///
  /// @param study whose tables; see [StudyTables]
  /// @param sql one SELECT
  /// @return the answer, in memory
  /// @throws IllegalArgumentException if the question cannot be understood, or asks for something
  ///   else than the study's tables
  public static Table ask(Study study, String sql) {
    StudyTables tables = new StudyTables(study);
    try (Database database = Database.open()) {
      for (String name : StudyTables.NAMES) {
        boolean named =
            Pattern.compile("\\b" + name + "\\b", Pattern.CASE_INSENSITIVE).matcher(sql).find();
        if (named) {
          database.load(tables.table(name, StudyTables.Choice.all(study)));
        }
      }
      database.execute("SET enable_external_access = false");
      database.execute("SET lock_configuration = true");
      Map<String, String> provenance = new LinkedHashMap<>(Provenance.of(study));
      provenance.put("query", sql);
      return answer(database, sql, provenance);
    } catch (SQLException e) {
      throw new IllegalArgumentException(
          "the query cannot be answered: "
              + String.valueOf(e.getMessage()).strip().replaceAll("\\s*\\R\\s*", "; ")
              + "; the tables are "
              + String.join(", ", StudyTables.NAMES),
          e);
    }
  }

  private static Table answer(Database database, String sql, Map<String, String> provenance)
      throws SQLException {
    try (Statement statement = database.connection().createStatement()) {
      if (!statement.execute(sql)) {
        throw new IllegalArgumentException(
            "the query must be a SELECT, which answers with rows, got \"" + sql + "\"");
      }
      try (ResultSet rows = statement.getResultSet()) {
        ResultSetMetaData meta = rows.getMetaData();
        List<Gathered> columns = new ArrayList<>();
        for (int i = 1; i <= meta.getColumnCount(); i++) {
          columns.add(new Gathered(meta.getColumnName(i), type(meta.getColumnType(i))));
        }
        while (rows.next()) {
          for (int i = 0; i < columns.size(); i++) {
            columns.get(i).values().add(rows.getObject(i + 1));
          }
        }
        List<TableField> fields = columns.stream().map(Gathered::field).toList();
        return Table.of(
            "answer", fields, columns.stream().map(Gathered::cells).toList(), provenance);
      }
    }
  }

  private static TableType type(int sql) {
    return switch (sql) {
      case Types.BOOLEAN, Types.TINYINT, Types.SMALLINT, Types.INTEGER, Types.BIGINT ->
          TableType.INT64;
      case Types.FLOAT, Types.REAL -> TableType.FLOAT32;
      case Types.DOUBLE, Types.DECIMAL, Types.NUMERIC -> TableType.FLOAT64;
      default -> TableType.TEXT;
    };
  }

  /// A column of an answer.
  private record Gathered(String name, TableType type, List<@Nullable Object> values) {
    Gathered(String name, TableType type) {
      this(name, type, new ArrayList<>());
    }

    /// Sums of whole numbers come as numbers of 128 bits, which no other format has.
    TableField field() {
      return new TableField(name, cells().type());
    }

    Cells cells() {
      boolean numbers =
          type == TableType.TEXT
              && values.stream().anyMatch(value -> value instanceof java.math.BigInteger)
              && values.stream().allMatch(value -> value == null || value instanceof Number);
      TableType wanted = numbers ? TableType.FLOAT64 : type;
      return switch (wanted) {
        case INT32, INT64 -> longs();
        case FLOAT32 -> floats();
        case FLOAT64 -> doubles();
        case TEXT ->
            Cells.Texts.of(
                values.stream().map(value -> value == null ? null : text(value)).toList());
      };
    }

    private static String text(Object value) {
      return value instanceof String text ? text : String.format(Locale.ROOT, "%s", value);
    }

    private Cells longs() {
      long[] all = new long[values.size()];
      BitSet missing = new BitSet();
      for (int row = 0; row < all.length; row++) {
        switch (values.get(row)) {
          case Number number -> all[row] = number.longValue();
          case Boolean truth -> all[row] = truth ? 1 : 0;
          case null, default -> missing.set(row);
        }
      }
      return new Cells.Longs(all, missing);
    }

    private Cells floats() {
      float[] all = new float[values.size()];
      for (int row = 0; row < all.length; row++) {
        all[row] = values.get(row) instanceof Number number ? number.floatValue() : Float.NaN;
      }
      return new Cells.Floats(all);
    }

    private Cells doubles() {
      double[] all = new double[values.size()];
      for (int row = 0; row < all.length; row++) {
        all[row] = values.get(row) instanceof Number number ? number.doubleValue() : Double.NaN;
      }
      return new Cells.Doubles(all);
    }
  }
}
