package io.inscape.recipe;

import io.inscape.study.Study;
import io.inscape.study.run.RunInfo;
import io.inscape.training.EpochMetrics;
import io.inscape.vectors.TextTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/// What came out of a reproduction of Cantareira et al. 2020, as text for people and for programs.
public final class CantareiraReport {
  static final String EPOCHS_FIGURE = "over-epochs.svg";
  static final String LAYERS_FIGURE = "over-layers.svg";

  private static final List<String> STEP_COLUMNS =
      List.of(
          "ownNeighborhoodHit",
          "alignedNeighborhoodHit",
          "unalignedNeighborhoodHit",
          "alignedStress",
          "unalignedStress",
          "alignedTrustworthiness",
          "unalignedTrustworthiness",
          "ownClassRatio",
          "alignedClassRatio",
          "unalignedClassRatio");

  private final Study study;
  private final int epochs;
  private final Cantareira2020.Findings findings;

  /// A report.
  ///
  /// @param study that was looked at
  /// @param epochs how long was trained
  /// @param findings what came out
  public CantareiraReport(Study study, int epochs, Cantareira2020.Findings findings) {
    this.study = study;
    this.epochs = epochs;
    this.findings = findings;
  }

  private String dataset() {
    return study.info().dataset().name();
  }

  private List<LearningSpace> spaces() {
    List<LearningSpace> spaces = new ArrayList<>(findings.overEpochs());
    spaces.addAll(findings.overLayers());
    return spaces;
  }

