package io.inscape.cli;

import io.inscape.cli.option.OutputOptions;
import io.inscape.cli.option.RecordOptions;
import io.inscape.cli.option.ThreadOptions;
import io.inscape.cli.option.UnitSourceOptions;
import io.inscape.matrix.Workers;
import io.inscape.neuron.ForestParams;
import io.inscape.neuron.NeuronMeasure;
import io.inscape.study.Study;
import io.inscape.terminal.Bar;
import io.inscape.terminal.Console;
import io.inscape.terminal.Interrupts;
import io.inscape.terminal.Version;
import io.inscape.vectors.NeuronReport;
import io.inscape.vectors.NeuronRun;
import io.inscape.vectors.OutputFile;
import io.inscape.vectors.Stages;
import io.inscape.vectors.StudyNeurons;
import io.inscape.vectors.VectorFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `inscape neurons`: the units of a layer as points, and the classes that each tells apart.
@Command(
    name = "neurons",
    description = {
      "Says which units of a layer tell which class from the others, and lays the units out by how alike they are.",
      "",
      "Takes a file, or --study with a layer of a run, whose results are kept there. A unit that is constant over the observations is dead: it has no place in"
          + " the layout, and scores 0. The layout's rows are the other units, by rising number;"
          + " --units writes those numbers."
    })
final class NeuronsCommand implements Callable<Integer> {
  private final Console console;
  @Mixin private final OutputOptions output = new OutputOptions();

  @Spec private @Nullable CommandSpec spec;

  @Parameters(
      arity = "0..1",
      paramLabel = "ACTIVATIONS.npy",
      description =
          "A .npy or .npz file of numbers, [observation, unit]; further axes are flattened.")
  private @Nullable String activations;

  @Mixin private final UnitSourceOptions source = new UnitSourceOptions();

  @Option(
      names = "--labels",
      paramLabel = "L.npy",
      description =
          "The class of each observation, whole numbers. Without it there are no scores, only a"
              + " layout.")
  private @Nullable String labels;

  @Option(
      names = "--layout",
      paramLabel = "U.npy",
      description =
          "Where to write the layout of the units: float32 [live unit, 2]. Unit --units[r] is row r.")
  private @Nullable Path layout;

  @Option(
      names = "--units",
      paramLabel = "N.npy",
      description =
          "Where to write which unit each row of the layout is: int32 [live unit], columns of"
              + " ACTIVATIONS.npy from 0.")
  private @Nullable Path units;

  @Option(
      names = "--scores",
      paramLabel = "S.npy",
      description = "Where to write the scores: float32 [class, unit], of all units.")
  private @Nullable Path scores;

  @Option(
      names = "--method",
      paramLabel = "smacof|mds|tsne|umap",
      description = "How to lay the units out. Default: ${DEFAULT-VALUE}.")
  private String method = "smacof";

  @Option(
      names = "--measure",
      paramLabel = "pearson|cosine|spearman",
      description =
          "How two units are compared, by 1 less the absolute value. Default: pearson correlation.")
  private NeuronMeasure measure = NeuronMeasure.PEARSON;

  @Option(
      names = "--no-spread",
      description = "Do not score a second seed to see how far the two agree: takes half the time.")
  private boolean alone;

  @Option(
      names = "--top",
      paramLabel = "N",
      description = "How many units of each class the table names. Default: ${DEFAULT-VALUE}.")
  private int top = 5;

  @Mixin private final ThreadOptions threads = new ThreadOptions();

  NeuronsCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws Exception {
    output.apply(console);
    return Interrupts.guard(console, "", this::neurons);
  }

  private int neurons() {
    if (spec == null) {
      throw new IllegalStateException("picocli sets the specification");
    }
    ForestParams forest =
        RecordOptions.read(spec.commandLine().getParseResult(), ForestParams.class);
    requireSense();
    NeuronRun.Map map = new NeuronRun.Map(method, measure);
    NeuronRun.Outputs outputs =
        new NeuronRun.Outputs(checked(layout), checked(units), checked(scores));
    NeuronReport report;
    try (Workers workers = Workers.of(threads.count());
        Bar bar = console.bar("neurons", Bar.parts())) {
      Path folder = source.study();
      report =
          folder == null
              ? ofFile(map, forest, outputs, workers, bar)
              : ofStudy(folder, map, forest, outputs, workers, bar);
    } catch (CancellationException e) {
      console.note(
          source.study() == null
              ? "Stopped; nothing was written."
              : "Stopped; nothing was written. The study keeps what was whole.");
      throw e;
    }
    if (output.json()) {
      console.json(report.toMap(Version.current(), top));
    } else {
      report.lines(top).forEach(console::line);
    }
    report.kept().ifPresent(console::note);
    return Inscape.DONE;
  }

  private NeuronReport ofFile(
      NeuronRun.Map map, ForestParams forest, NeuronRun.Outputs outputs, Workers workers, Bar bar) {
    Stages stages = new Stages(Bar.timed(bar));
    stages.report("reading", 0);
    VectorFile file = VectorFile.open(String.valueOf(activations), labels);
    return new NeuronRun(file, map, forest, !alone, workers, stages).report(outputs, console::note);
  }

  private NeuronReport ofStudy(
      Path folder,
      NeuronRun.Map map,
      ForestParams forest,
      NeuronRun.Outputs outputs,
      Workers workers,
      Bar bar) {
    try (Study study = Study.open(folder)) {
      return new StudyNeurons(study, source.units(study), map, forest, !alone)
          .report(outputs, workers, Bar.timed(bar), console::note);
    }
  }

  private void requireSense() {
    if (top < 1) {
      throw new IllegalArgumentException("--top must be at least 1, got " + top);
    }
    source.requireSense(activations != null, labels != null);
    boolean scored = labels != null || source.study() != null;
    if (!scored && scores != null) {
      throw new IllegalArgumentException(
          "--scores needs the class of each observation; add --labels L.npy");
    }
    if (!scored && layout == null) {
      throw new IllegalArgumentException(
          "there is nothing to do; add --labels L.npy for the scores, --layout U.npy for the"
              + " layout, or both");
    }
    requireDistinct();
    if (units != null && layout == null) {
      throw new IllegalArgumentException(
          "--units says which unit each row of the layout is; add --layout U.npy");
    }
  }

  private void requireDistinct() {
    Set<Path> files = new HashSet<>();
    for (Path file : new Path[] {layout, units, scores}) {
      if (file != null && !files.add(file.toAbsolutePath().normalize())) {
        throw new IllegalArgumentException("two outputs cannot both be " + file);
      }
    }
  }

  private @Nullable Path checked(@Nullable Path file) {
    if (file == null) {
      return null;
    }
    List<Path> taken = new ArrayList<>();
    if (activations != null) {
      taken.add(Path.of(activations));
    }
    if (labels != null) {
      taken.add(Path.of(labels));
    }
    return OutputFile.require(file, List.of(".npy"), taken);
  }
}
