package io.inscape.study.table;

import io.inscape.dataset.InputException;
import io.inscape.dataset.InputStatistic;
import io.inscape.dataset.InputStatistics;
import io.inscape.study.Study;
import io.inscape.study.analysis.Analysis;
import io.inscape.study.analysis.AnalysisResult;
import io.inscape.study.analysis.Quality;
import io.inscape.study.analysis.ResultSummary;
import io.inscape.study.analysis.Results;
import io.inscape.study.file.Json;
import io.inscape.study.file.StudyException;
import io.inscape.study.run.Run;
import io.inscape.study.run.RunInfo;
import io.inscape.training.EpochMetrics;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a study knows, as tables.
///
/// | table | a row is |
/// |---|---|
/// | `runs` | a run |
/// | `metrics` | an epoch of a run |
/// | `recalls` | a class at an epoch of a run |
/// | `observations` | an observation, with the figures of its input |
/// | `predictions` | an observation as a run's network sees it at a kept epoch |
/// | `quality` | a kept projection, or a step of a kept sequence |
/// | `scores` | a unit and a class of a kept result of neuron scores |
/// | `results` | a kept result |
public final class StudyTables {
  /// What the tables are called.
  public static final List<String> NAMES =
      List.of(
          "runs",
          "metrics",
          "recalls",
          "observations",
          "predictions",
          "quality",
          "scores",
          "results");

  private final Study study;
  private final Results results;
  private final Map<String, String> provenance;

  /// The tables of a study.
  ///
  /// @param study stays open as long as this is used
  public StudyTables(Study study) {
    this.study = study;
    this.results = new Results(study);
    this.provenance = Provenance.of(study);
  }

  /// What of a table is wanted.
  ///
  /// @param run only of this run; null for all
  /// @param epoch only of this epoch; null for all
  /// @param rows only these observations, where rows are observations
  public record Choice(@Nullable String run, @Nullable Integer epoch, RowChoice rows) {
    /// Everything.
    ///
    /// @param study whose
    /// @return the choice
    public static Choice all(Study study) {
      return new Choice(null, null, RowChoice.all(study.count()));
    }

    boolean takes(@Nullable Object ofRun, @Nullable Object ofEpoch) {
      return (run == null || run.equals(ofRun)) && (epoch == null || epoch.equals(ofEpoch));
    }
  }

  /// A table by its name.
  ///
  /// @param name one of [#NAMES]
  /// @param choice what of it
  /// @return the table, made as it is written
  /// @throws IllegalArgumentException if there is no such table
  /// @throws StudyException if the run or epoch is not there
  public Table table(String name, Choice choice) {
    if (choice.run() != null) {
      study.run(choice.run());
    }
    return switch (name) {
      case "runs" -> Records.table(name, runs(choice), provenance);
      case "metrics" -> Records.table(name, metrics(choice), provenance);
      case "recalls" -> Records.table(name, recalls(choice), provenance);
      case "observations" -> observations(choice.rows());
      case "predictions" -> new PredictionRows(study, choice, provenance).table();
      case "quality" -> Records.table(name, quality(choice), provenance);
      case "scores" -> new ScoreRows(study, results, choice, provenance).table();
      case "results" -> Records.table(name, kept(choice), provenance);
      default ->
          throw new IllegalArgumentException(
              "there is no table \"" + name + "\"; there are " + String.join(", ", NAMES));
    };
  }

  private List<RunInfo> infos(Choice choice) {
    return study.runs().stream()
        .map(Run::info)
        .filter(run -> choice.run() == null || choice.run().equals(run.name()))
        .toList();
  }

  private List<Map<String, Object>> runs(Choice choice) {
    List<Map<String, Object>> records = new ArrayList<>();
    for (RunInfo run : infos(choice)) {
      Map<String, Object> record = new LinkedHashMap<>();
      record.put("run", run.name());
      record.put("architecture", run.architecture());
      record.put("state", run.state());
      record.put("shuffledLabels", run.shuffledLabels() ? 1 : 0);
      record.put("seed", run.seed());
      record.put("parameters", run.parameterCount());
      record.put("layers", run.layers().size());
      record.put("epochs", run.metrics().isEmpty() ? 0 : run.metrics().getLast().epoch());
      records.add(record);
    }
    return records;
  }

  private List<Map<String, Object>> metrics(Choice choice) {
    List<Map<String, Object>> records = new ArrayList<>();
    for (RunInfo run : infos(choice)) {
      for (EpochMetrics epoch : run.metrics()) {
        if (choice.takes(run.name(), epoch.epoch())) {
          Map<String, Object> record = new LinkedHashMap<>();
          record.put("run", run.name());
          record.putAll(fields(epoch));
          record.remove("testRecall");
          record.put("kept", run.snapshots().contains(epoch.epoch()) ? 1 : 0);
          records.add(record);
        }
      }
    }
    return records;
  }