  /// {@return the report as lines for a terminal}
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add("test accuracy, here (published)");
    TextTable accuracy = new TextTable(header("network").toArray(String[]::new));
    for (RunInfo run : findings.runs()) {
      accuracy.add(accuracies(run).toArray(String[]::new));
    }
    lines.addAll(accuracy.lines());
    for (LearningSpace space : spaces()) {
      lines.add("");
      lines.add(space.title());
      TextTable table =
          new TextTable(
              "step", "NH own", "aligned", "unaligned", "stress aligned", "unaligned", "");
      for (Map<?, ?> step : space.steps()) {
        table.add(
            String.valueOf(step.get("name")),
            percent(step.get("ownNeighborhoodHit")),
            percent(step.get("alignedNeighborhoodHit")),
            percent(step.get("unalignedNeighborhoodHit")),
            decimal(step.get("alignedStress")),
            decimal(step.get("unalignedStress")),
            step.get("warning") == null ? "" : "see the report");
      }
      lines.addAll(table.lines());
    }
    return lines;
  }

  /// {@return the report for programs}
  public Map<String, Object> toMap() {
    List<Map<String, Object>> sequences =
        spaces().stream()
            .map(space ->
                Map.<String, Object>of(
                    "what", space.title(),
                    "digest", space.digest(),
                    "movement", space.movement(),
                    "quality",
                        space.result().quality() == null ? Map.of() : space.result().quality()))
            .toList();
    return Map.of(
        "dataset", dataset(),
        "epochs", epochs,
        "accuracy", accuracyMaps(),
        "sequences", sequences,
        "probes", findings.probes());
  }

  private List<Map<String, Object>> accuracyMaps() {
    List<Map<String, Object>> maps = new ArrayList<>();
    for (RunInfo run : findings.runs()) {
      for (int epoch : columns()) {
        Map<String, Object> map = new java.util.LinkedHashMap<>();
        map.put("run", run.name());
        map.put("epoch", epoch);
        map.put("testAccuracy", accuracy(run, epoch));
        OptionalDouble published = published(run, epoch);
        map.put("published", published.isPresent() ? (Double) published.getAsDouble() : null);
        maps.add(map);
      }
    }
    return maps;
  }

  /// The kept epochs, without the untrained network.
  private List<Integer> columns() {
    return findings.runs().getFirst().snapshots().stream().filter(epoch -> epoch > 0).toList();
  }

  private List<String> header(String first) {
    List<String> cells = new ArrayList<>(List.of(first));
    columns().forEach(epoch -> cells.add("epoch " + epoch));
    cells.add("");
    return cells;
  }

  private List<String> accuracies(RunInfo run) {
    List<String> cells = new ArrayList<>(List.of(run.name()));
    for (int epoch : columns()) {
      OptionalDouble published = published(run, epoch);
      cells.add(
          share(accuracy(run, epoch))
              + (published.isPresent() ? " (" + share(published.getAsDouble()) + ")" : ""));
    }
    cells.add(String.format(Locale.ROOT, "%,d parameters", run.parameterCount()));
    return cells;
  }

  private OptionalDouble published(RunInfo run, int epoch) {
    return run.shuffledLabels()
        ? OptionalDouble.empty()
        : PublishedAccuracy.of(dataset(), run.architecture(), epoch);
  }

  private static @Nullable Double accuracy(RunInfo run, int epoch) {
    for (EpochMetrics metrics : run.metrics()) {
      if (metrics.epoch() == epoch) {
        return metrics.testAccuracy();
      }
    }
    return null;
  }

  /// {@return a line for each step of each sequence, numbers as they are}
  String csv() {
    StringBuilder text =
        new StringBuilder("sequence,step," + String.join(",", STEP_COLUMNS) + ",digest\n");
    for (LearningSpace space : spaces()) {
      for (Map<?, ?> step : space.steps()) {
        text.append(quoted(space.title())).append(',').append(quoted(step.get("name")));
        for (String column : STEP_COLUMNS) {
          Object value = step.get(column);
          text.append(',').append(value == null ? "" : value);
        }
        text.append(',').append(space.digest()).append('\n');
      }
    }
    return text.toString();
  }

  private static String quoted(@Nullable Object text) {
    return '"' + String.valueOf(text).replace("\"", "\"\"") + '"';
  }

  /// {@return the report in Markdown}
  ///
  /// @param provenance how the figures were made
  String markdown(String provenance) {
    StringBuilder text = new StringBuilder("# Cantareira et al. 2020, the learning space of ");
    text.append(dataset()).append("\n\n");
    text.append(
        """
        Gabriel D. Cantareira, Fernando V. Paulovich, Elham Etemad: Visualizing Learning Space in Neural Network Hidden Layers.
        IVAPP 2020, pages 110-121; extended in Information 11(9):426, 2020, DOI 10.3390/info11090426.

        """);
    accuracyTable(text);
    section(
        text,
        "The last hidden layer over the epochs",
        EPOCHS_FIGURE,
        CantareiraWords.overEpochs(dataset()),
        findings.overEpochs());
    if (!findings.overLayers().isEmpty()) {
      section(
          text,
          "From layer to layer",
          LAYERS_FIGURE,
          CantareiraWords.overLayers(dataset()),
          findings.overLayers());
    }
    text.append("## Does the rest add anything?\n\n");
    text.append(new RestWords(findings, epochs).markdown());
    text.append("## How far to trust these pictures\n\n").append(trust());
    text.append("## What differs\n\n").append(CantareiraWords.differences(epochs));
    return text.append('\n').append(provenance).append('\n').toString();
  }

  private void accuracyTable(StringBuilder text) {
    String table = PublishedAccuracy.table(dataset());
    text.append("## Test accuracy\n\n");
    text.append(
        table.isEmpty()
            ? "The paper has no numbers for this data set.\n\n"
            : "Here, and in brackets in the paper's " + table.toLowerCase(Locale.ROOT) + ".\n\n");
    row(text, header("network"));
    text.append("|---").repeat("|--:", columns().size()).append("|--:|\n");
    findings.runs().forEach(run -> row(text, accuracies(run)));
    text.append('\n');
  }

  private static void section(
      StringBuilder text, String title, String figure, String paper, List<LearningSpace> spaces) {
    text.append("## ").append(title).append("\n\n").append(paper).append('\n');
    text.append("![").append(title).append("](").append(figure).append(")\n\n");
    row(
        text,
        List.of(
            "sequence",
            "step",
            "NH own",
            "aligned",
            "unaligned",
            "stress aligned",
            "unaligned",
            "class ratio own",
            "aligned",
            "unaligned"));
    text.append("|---|---").repeat("|--:", 8).append("|\n");
    for (LearningSpace space : spaces) {
      for (Map<?, ?> step : space.steps()) {
        row(
            text,
            List.of(
                space.title(),
                String.valueOf(step.get("name")),
                percent(step.get("ownNeighborhoodHit")),
                percent(step.get("alignedNeighborhoodHit")),
                percent(step.get("unalignedNeighborhoodHit")),
                decimal(step.get("alignedStress")),
                decimal(step.get("unalignedStress")),
                decimal(step.get("ownClassRatio")),
                decimal(step.get("alignedClassRatio")),
                decimal(step.get("unalignedClassRatio"))));
      }
    }
    text.append('\n');
    movement(text, spaces);
    text.append(CantareiraWords.direction(spaces));
  }

  private static void movement(StringBuilder text, List<LearningSpace> spaces) {
    row(
        text,
        List.of(
            "sequence",
            "movement in a step",
            "of it outward",
            "spread first",
            "last",
            "field energy",
            "Spearman aligned",
            "unaligned",
            "Pearson aligned",
            "unaligned"));
    text.append("|---").repeat("|--:", 9).append("|\n");
    for (LearningSpace space : spaces) {
      LearningSpace.Movement movement = space.movement();
      var field = space.result().field();
      row(
          text,
          List.of(
              space.title(),
              decimal(movement.perStep()),
              percent(movement.outward()),
              decimal(movement.firstSpread()),
              decimal(movement.lastSpread()),
              field == null ? "" : decimal(field.report().get("energy")),
              decimal(space.stability("aligned", "spearman")),
              decimal(space.stability("unaligned", "spearman")),
              decimal(space.stability("aligned", "pearson")),
              decimal(space.stability("unaligned", "pearson"))));
    }
    text.append('\n');
  }

  private String trust() {
    StringBuilder text = new StringBuilder(CantareiraWords.TRUST);
    boolean any = false;
    for (LearningSpace space : spaces()) {
      for (String warning : space.warnings()) {
        text.append("* ").append(space.title()).append(": ").append(warning).append('\n');
        any = true;
      }
    }
    if (!any) {
      text.append("* No step's aligned neighborhood hit exceeds that of its own space.\n");
    }
    boolean control = findings.runs().stream().anyMatch(RunInfo::shuffledLabels);
    text.append(control ? CantareiraWords.CONTROL : CantareiraWords.NO_CONTROL);
    return text.append('\n').toString();
  }

  private static void row(StringBuilder text, List<String> cells) {
    text.append("| ").append(String.join(" | ", cells)).append(" |\n");
  }

  private static String share(@Nullable Double value) {
    return value == null ? "-" : String.format(Locale.ROOT, "%.4f", value);
  }

  private static String percent(@Nullable Object value) {
    return value instanceof Number number ? Projector.percent(number.doubleValue()) : "-";
  }

  private static String decimal(@Nullable Object value) {
    return value instanceof Number number
        ? String.format(Locale.ROOT, "%.4f", number.doubleValue())
        : "-";
  }
}
