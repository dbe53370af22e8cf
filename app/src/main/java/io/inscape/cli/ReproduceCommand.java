package io.inscape.cli;

import io.inscape.cli.option.OutputOptions;
import io.inscape.cli.option.ThreadOptions;
import io.inscape.matrix.Progress;
import io.inscape.matrix.Workers;
import io.inscape.network.Architecture;
import io.inscape.recipe.Cantareira2020;
import io.inscape.recipe.CantareiraReport;
import io.inscape.recipe.Rauber2017;
import io.inscape.recipe.ResultTable;
import io.inscape.recipe.Row;
import io.inscape.study.Study;
import io.inscape.study.run.RunInfo;
import io.inscape.terminal.Bar;
import io.inscape.terminal.Console;
import io.inscape.terminal.Interrupts;
import io.inscape.terminal.TrainingTalk;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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
      "rauber2017: the projections and trails of MNIST, figures 2, 3a, 3b, 10 and 11. On two cores ten epochs take about a quarter"
          + " of an hour, the paper's hundred take hours.",
      "cantareira2020: aligned learning spaces and their vector fields, over epochs and from layer to layer, of MNIST or another data"
          + " set. Ten epochs of mlp and rmlp take about a quarter of an hour, of cnn an hour or more.",
      "Both write report.md, results.csv and the figures as SVG."
    })
final class ReproduceCommand implements Callable<Integer> {
  private static final String RAUBER_2017 = "rauber2017";
  private static final String CANTAREIRA_2020 = "cantareira2020";

  private final Console console;
  @Mixin private final OutputOptions output = new OutputOptions();

  @Parameters(paramLabel = "PAPER", description = "rauber2017 or cantareira2020.")
  private String paper = "";

  @Option(
      names = "--epochs",
      paramLabel = "N",
      description =
          "How long to train: 10 for the short version, 100 as in the papers. Default: ${DEFAULT-VALUE}.")
  private int epochs = Rauber2017.PAPERS_EPOCHS;

  @Option(
      names = "--models",
      split = ",",
      paramLabel = "mlp|rmlp|cnn",
      description = "cantareira2020: which networks. Default: mlp,rmlp,cnn.")
  private List<String> models = List.of();

  @Option(
      names = "--dataset",
      paramLabel = "NAME",
      description =
          "cantareira2020: mnist, fashion-mnist, or a folder with CIFAR-10 or IDX files. Default: mnist.")
  private @Nullable String dataset;

  @Option(
      names = "--control",
      description = "cantareira2020: train mlp on permuted labels too, and put it beside.")
  private boolean control;

  @Option(
      names = "--cnn",
      description =
          "rauber2017: train the convolutional network too, for figure 11: hours on a processor.")
  private boolean cnn;

  @Option(
      names = "--study",
      paramLabel = "DIR",
      description = "The study folder. Default: PAPER-N-epochs, with the data set's name in it.")
  private @Nullable Path folder;