  /// A record as JSON has it, so that what a later version adds to it goes out too.
  private static Map<String, Object> fields(Record value) {
    Map<String, Object> fields = new LinkedHashMap<>();
    Map<?, ?> kept = Json.read(Json.write(value), Map.class);
    kept.forEach((key, field) -> fields.put(String.valueOf(key), field));
    return fields;
  }

  private List<Map<String, Object>> recalls(Choice choice) {
    List<String> names = study.info().dataset().classNames();
    List<Map<String, Object>> records = new ArrayList<>();
    for (RunInfo run : infos(choice)) {
      for (EpochMetrics epoch : run.metrics()) {
        List<Double> recall = epoch.testRecall();
        for (int target = 0; target < Math.min(recall.size(), names.size()); target++) {
          if (choice.takes(run.name(), epoch.epoch())) {
            Map<String, Object> record = new LinkedHashMap<>();
            record.put("run", run.name());
            record.put("epoch", epoch.epoch());
            record.put("class", target);
            record.put("label", names.get(target));
            record.put("recall", recall.get(target));
            records.add(record);
          }
        }
      }
    }
    return records;
  }

  private List<Map<String, Object>> quality(Choice choice) {
    List<Map<String, Object>> records = new ArrayList<>();
    for (ResultSummary summary : results.list("projection", null)) {
      if (choice.takes(summary.source().get("run"), summary.source().get("epoch"))) {
        Map<String, Object> record = described(summary);
        figures(summary.quality(), record);
        records.add(record);
      }
    }
    for (ResultSummary summary : results.list("sequence", null)) {
      AnalysisResult result = results.get(summary.digest());
      if (result.report().get("quality") instanceof Map<?, ?> quality
          && quality.get("steps") instanceof List<?> steps) {
        for (int step = 0; step < steps.size(); step++) {
          Map<String, Object> record = described(summary);
          record.put("step", step);
          if (steps.get(step) instanceof Map<?, ?> figures) {
            scalars(figures, record);
          }
          if (choice.takes(record.get("run"), record.get("epoch"))) {
            records.add(record);
          }
        }
      }
    }
    return records;
  }

  private static void figures(@Nullable Quality quality, Map<String, Object> record) {
    if (quality != null) {
      Map<String, Object> figures = new LinkedHashMap<>(quality.figures());
      Quality.FIRST_NAMES.values().forEach(figures::remove);
      scalars(figures, record);
    }
  }

  private static void scalars(Map<?, ?> figures, Map<String, Object> record) {
    figures.forEach((name, value) -> {
      if (value instanceof Number || value instanceof String) {
        record.putIfAbsent(String.valueOf(name), value);
      } else if (value instanceof Boolean truth) {
        record.putIfAbsent(String.valueOf(name), truth ? 1 : 0);
      }
    });
  }

  private List<Map<String, Object>> kept(Choice choice) {
    List<Map<String, Object>> records = new ArrayList<>();
    for (String kind : Analysis.KINDS) {
      for (ResultSummary summary : results.list(kind, null)) {
        if (choice.takes(summary.source().get("run"), summary.source().get("epoch"))) {
          records.add(described(summary));
        }
      }
    }
    return records;
  }

  static Map<String, Object> described(ResultSummary summary) {
    Map<String, Object> record = new LinkedHashMap<>();
    record.put("result", summary.digest());
    record.put("kind", summary.kind());
    for (String key : List.of("run", "epoch", "layer")) {
      Object value = summary.source().get(key);
      if (value != null) {
        record.put(key, value);
      }
    }
    record.put("method", summary.method());
    record.put("source", Json.write(summary.source()));
    record.put("parameters", Json.write(summary.parameters()));
    return record;
  }

  private Table observations(RowChoice choice) {
    ObservationCells observations = new ObservationCells(study);
    int[] rows = choice.rows();
    List<TableField> fields = new ArrayList<>(observations.fields());
    List<Cells> cells = new ArrayList<>(observations.cells(rows));
    Map<String, String> said = new LinkedHashMap<>(provenance);
    try {
      int[] sample = study.sample();
      int[] ids = Arrays.stream(rows).map(row -> sample[row]).toArray();
      for (InputStatistic statistic : InputStatistics.of(study.content())) {
        fields.add(new TableField(Records.snake(statistic.name()), TableType.FLOAT32));
        cells.add(
            new Cells.Floats(InputStatistics.compute(study.content(), statistic.name(), ids)));
      }
    } catch (InputException | StudyException e) { // what else is known of them still goes out
      said.put("without_statistics", String.valueOf(e.getMessage()));
    }
    return Table.of("observations", fields, cells, said);
  }
}
