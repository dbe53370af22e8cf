package io.inscape.study.table;

import io.inscape.study.file.Json;
import io.inscape.study.file.SafeFiles;
import io.inscape.study.file.StudyException;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;

/// Writes tables to files. A file is there whole or not at all.
public final class TableFile {
  private static final String LINE_BREAK = "\r\n"; // RFC 4180

  private TableFile() {}

  /// Writes a table to one file, or for NumPy to a folder of one file for each column where the
  /// path does not end with `.npz`.
  ///
  /// @param table what to write
  /// @param format how
  /// @param target the file or folder
  /// @return the files written; beside CSV and NumPy files stands one with the provenance
  /// @throws StudyException of kind [Kind#DISK] if it cannot be written
  public static List<Path> write(Table table, TableFormat format, Path target) {
    SafeFiles files = SafeFiles.plain();
    boolean folder = format == TableFormat.NPY && !target.toString().endsWith(".npz");
    List<Path> written = new ArrayList<>();
    if (folder) {
      for (int column = 0; column < table.fields().size(); column++) {
        Path file = target.resolve(fileName(table.fields().get(column).name()) + ".npy");
        int at = column;
        files.produce(
            file,
            aside -> {
              try (OutputStream out = Files.newOutputStream(aside)) {
                NpyColumn.write(table, at, out);
              }
            });
        written.add(file);
      }
    } else {
      files.produce(target, aside -> produce(table, format, aside));
      written.add(target);
    }
    if (format != TableFormat.PARQUET) {
      Path beside =
          folder
              ? target.resolve("provenance.json")
              : target.resolveSibling(target.getFileName() + ".json");
      files.write(beside, Json.pretty(table.provenance()));
      written.add(beside);
    }
    return written;
  }

  /// Writes a table to one file that nobody else looks at meanwhile.
  ///
  /// @param table what to write
  /// @param format how; NumPy files come as an archive
  /// @param file replaced
  /// @throws IOException if the disk refuses
  public static void produce(Table table, TableFormat format, Path file) throws IOException {
    switch (format) {
      case PARQUET -> ParquetFile.write(table, file);
      case CSV -> {
        try (OutputStream out = Files.newOutputStream(file)) {
          writeCsv(table, out);
        }
      }
      case NPY -> {
        try (OutputStream out = Files.newOutputStream(file)) {
          writeArchive(table, out);
        }
      }
    }
  }

  /// Writes CSV.
  ///
  /// @param table what to write
  /// @param out where to; stays open
  /// @throws IOException if it is refused
  public static void writeCsv(Table table, OutputStream out) throws IOException {
    Writer writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
    writer.write(String.join(",", table.fields().stream().map(f -> cell(f.name())).toList()));
    writer.write(LINE_BREAK);
    try {
      table.blocks().each(block -> csvRows(block, writer));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    writer.flush();
  }

  private static void csvRows(List<Cells> block, Writer writer) {
    try {
      for (int row = 0; row < block.getFirst().count(); row++) {
        for (int column = 0; column < block.size(); column++) {
          if (column > 0) {
            writer.write(',');
          }
          writer.write(cell(block.get(column).text(row)));
        }
        writer.write(LINE_BREAK);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String cell(@Nullable String text) {
    if (text == null) {
      return "";
    }
    boolean plain =
        text.indexOf(',') < 0
            && text.indexOf('"') < 0
            && text.indexOf('\n') < 0
            && text.indexOf('\r') < 0;
    return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
  }

  private static void writeArchive(Table table, OutputStream out) throws IOException {
    ZipOutputStream zip = new ZipOutputStream(out, StandardCharsets.UTF_8);
    zip.setLevel(1); // numbers hardly shrink further
    for (int column = 0; column < table.fields().size(); column++) {
      zip.putNextEntry(entry(fileName(table.fields().get(column).name()) + ".npy"));
      NpyColumn.write(table, column, zip);
      zip.closeEntry();
    }
    zip.putNextEntry(entry("provenance.json"));
    zip.write(Json.pretty(table.provenance()));
    zip.closeEntry();
    zip.finish();
  }

  private static ZipEntry entry(String name) {
    ZipEntry entry = new ZipEntry(name);
    entry.setTime(315_619_200_000L); // 1980, the earliest there is: the same table, the same bytes
    return entry;
  }

  /// A column's name as a file name: names of classes may hold anything.
  private static String fileName(String name) {
    return name.replaceAll("[^\\p{L}\\p{N}._-]", "_");
  }
}
