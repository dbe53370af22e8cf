package io.inscape.cli;

import io.inscape.cli.option.OutputOptions;
import io.inscape.cli.option.RecordOptions;
import io.inscape.cli.option.ThreadOptions;
import io.inscape.figure.FigureFile;
import io.inscape.matrix.Workers;
import io.inscape.snapshot.Snapshot;
import io.inscape.snapshot.TensorChoice;
import io.inscape.snapshot.WeightFigures;
import io.inscape.snapshot.WeightReport;
import io.inscape.snapshot.WeightSurvey;
import io.inscape.study.Study;
import io.inscape.terminal.Bar;
import io.inscape.terminal.Console;
import io.inscape.terminal.Interrupts;
import io.inscape.terminal.Version;
import io.inscape.vectors.OutputFile;
import io.inscape.weight.DistributionParams;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `inscape weights`: how the weights of networks are distributed, and how far they moved.
@Command(
    name = "weights",
    description = {
      "Describes the weights and biases of networks, tensor by tensor, and compares each network with the first.",
      "",
      "Takes ONNX files, or --study with the kept epochs of its runs. Weights that are NaN or infinite are counted and"
          + " named."
    })
final class WeightsCommand implements Callable<Integer> {
  private final Console console;
  @Mixin private final OutputOptions output = new OutputOptions();

  @Spec private @Nullable CommandSpec spec;

  @Parameters(arity = "0..*", paramLabel = "MODEL.onnx", description = "Networks.")
  private List<Path> models = List.of();

  @Option(names = "--study", paramLabel = "DIR", description = "A study folder, instead of files.")
  private @Nullable Path folder;

  @Option(
      names = "--run",
      split = ",",
      paramLabel = "NAME",
      description = "Runs of the study. Default: all.")
  private List<String> runs = List.of();

  @Option(
      names = "--epochs",
      split = ",",
      paramLabel = "N",
      description = "Kept epochs of the runs. Default: all.")
  private List<Integer> epochs = List.of();

  @Option(
      names = "--tensor",
      paramLabel = "NAME",
      description = "One tensor, by its name in the file or as printed, such as \"fc1 weights\".")
  private @Nullable String tensor;

  @Option(names = "--layer", paramLabel = "L", description = "The tensors of one layer.")
  private @Nullable String layer;

  @Option(
      names = "--kind",
      paramLabel = "weights|biases|all",
      description = "What to look at. Default: all.")
  private TensorChoice.Kind kind = TensorChoice.Kind.ALL;

  @Option(
      names = "--image",
      paramLabel = "FILE.svg",
      description = "Draw the histograms, in the same bins and axes for all networks.")
  private @Nullable Path image;

  @Option(
      names = "--hinton",
      paramLabel = "FILE.svg",
      description = "Draw the weights of --layer as a Hinton diagram.")
  private @Nullable Path hinton;

  @Option(
      names = "--cells",
      paramLabel = "N",
      description =
          "Most cells on a side of the Hinton diagram; larger layers are shown by the means of"
              + " blocks. Default: ${DEFAULT-VALUE}.")
  private int cells = 128;

  @Mixin private final ThreadOptions threads = new ThreadOptions();

  WeightsCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws Exception {
    output.apply(console);
    return Interrupts.guard(console, "", this::describe);
  }

  private int describe() {
    if (spec == null) {
      throw new IllegalStateException("picocli sets the specification");
    }
    DistributionParams params =
        RecordOptions.read(spec.commandLine().getParseResult(), DistributionParams.class);
    requireSense();
    Path picture = image == null ? null : OutputFile.require(image, List.of(".svg"), models);
    Path diagram = hinton == null ? null : OutputFile.require(hinton, List.of(".svg"), models);
    List<Snapshot> snapshots = snapshots();
    TensorChoice choice = new TensorChoice(tensor, layer, kind);
    WeightReport report;
    try (Workers workers = Workers.of(threads.count());
        Bar bar = console.bar("weights", Bar.parts())) {
      report =
          new WeightSurvey(snapshots, choice, params, workers)
              .run(done -> Bar.progress(bar).report("weights", done));
    }
    if (picture != null) {
      FigureFile.write(picture, WeightFigures.histograms(report));
    }
    if (diagram != null) {
      FigureFile.write(diagram, WeightFigures.hinton(snapshots, choice, cells));
    }
    if (output.json()) {
      console.json(report.toMap(Version.current()));
    } else {
      report.lines().forEach(console::line);
    }
    return Inscape.DONE;
  }

  private void requireSense() {
    if (models.isEmpty() == (folder == null)) {
      throw new IllegalArgumentException(
          models.isEmpty()
              ? "there is nothing to look at; name ONNX files, or --study DIR"
              : "name ONNX files or --study, not both");
    }
    if (folder == null && !(runs.isEmpty() && epochs.isEmpty())) {
      throw new IllegalArgumentException("--run and --epochs are of a study; add --study DIR");
    }
    if (hinton != null && layer == null && tensor == null) {
      throw new IllegalArgumentException(
          "a Hinton diagram is of one layer; add --layer, such as --layer fc1");
    }
    if (cells < 1 || cells > 1000) {
      throw new IllegalArgumentException("--cells must be from 1 to 1000, got " + cells);
    }
  }

  private List<Snapshot> snapshots() {
    if (folder == null) {
      return models.stream().map(Snapshot::of).toList();
    }
    try (Study study = Study.openReadOnly(folder)) {
      List<Snapshot> snapshots = Snapshot.of(study, runs, epochs);
      if (snapshots.isEmpty()) {
        throw new IllegalArgumentException(
            "study " + folder + " has no kept epoch to look at; train a run first");
      }
      return snapshots;
    }
  }
}
