package io.inscape.cli;

import io.inscape.cli.option.MethodOptions;
import io.inscape.cli.option.OutputOptions;
import io.inscape.cli.option.RecordOptions;
import io.inscape.cli.option.ThreadOptions;
import io.inscape.evolution.field.FieldParams;
import io.inscape.evolution.trails.BundleParams;
import io.inscape.matrix.Workers;
import io.inscape.parameter.Parameters;
import io.inscape.sequences.EvolutionFigures;
import io.inscape.sequences.EvolutionOrder;
import io.inscape.sequences.EvolutionReport;
import io.inscape.sequences.FileEvolution;
import io.inscape.sequences.SequenceFiles;
import io.inscape.study.Study;
import io.inscape.study.sequence.SequenceSource;
import io.inscape.terminal.Bar;
import io.inscape.terminal.Console;
import io.inscape.terminal.Interrupts;
import io.inscape.terminal.Version;
import io.inscape.vectors.Stages;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/// `inscape evolve`: how the same observations move through a sequence of matrices.
@Command(
    name = "evolve",
    description = {
      "Lays out the same observations at several steps so that they can be followed, as trails and as a"
          + " vector field, and says what of it is in the data and what alignment made.",
      "",
      "The steps are files, or epochs, layers or runs of a study. Ctrl-C keeps the layouts reached so"
          + " far in the output file."
    })
final class EvolveCommand implements Callable<Integer> {
  private static final String BUNDLE_PREFIX = "bundle.";
  private static final double USUAL_STRENGTH = 0.8;

  private final Console console;
  @Mixin private final OutputOptions output = new OutputOptions();

  @Spec private @Nullable CommandSpec spec;

  @Mixin private final EvolveSource source = new EvolveSource();
  @Mixin private final EvolveOutputs outputs = new EvolveOutputs();

  @Option(
      names = "--bundle",
      paramLabel = "X",
      description =
          "Bundle the trails, from 0 (straight) to 1. Default: 0.8 with --trails, else not at all.")
  private @Nullable Double strength;

  @Option(
      names = "--quality",
      paramLabel = "auto|none",
      description =
          "Whether to measure what alignment made; that takes as long again as the layouts."
              + " Default: ${DEFAULT-VALUE}.")
  private String quality = "auto";

  @Mixin private final ThreadOptions threads = new ThreadOptions();

  EvolveCommand(Console console) {
    this.console = console;
  }

  /// Adds the flags of the methods' records.
  static void addOptions(CommandSpec command) {
    MethodOptions.ofAlignments().addTo(command);
    RecordOptions.addTo(command, BundleParams.class, BUNDLE_PREFIX);
    RecordOptions.addTo(command, FieldParams.class);
  }

  @Override
  public Integer call() throws Exception {
    output.apply(console);
    return Interrupts.guard(console, "", this::evolve);
  }

  private int evolve() throws InterruptedException {
    source.requireSense();
    requireSense();
    Path folder = source.study();
    return folder == null ? ofFiles() : ofStudy(folder);
  }

  private int ofFiles() {
    SequenceFiles files = source.files();
    EvolutionOrder order = order(files.inputs(), !files.classNames().isEmpty());
    EvolutionReport report;
    try (Workers workers = Workers.of(threads.count());
        Bar bar = console.bar("evolve", Bar.parts())) {
      Stages stages = new Stages(Bar.timed(bar));
      report = new FileEvolution(files, order, workers, stages, console::note).run();
    } catch (CancellationException e) {
      console.note("Stopped before there were layouts; nothing was written.");
      throw e;
    }
    return finish(report);
  }

  private int ofStudy(Path folder) throws InterruptedException {
    SequenceSource steps = source.steps();
    Optional<EvolutionReport> report;
    try (Study study = Study.open(folder);
        Workers workers = Workers.of(threads.count());
        Bar bar = console.bar("evolve", Bar.parts())) {
      EvolutionOrder order = order(List.of(), study.labelled());
      report = new EvolveStudy(console, study, workers, Bar.timed(bar)).run(steps, order);
    }
    return report.isEmpty() ? Inscape.INTERRUPTED : finish(report.get());
  }

  private int finish(EvolutionReport report) {
    boolean interrupted = Thread.interrupted() || report.result().aligned().stopped();
    EvolutionFigures.write(report);
    EvolutionReport told = report.writtenTo(outputs.typed());
    if (output.json()) {
      console.json(told.toMap(Version.current()));
    } else {
      told.lines().forEach(console::line);
    }
    if (interrupted) {
      console.note(told.stoppedWhere());
    } else {
      told.kept().ifPresent(console::note);
    }
    return interrupted ? Inscape.INTERRUPTED : Inscape.DONE;
  }

  private void requireSense() {
    if (outputs.none() && source.study() == null) {
      throw new IllegalArgumentException(
          "the layouts have nowhere to go; add --output SEQ.npy, or --image FILE.svg to see them");
    }
    if (!List.of("auto", "none").contains(quality)) {
      throw new IllegalArgumentException("--quality must be auto or none, got \"" + quality + "\"");
    }
    if (quality.equals("none") && source.study() != null) {
      throw new IllegalArgumentException(
          "--quality none cannot go with a study, whose results are all judged alike; leave it out");
    }
  }

  private EvolutionOrder order(List<Path> inputs, boolean labelled) {
    ParseResult parsed = parsed();
    return new EvolutionOrder(
        MethodOptions.alignment(parsed),
        quality.equals("auto"),
        bundle(parsed, labelled),
        field(parsed),
        outputs.typed().checked(inputs));
  }

  private EvolutionOrder.@Nullable Bundle bundle(ParseResult parsed, boolean labelled) {
    Map<String, Object> typed = RecordOptions.typed(parsed, BundleParams.class, BUNDLE_PREFIX);
    if (strength == null && !outputs.trails() && typed.isEmpty()) {
      return null;
    }
    if (!labelled && !typed.containsKey("grouping")) {
      typed.put("grouping", "all"); // there is nothing else to group by
    }
    return new EvolutionOrder.Bundle(
        strength == null ? USUAL_STRENGTH : strength,
        Parameters.fromMap(BundleParams.class, typed));
  }

  private @Nullable FieldParams field(ParseResult parsed) {
    Map<String, Object> typed = RecordOptions.typed(parsed, FieldParams.class, "");
    return outputs.field() || !typed.isEmpty()
        ? Parameters.fromMap(FieldParams.class, typed)
        : null;
  }

  private ParseResult parsed() {
    if (spec == null) {
      throw new IllegalStateException("picocli sets the specification");
    }
    return spec.commandLine().getParseResult();
  }
}
