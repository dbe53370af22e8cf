package io.inscape.study.table;

import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/// A database in memory for one task, which no file of the study is known to.
final class Database implements AutoCloseable {
  private final DuckDBConnection connection;

  private Database(DuckDBConnection connection) {
    this.connection = connection;
  }

  static Database open() throws SQLException {
    Properties settings = new Properties();
    settings.setProperty("autoinstall_known_extensions", "false"); // nothing is fetched
    settings.setProperty("autoload_known_extensions", "false");
    settings.setProperty("temp_directory", ""); // and nothing left in the folder one stands in
    return new Database((DuckDBConnection) DriverManager.getConnection("jdbc:duckdb:", settings));
  }

  DuckDBConnection connection() {
    return connection;
  }

  void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /// Takes a table in, under its own name.
  void load(Table table) throws SQLException {
    List<String> columns =
        table.fields().stream()
            .map(field -> identifier(field.name()) + " " + field.type().sql())
            .toList();
    if (columns.isEmpty()) { // nothing is known yet, and a table needs a column
      columns = List.of("run VARCHAR");
    }
    execute("CREATE TABLE " + identifier(table.name()) + " (" + String.join(", ", columns) + ")");
    try (DuckDBAppender appender = connection.createAppender("main", table.name())) {
      table
          .blocks()
          .each(block -> {
            try {
              append(appender, block);
            } catch (SQLException e) {
              throw new IllegalStateException("rows of " + table.name() + " do not fit", e);
            }
          });
    }
  }

  private static void append(DuckDBAppender appender, List<Cells> block) throws SQLException {
    int count = block.getFirst().count();
    for (int row = 0; row < count; row++) {
      appender.beginRow();
      for (Cells cells : block) {
        append(appender, cells, row);
      }
      appender.endRow();
    }
  }

  private static void append(DuckDBAppender appender, Cells cells, int row) throws SQLException {
    String text;
    switch (cells) {
      case Cells.Ints(var values) -> appender.append(values[row]);
      case Cells.Longs(var values, var missing) -> {
        if (missing.get(row)) {
          appender.appendNull();
        } else {
          appender.append(values[row]);
        }
      }
      case Cells.Floats(var values) -> {
        if (Float.isNaN(values[row])) {
          appender.appendNull();
        } else {
          appender.append(values[row]);
        }
      }
      case Cells.Doubles(var values) -> {
        if (Double.isNaN(values[row])) {
          appender.appendNull();
        } else {
          appender.append(values[row]);
        }
      }
      case Cells.Texts texts -> {
        text = texts.text(row);
        if (text == null) {
          appender.appendNull();
        } else {
          appender.append(text);
        }
      }
    }
  }

  static String identifier(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  static String literal(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
