package io.inscape.dataset.table;

import io.inscape.dataset.InputException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A table as a Parquet file, read by DuckDB in this process: it sees this file and nothing else,
/// loads no extensions and writes nothing.
final class ParquetFile implements TableFile {
  private static final long LEAST_MEMORY = 128L << 20;

  private final Path path;
  private final List<String> names;

  private ParquetFile(Path path, List<String> names) {
    this.path = path;
    this.names = names;
  }

  static ParquetFile open(Path path) {
    List<String> names = new ArrayList<>();
    query(
        path,
        " limit 0",
        rows -> {
          ResultSetMetaData columns = rows.getMetaData();
          if (columns.getColumnCount() > MOST_COLUMNS) {
            throw ColumnNames.tooMany(path, Integer.toString(columns.getColumnCount()));
          }
          for (int i = 1; i <= columns.getColumnCount(); i++) {
            requireValues(path, columns, i);
            names.add(columns.getColumnName(i));
          }
        });
    return new ParquetFile(path, ColumnNames.require(path, names));
  }

  private static void requireValues(Path path, ResultSetMetaData columns, int index)
      throws SQLException {
    String type = columns.getColumnTypeName(index);
    if (type.endsWith("]") || type.startsWith("STRUCT") || type.startsWith("MAP")) {
      throw InputException.unsupported(
          path.toString(),
          "column '" + columns.getColumnName(index) + "'",
          "several values in each row (" + type + ")",
          "one number or text in each row",
          "spread it over columns, or save it as vectors.npy and labels.npy in a folder");
    }
  }

  @Override
  public Path file() {
    return path;
  }

  @Override
  public List<String> columns() {
    return names;
  }

  @Override
  public void read(Consumer<Row> taker) {
    query(
        path,
        "",
        rows -> {
          ParquetRow row = new ParquetRow(rows, names.size());
          while (rows.next()) {
            row.next();
            taker.accept(row);
          }
        });
  }

  /// Reads a result.
  private interface Reader {
    void read(ResultSet rows) throws SQLException;
  }

  private static void query(Path path, String limit, Reader reader) {
    String quoted = "'" + path.toAbsolutePath().normalize().toString().replace("'", "''") + "'";
    Properties settings = new Properties();
    settings.setProperty("jdbc_stream_results", "true"); // rows pass by, they are not collected
    settings.setProperty("autoinstall_known_extensions", "false");
    settings.setProperty("autoload_known_extensions", "false");
    settings.setProperty("threads", "2");
    settings.setProperty("memory_limit", memory() / (1 << 20) + "MiB");
    settings.setProperty("temp_directory", "");
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:", settings);
        Statement statement = connection.createStatement()) {
      statement.execute("SET allowed_paths=[" + quoted + ", " + glob(quoted) + "]");
      statement.execute("SET enable_external_access=false");
      statement.execute("SET lock_configuration=true");
      try (ResultSet rows =
          statement.executeQuery("SELECT * FROM read_parquet(" + glob(quoted) + ")" + limit)) {
        reader.read(rows);
      }
    } catch (SQLException e) {
      throw damaged(path, e);
    }
  }

  /// Signs that would stand for several files, as signs that mean themselves.
  private static String glob(String quoted) {
    return quoted.replaceAll("([*?\\[])", "[$1]");
  }

  private static long memory() {
    return Math.max(LEAST_MEMORY, Runtime.getRuntime().maxMemory() / 2);
  }

  private static InputException damaged(Path path, SQLException cause) {
    String reason = String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
    InputException result =
        InputException.malformed(
            path.toString(),
            "its content",
            "what DuckDB cannot read ("
                + reason.replace(path.toAbsolutePath().normalize().toString(), path.toString())
                + ")",
            "a whole Parquet file",
            "the file is cut or damaged, write it again");
    result.addSuppressed(cause);
    return result;
  }

  /// The row that the result stands at.
  private static final class ParquetRow implements Row {
    private final ResultSet rows;
    private final boolean[] numeric; // by column
    private final boolean[] truth; // by column: true is 1
    private long row;

    ParquetRow(ResultSet rows, int columns) throws SQLException {
      this.rows = rows;
      this.numeric = new boolean[columns];
      this.truth = new boolean[columns];
      for (int i = 0; i < columns; i++) {
        numeric[i] = isNumeric(rows.getMetaData(), i + 1);
        truth[i] = rows.getMetaData().getColumnTypeName(i + 1).equals("BOOLEAN");
      }
    }

    private static boolean isNumeric(ResultSetMetaData columns, int index) throws SQLException {
      String type = columns.getColumnTypeName(index).toUpperCase(Locale.ROOT);
      return type.endsWith("INT")
          || type.equals("INTEGER")
          || type.equals("UINTEGER")
          || type.equals("FLOAT")
          || type.equals("DOUBLE")
          || type.startsWith("DECIMAL")
          || type.equals("BOOLEAN");
    }

    void next() {
      row++;
    }

    @Override
    public String place() {
      return "row " + row;
    }

    @Override
    public double number(int column) {
      try {
        if (!numeric[column]) {
          return Double.NaN;
        }
        double value =
            truth[column] ? (rows.getBoolean(column + 1) ? 1 : 0) : rows.getDouble(column + 1);
        return rows.wasNull() ? Double.NaN : value;
      } catch (SQLException e) {
        throw new IllegalStateException("column " + column + " is there", e);
      }
    }

    @Override
    public String text(int column) {
      try {
        @Nullable String text = rows.getString(column + 1);
        return text == null ? "" : text.strip();
      } catch (SQLException e) {
        throw new IllegalStateException("column " + column + " is there", e);
      }
    }
  }
}
