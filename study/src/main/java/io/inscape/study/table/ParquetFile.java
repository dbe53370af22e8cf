package io.inscape.study.table;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;

/// Writes a table as Parquet, by a database in memory that takes it in and puts it out.
final class ParquetFile {
  private ParquetFile() {}

  static void write(Table table, Path file) throws IOException {
    List<String> entries =
        table.provenance().entrySet().stream()
            .map(entry ->
                Database.identifier(entry.getKey()) + ": " + Database.literal(entry.getValue()))
            .toList();
    try (Database database = Database.open()) {
      database.load(table);
      database.execute(
          "COPY "
              + Database.identifier(table.name())
              + " TO "
              + Database.literal(file.toString())
              + " (FORMAT parquet, COMPRESSION zstd"
              + (entries.isEmpty() ? "" : ", KV_METADATA {" + String.join(", ", entries) + "}")
              + ")");
    } catch (SQLException e) {
      throw new IOException(e.getMessage(), e);
    }
  }
}