  @Option(
      names = "--output",
      paramLabel = "DIR",
      description = "Where report and figures go. Default: report, in the study folder.")
  private @Nullable Path target;

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
    Callable<Integer> reproduction =
        switch (paper) {
          case RAUBER_2017 -> {
            requireOnly(
                dataset == null && models.isEmpty() && !control,
                "--models, --dataset and --control are of " + CANTAREIRA_2020);
            var settings = new Rauber2017.Settings(epochs, cnn, seed, threads.count());
            yield () -> rauber(settings);
          }
          case CANTAREIRA_2020 -> {
            requireOnly(!cnn, "--cnn is of " + RAUBER_2017 + "; --models mlp,cnn is of " + paper);
            var settings =
                new Cantareira2020.Settings(
                    epochs, architectures(), control, seed, threads.count());
            yield () -> cantareira(settings);
          }
          default ->
              throw new IllegalArgumentException(
                  "the paper must be "
                      + RAUBER_2017
                      + " or "
                      + CANTAREIRA_2020
                      + ", got \""
                      + paper
                      + "\"");
        };
    return Interrupts.guard(
        console,
        "What is complete is kept in " + study() + "; the same command again goes on from there.",
        reproduction);
  }

  private static void requireOnly(boolean sense, String otherwise) {
    if (!sense) {
      throw new IllegalArgumentException(otherwise);
    }
  }

  private List<Architecture> architectures() {
    if (models.isEmpty()) {
      return List.of(Architecture.MLP, Architecture.RMLP, Architecture.CNN);
    }
    List<Architecture> found = new ArrayList<>();
    for (String name : models) {
      for (Architecture architecture : Architecture.values()) {
        if (architecture.title().equals(name.toLowerCase(Locale.ROOT))) {
          found.add(architecture);
        }
      }
    }
    requireOnly(
        found.size() == models.size() && found.stream().distinct().count() == found.size(),
        "--models must be some of mlp, rmlp and cnn, each once, got " + String.join(",", models));
    return found;
  }

  private String data() {
    return dataset == null ? "mnist" : dataset;
  }

  private Path study() {
    if (folder != null) {
      return folder;
    }
    Path last = Path.of(data()).toAbsolutePath().normalize().getFileName();
    String name = paper.equals(RAUBER_2017) || last == null ? "" : "-" + last;
    return Path.of(paper + name + "-" + epochs + "-epochs");
  }

  private Path report() {
    return target == null ? study().resolve("report") : target;
  }

  private int rauber(Rauber2017.Settings settings) {
    try (Study study = PaperStudy.open(study(), "Rauber et al. 2017", "mnist");
        Workers workers = Workers.of(threads.count())) {
      Rauber2017 recipe = new Rauber2017(study, settings);
      List<RunInfo> runs = new ArrayList<>();
      runs.add(train(study, Architecture.MLP, () -> recipe.train(Architecture.MLP)));
      if (cnn) {
        runs.add(train(study, Architecture.CNN, () -> recipe.train(Architecture.CNN)));
      }
      List<Row> rows;
      try (Bar bar = console.bar("project", Bar.parts())) {
        rows =
            recipe.write(
                runs,
                report(),
                workers,
                (what, place) -> (_, _) -> bar.set(Math.round(place * Bar.parts()), what));
      }
      if (output.json()) {
        console.json(rows);
      } else {
        ResultTable.text(rows).forEach(console::line);
      }
      console.note("Report and figures are in " + report() + ".");
    }
    return Inscape.DONE;
  }

  private int cantareira(Cantareira2020.Settings settings) {
    try (Study study = PaperStudy.open(study(), "Cantareira et al. 2020", data());
        Workers workers = Workers.of(threads.count())) {
      Cantareira2020 recipe = new Cantareira2020(study, settings);
      List<RunInfo> runs = new ArrayList<>();
      for (Architecture architecture : settings.models()) {
        runs.add(train(study, architecture, () -> recipe.train(architecture, false)));
      }
      if (control) {
        console.note("Then the control, on permuted labels.");
        runs.add(train(study, Architecture.MLP, () -> recipe.train(Architecture.MLP, true)));
      }
      Cantareira2020.Findings findings;
      try (Bar bar = console.bar("align", Bar.parts())) {
        Progress progress = Bar.timed(bar);
        findings = recipe.write(runs, report(), workers, progress);
      }
      CantareiraReport report = new CantareiraReport(study, epochs, findings);
      if (output.json()) {
        console.json(report.toMap());
      } else {
        report.lines().forEach(console::line);
      }
      console.note("Report and figures are in " + report() + ".");
    }
    return Inscape.DONE;
  }

  /// Trains without the checked exceptions of a [Callable].
  private interface Training {
    RunInfo run();
  }

  private RunInfo train(Study study, Architecture architecture, Training training) {
    console.note(
        "Training " + architecture.title() + " with the paper's settings on all training images.");
    try (var _ = TrainingTalk.listen(study, console)) {
      return training.run();
    }
  }
}
