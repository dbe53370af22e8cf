package io.inscape.cli;

import io.inscape.matrix.Workers;
import io.inscape.network.Architecture;
import io.inscape.recipe.Rauber2017;
import io.inscape.recipe.ResultTable;
import io.inscape.recipe.Row;
import io.inscape.study.Study;
import io.inscape.study.StudyConfig;
import io.inscape.study.run.RunInfo;
import io.inscape.terminal.Bar;
import io.inscape.terminal.Console;
import io.inscape.terminal.Interrupts;
import io.inscape.terminal.TrainingTalk;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `inscape reproduce`: a paper's figures made again.
@Command(
    name = "reproduce",
    description = {
      "Makes the figures of a paper again, with our numbers beside the published ones.",
      "",
      "rauber2017: the projections of MNIST, figures 2, 3a, 3b, 10 and 11. On two cores ten epochs take about a quarter of an hour,"
          + " the paper's hundred take hours. Writes report.md, results.csv and the figures as SVG."
    })
final class ReproduceCommand implements Callable<Integer> {
  private static final String RAUBER_2017 = "rauber2017";

  private final Console console;
  @Mixin private final OutputOptions output = new OutputOptions();

  @Parameters(paramLabel = "PAPER", description = "rauber2017.")
  private String paper = "";

  @Option(
      names = "--epochs",
      paramLabel = "N",
      description =
          "How long to train: 10 for the short version, 100 as in the paper. Default: ${DEFAULT-VALUE}.")
  private int epochs = Rauber2017.PAPERS_EPOCHS;

  @Option(
      names = "--study",
      paramLabel = "DIR",
      description = "The study folder. Default: PAPER-N-epochs.")
  private @Nullable Path folder;

  @Option(
      names = "--output",
      paramLabel = "DIR",
      description = "Where report and figures go. Default: report, in the study folder.")
  private @Nullable Path target;

  @Option(
      names = "--cnn",
      description = "Train the convolutional network too, for figure 11: hours on a processor.")
  private boolean cnn;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Seed of training and projections. Default: ${DEFAULT-VALUE}.")
  private long seed;

  @Mixin private final ThreadOptions threads = new ThreadOptions();

  ReproduceCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws Exception {
    output.apply(console);
    if (!paper.equals(RAUBER_2017)) {
      throw new IllegalArgumentException(
          "the paper must be " + RAUBER_2017 + ", got \"" + paper + "\"");
    }
    Rauber2017.Settings settings = new Rauber2017.Settings(epochs, cnn, seed, threads.count());
    Path study = folder == null ? Path.of(paper + "-" + epochs + "-epochs") : folder;
    return Interrupts.guard(
        console,
        "What is complete is kept in " + study + "; the same command again goes on from there.",
        () -> reproduce(study, settings));
  }

  private int reproduce(Path path, Rauber2017.Settings settings) {
    Path report = target == null ? path.resolve("report") : target;
    try (Study study =
            Study.exists(path)
                ? Study.open(path)
                : Study.create(path, StudyConfig.of("Rauber et al. 2017", "mnist"));
        Workers workers = Workers.of(threads.count())) {
      Rauber2017 recipe = new Rauber2017(study, settings);
      List<RunInfo> runs = new ArrayList<>();
      runs.add(train(study, recipe, Architecture.MLP));
      if (cnn) {
        runs.add(train(study, recipe, Architecture.CNN));
      }
      List<Row> rows;
      try (Bar bar = console.bar("project", Bar.parts())) {
        rows =
            recipe.write(
                runs,
                report,
                workers,
                (what, place) -> (_, _) -> bar.set(Math.round(place * Bar.parts()), what));
      }
      if (output.json()) {
        console.json(rows);
      } else {
        ResultTable.text(rows).forEach(console::line);
      }
      console.note("Report and figures are in " + report + ".");
    }
    return Inscape.DONE;
  }

  private RunInfo train(Study study, Rauber2017 recipe, Architecture architecture) {
    console.note(
        "Training " + architecture.title() + " with the paper's settings on all 60,000 images.");
    try (var _ = TrainingTalk.listen(study, console)) {
      return recipe.train(architecture);
    }
  }
}
