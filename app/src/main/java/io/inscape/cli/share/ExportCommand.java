package io.inscape.cli.share;

import io.inscape.cli.option.OutputOptions;
import io.inscape.study.Study;
import io.inscape.study.analysis.AnalysisResult;
import io.inscape.study.table.KeptResults;
import io.inscape.study.table.ResultTables;
import io.inscape.study.table.RowChoice;
import io.inscape.study.table.StudyTables;
import io.inscape.study.table.Table;
import io.inscape.study.table.TableField;
import io.inscape.study.table.TableFile;
import io.inscape.study.table.TableFormat;
import io.inscape.study.table.TableQuery;
import io.inscape.terminal.Console;
import io.inscape.terminal.Interrupts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `inscape export`: what a study knows, as files for other tools.
@Command(
    name = "export",
    description = {
      "Writes tables of a study as CSV, Parquet or NumPy files.",
      "",
      "Tables: runs, metrics, recalls, observations, predictions, quality, scores, results; or one kept result by its"
          + " digest; or the answer to a question in SQL about these tables.",
      "Without --output, CSV goes to standard output."
    })
public final class ExportCommand implements Callable<Integer> {
  private final Console console;
  @Mixin private final OutputOptions output = new OutputOptions();

  @Option(names = "--study", required = true, paramLabel = "DIR", description = "The study folder.")
  private Path folder = Path.of("");

  @Option(names = "--what", paramLabel = "TABLE", description = "One of the tables.")
  private @Nullable String what;

  @Option(
      names = "--result",
      paramLabel = "DIGEST",
      description =
          "A kept result, by its digest or the beginning of it; --what results lists them.")
  private @Nullable String result;

  @Option(
      names = "--part",
      paramLabel = "NAME",
      description = "Which table of a result that has several. Default: the main one.")
  private @Nullable String part;

  @Option(
      names = "--query",
      paramLabel = "SQL",
      description =
          "A SELECT about the tables, such as \"SELECT run, max(test_accuracy) FROM metrics GROUP BY run\".")
  private @Nullable String query;

  @Option(names = "--run", paramLabel = "R", description = "Of --what: only this run.")
  private @Nullable String run;

  @Option(names = "--epoch", paramLabel = "N", description = "Of --what: only this epoch.")
  private @Nullable Integer epoch;

  @Option(
      names = "--rows",
      paramLabel = "FILE.npy|N,N,...",
      description = "Only these observations, by their rows in the study. Default: all.")
  private @Nullable String rows;

  @Option(
      names = "--format",
      paramLabel = "csv|parquet|npy",
      description = "What to write. Default: what the name of the file ends with, else csv.")
  private @Nullable TableFormat format;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description =
          "Where to write. NumPy: a folder for one file for each column, or FILE.npz for all in one.")
  private @Nullable Path file;

  /// The command.
  ///
  /// @param console it speaks to
  public ExportCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws Exception {
    output.apply(console);
    requireOne();
    return Interrupts.guard(console, "Nothing was written.", this::export);
  }

  private void requireOne() {
    int named = (what == null ? 0 : 1) + (result == null ? 0 : 1) + (query == null ? 0 : 1);
    if (named != 1) {
      throw new IllegalArgumentException(
          "name one of --what, --result and --query, got "
              + named
              + "; the tables are "
              + String.join(", ", StudyTables.NAMES));
    }
    if (what == null && (run != null || epoch != null)) {
      throw new IllegalArgumentException("--run and --epoch choose rows of --what; leave them out");
    }
    if (query != null && rows != null) {
      throw new IllegalArgumentException(
          "--rows cannot go with --query; write WHERE row IN (...) instead");
    }
    if (result == null && part != null) {
      throw new IllegalArgumentException("--part is of a result; leave it out");
    }
  }

  private int export() throws IOException {
    try (Study study = Study.openReadOnly(folder)) {
      Table table = table(study);
      TableFormat chosen = format == null ? guessed() : format;
      if (file == null) {
        print(table, chosen);
        return 0;
      }
      List<Path> written = TableFile.write(table, chosen, file);
      console.note("Wrote " + table.rows() + " rows of " + table.fields().size() + " columns.");
      if (output.json()) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("files", written.stream().map(Path::toString).toList());
        answer.put("table", table.name());
        answer.put("rows", table.rows());
        answer.put("columns", table.fields().stream().map(TableField::name).toList());
        console.json(answer);
      } else {
        written.forEach(path -> console.line(path.toString()));
      }
      return 0;
    }
  }

  private void print(Table table, TableFormat chosen) throws IOException {
    if (chosen != TableFormat.CSV || output.json()) {
      throw new IllegalArgumentException(
          "only CSV goes to standard output; add --output FILE for anything else");
    }
    TableFile.writeCsv(table, console.out());
  }

  private TableFormat guessed() {
    String name = file == null ? "" : file.toString();
    if (name.endsWith(".parquet")) {
      return TableFormat.PARQUET;
    }
    return name.endsWith(".npz") ? TableFormat.NPY : TableFormat.CSV;
  }

  private Table table(Study study) {
    if (query != null) {
      return TableQuery.ask(study, query);
    }
    RowChoice chosen =
        rows == null ? RowChoice.all(study.count()) : RowChoice.parse(rows, study.count());
    if (what != null) {
      return new StudyTables(study).table(what, new StudyTables.Choice(run, epoch, chosen));
    }
    AnalysisResult kept = KeptResults.find(study, String.valueOf(result));
    List<Table> tables = new ResultTables(study).of(kept, chosen);
    if (part == null) {
      return tables.getFirst();
    }
    return tables.stream()
        .filter(table -> table.name().equals(part))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "result "
                    + kept.digest()
                    + " has no part "
                    + part
                    + "; there are "
                    + String.join(", ", tables.stream().map(Table::name).toList())));
  }
}
