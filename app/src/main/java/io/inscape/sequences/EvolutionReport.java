package io.inscape.sequences;

import io.inscape.evolution.Alignments;
import io.inscape.evolution.params.AlignmentParams;
import io.inscape.parameter.Parameters;
import io.inscape.vectors.Stages;
import io.inscape.vectors.TextTable;
import io.inscape.vectors.Words;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What is said about the evolution of a sequence.
///
/// @param input what was looked at, for programs
/// @param identity whether the rows are known to be the same observations, in words
/// @param params how it was aligned
/// @param outputs the files that were written
/// @param keeping where it is kept in a study; null if it is not
/// @param result what came out
/// @param seconds how long each stage took
/// @param cpuSeconds the processor seconds of each stage; empty for what was computed before
public record EvolutionReport(
    Map<String, ?> input,
    String identity,
    AlignmentParams params,
    EvolutionOrder.Outputs outputs,
    @Nullable Keeping keeping,
    EvolutionResult result,
    Map<String, Double> seconds,
    Map<String, Double> cpuSeconds) {
  /// Where the results are kept.
  ///
  /// @param study the study's folder
  /// @param digests of the results, by kind
  /// @param before whether all were there already, so that nothing was computed
  public record Keeping(String study, Map<String, String> digests, boolean before) {
    /// Copies the digests.
    public Keeping {
      digests = Collections.unmodifiableMap(new LinkedHashMap<>(digests));
    }
  }

  /// The same report of files that a person calls something else.
  ///
  /// @param typed the outputs as they were typed
  /// @return a new report
  public EvolutionReport writtenTo(EvolutionOrder.Outputs typed) {
    return new EvolutionReport(
        input, identity, params, typed, keeping, result, seconds, cpuSeconds);
  }

  static EvolutionReport of(
      SequenceFiles files, EvolutionOrder order, EvolutionResult result, Stages stages) {
    return new EvolutionReport(
        files.toMap(),
        files.identity().how(),
        order.method(),
        order.outputs(),
        null,
        result,
        stages.seconds(),
        stages.cpuSeconds());
  }

  /// {@return the report for programs}
  ///
  /// @param version of Inscape
  public Map<String, @Nullable Object> toMap(String version) {
    FileAlignment aligned = result.aligned();
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("version", version);
    map.put("input", input);
    map.put("method", params.method());
    map.put("parameters", Parameters.toMap((Record) params));
    map.put("steps", aligned.layouts().steps());
    map.put("observations", aligned.layouts().observations());
    map.put("output", text(outputs.layouts()));
    map.put("trailsOutput", text(outputs.trails()));
    map.put("fieldOutput", text(outputs.field()));
    map.put("image", text(outputs.image()));
    map.put("study", keeping == null ? null : keeping.study());
    map.put("digests", keeping == null ? null : keeping.digests());
    map.put("keptBefore", keeping != null && keeping.before());
    map.put("stopped", aligned.stopped());
    map.put("iteration", aligned.iteration());
    map.put("iterations", aligned.iterations());
    map.put("energy", energy());
    map.put("details", aligned.details());
    map.put("seconds", seconds);
    map.put("cpuSeconds", cpuSeconds);
    map.put("quality", result.quality());
    BundledTrails trails = result.trails();
    map.put("bundle", trails == null ? null : trails.toMap());
    FlowField field = result.field();
    map.put("field", field == null ? null : field.report());
    return map;
  }

  private static @Nullable String text(@Nullable Path file) {
    return file == null ? null : file.toString();
  }

  private @Nullable Double energy() {
    var energy = result.aligned().energy();
    return energy.isPresent() ? (Double) energy.getAsDouble() : null;
  }

  /// {@return the report for a person}
  public List<String> lines() {
    FileAlignment aligned = result.aligned();
    List<String> lines = new ArrayList<>();
    lines.add(
        place()
            + aligned.layouts().steps()
            + " steps of "
            + Words.count(aligned.layouts().observations())
            + " observations in "
            + aligned.layouts().dimensions()
            + " dimensions");
    lines.add("");
    lines.addAll(facts().lines());
    if (result.quality() != null) {
      lines.add("");
      lines.addAll(QualityTable.lines(result.quality()));
    }
    List<String> made = made();
    if (!made.isEmpty()) {
      lines.add("");
      lines.addAll(made);
    }
    return lines;
  }

  private String place() {
    return outputs.layouts() != null
        ? outputs.layouts() + ": "
        : keeping != null ? keeping.study() + ": " : "";
  }

  /// {@return what the sequence is, in a few words}
  String title() {
    if (!(input.get("source") instanceof Map<?, ?> source)) {
      return String.join(", ", result.names());
    }
    Object layer = source.get("layer");
    Object run = source.get("run");
    return switch (String.valueOf(source.get("by"))) {
      case "epoch" -> layer + " of " + run + " over the epochs";
      case "layer" -> run + " from layer to layer, epoch " + source.get("epoch");
      default -> layer + " in several runs, epoch " + source.get("epoch");
    };
  }

  /// {@return what was looked at, in words}
  String about() {
    return result.names().size()
        + " steps of "
        + Words.count(result.aligned().layouts().observations())
        + " observations ("
        + identity
        + ")";
  }

  /// {@return where the results are kept, in a sentence; empty where they are not}
  public Optional<String> kept() {
    if (keeping == null) {
      return Optional.empty();
    }
    return Optional.of(
        keeping.before()
            ? keeping.study() + " had all of it already, so nothing was computed again."
            : "Kept in "
                + keeping.study()
                + "; ./inscape serve "
                + keeping.study()
                + " --open shows it.");
  }

  /// {@return where an interrupt ended it and what there is, in a sentence}
  public String stoppedWhere() {
    FileAlignment aligned = result.aligned();
    String where =
        aligned.stopped()
            ? "Stopped at iteration " + aligned.iteration() + " of " + aligned.iterations() + "; "
            : "Stopped while the rest was measured; ";
    if (keeping != null) {
      return where + "the layouts are kept in " + keeping.study() + ".";
    }
    return where
        + (outputs.layouts() == null
            ? "the layouts reached are lost: --output SEQ.npy would have them."
            : outputs.layouts()
                + (aligned.stopped()
                    ? " holds the layouts reached so far."
                    : " holds the whole layouts."));
  }

  private TextTable facts() {
    FileAlignment aligned = result.aligned();
    TextTable table = new TextTable("method", Alignments.method(params.method()).title());
    table.add("parameters", Words.options(Parameters.toMap((Record) params)));
    table.add("rows", identity);
    if (aligned.iterations() > 0) {
      table.add(
          "iterations",
          Words.count(aligned.iteration())
              + (aligned.stopped()
                  ? " of " + Words.count(aligned.iterations()) + ", stopped"
                  : ""));
    }
    Double energy = energy();
    if (energy != null) {
      table.add("energy", Words.value(energy));
    }
    new TreeMap<>(aligned.details())
        .forEach((name, value) -> table.add(Words.spaced(name), Words.value(value)));
    table.add("seconds", Words.seconds(seconds));
    if (!cpuSeconds.isEmpty()) {
      table.add("CPU seconds", Words.seconds(cpuSeconds));
    }
    return table;
  }

  private List<String> made() {
    List<String> lines = new ArrayList<>();
    BundledTrails trails = result.trails();
    if (trails != null) {
      lines.add(FlowWords.trails(trails));
    }
    FlowField field = result.field();
    if (field != null) {
      lines.add(FlowWords.field(field));
    }
    return lines;
  }
}
