package io.inscape.cli;

import io.inscape.cli.option.OutputOptions;
import io.inscape.cli.option.ThreadOptions;
import io.inscape.cli.page.StudyPage;
import io.inscape.dataset.InputException;
import io.inscape.network.Network;
import io.inscape.study.Study;
import io.inscape.study.file.StudyFolder;
import io.inscape.study.run.Checkpoints;
import io.inscape.study.run.ImportRequest;
import io.inscape.study.run.ImportRequest.Checkpoint;
import io.inscape.study.run.RunInfo;
import io.inscape.terminal.Bar;
import io.inscape.terminal.Console;
import io.inscape.terminal.Interrupts;
import io.inscape.training.EpochMetrics;
import io.inscape.web.ServerConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `inscape import`: networks that were trained elsewhere become a run of a study.
@Command(
    name = "import",
    description = {
      "Takes your own networks into a study: an ONNX file, or a folder with one for each checkpoint.",
      "",
      "The epoch is the number after epoch, ep, e or step in a file's name, or else the last whole number in it. Each network is"
          + " measured on the data set first: an accuracy by chance means another data set, preprocessing or order of classes than"
          + " the network was trained with. Ctrl-C keeps the epochs that are complete; the same command again goes on."
    })
final class ImportCommand implements Callable<Integer> {
  /// What exporters call every graph.
  private static final Set<String> NAMED_BY_EXPORTERS =
      Set.of("", "torch_jit", "torch-jit-export", "main_graph", "graph", "tf2onnx");

  private final Console console;
  @Mixin private final OutputOptions output = new OutputOptions();

  @Option(
      names = "--study",
      paramLabel = "DIR",
      description =
          "The study folder; made when there is none. Needed with --model; else inscape-study unless named.")
  private @Nullable Path study;

  private Path folder = Path.of("inscape-study");

  @Option(
      names = "--model",
      paramLabel = "FILE.onnx|DIR",
      description =
          "The network, or a folder of its checkpoints. Left out: choose it on the page, which opens then.")
  private @Nullable Path model;

  @Option(
      names = "--data",
      paramLabel = "DATASET",
      description =
          "mnist, fashion-mnist, or a folder with IDX files, CIFAR-10's or images by class. Needed with --model.")
  private @Nullable String dataset;

  @Option(
      names = "--run",
      paramLabel = "NAME",
      description = "The run's name. Default: the name of the file or folder.")
  private @Nullable String run;

  @Option(names = "--open", description = "Without --model: open the page in the browser.")
  private boolean openPage;

  @Option(
      names = "--port",
      paramLabel = "N",
      description =
          "Without --model: the page's port; 0 takes any free one. Default: ${DEFAULT-VALUE}.")
  private int port = ServeCommand.DEFAULT_PORT;

  @Mixin private final NewStudyOptions newStudy = new NewStudyOptions();

  @Mixin private final ThreadOptions threads = new ThreadOptions();

  ImportCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws Exception {
    output.apply(console);
    Path given = model;
    Path named = study;
    folder = named == null ? folder : named;
    if (given == null) {
      return Interrupts.guard(console, "The study is closed.", this::show);
    }
    String data = dataset;
    if (data == null || named == null) {
      throw new IllegalArgumentException(
          named == null
              ? "--study must name the study folder, which is made when there is none"
              : "--data must name the data set that the network was made for, such as mnist");
    }
    return Interrupts.guard(
        console,
        "Complete epochs are kept; the same command again goes on.",
        () -> bring(given, data));
  }

  /// The page, at its import.
  private int show() throws InterruptedException {
    if (dataset != null) {
      throw new IllegalArgumentException(
          "--data needs --model; without both, model and data are chosen on the page");
    }
    StudyPage page = new StudyPage(console, output, openPage);
    ServerConfig config = page.importFirst(folder, ServerConfig.loopback(port), threads.count());
    try (Study open = Study.open(folder)) {
      page.serve(open, config, threads.count(), "#view=import");
    }
    return Inscape.DONE;
  }

  private int bring(Path model, String data) {
    List<Checkpoint> checkpoints = Checkpoints.find(model);
    Network first = Network.read(checkpoints.getFirst().file());
    String title = NAMED_BY_EXPORTERS.contains(first.name()) ? stem(name(model)) : first.name();
    ImportRequest request =
        new ImportRequest(run == null ? safe(name(model)) : run, title, checkpoints);
    boolean fresh = !Study.exists(folder);
    RunInfo info;
    try {
      info = take(request, data);
    } catch (InputException e) {
      if (fresh) {
        forget();
      }
      throw e;
    }
    report(info);
    return Inscape.DONE;
  }

  private RunInfo take(ImportRequest request, String data) {
    try (Study study = newStudy.openOrCreate(folder, data);
        Bar bar = console.bar("import", Bar.parts())) {
      RunInfo info = study.importRun(request, threads.count(), Bar.timed(bar));
      console.note(
          study.info().dataset().name()
              + ", "
              + study.dataset().shape()
              + ", prepared by "
              + study.pipeline()
              + ": "
              + study.dataset().classNames().size()
              + " classes");
      return info;
    }
  }

  /// Takes back a study that was made for networks which do not fit it: the next try, with the
  /// right data set, must not find the wrong one there. A study with a run in it stays.
  private void forget() {
    StudyFolder made = new StudyFolder(folder);
    if (Files.exists(made.runs())) {
      return;
    }
    try {
      for (Path file : List.of(made.description(), made.sample(), made.sampleLabels())) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      console.note(folder + " could not be cleared: " + e.getMessage());
    }
  }

  private void report(RunInfo info) {
    if (output.json()) {
      console.json(info);
      return;
    }
    console.line(
        "run " + info.name() + " of " + folder + ", " + info.parameterCount() + " parameters");
    console.line(
        "layers: "
            + String.join(", ", info.layers().stream().map(RunInfo.LayerInfo::title).toList()));
    for (EpochMetrics epoch : info.metrics()) {
      console.line(
          String.format(
              Locale.ROOT,
              "epoch %4d: test accuracy %.2f %%, loss %.4f; training %.2f %%, %.4f",
              epoch.epoch(),
              100 * epoch.testAccuracy(),
              epoch.testLoss(),
              100 * epoch.trainAccuracy(),
              epoch.trainLoss()));
    }
    double chance = 1.0 / info.metrics().getLast().testRecall().size();
    if (info.metrics().getLast().testAccuracy() < 2 * chance) {
      console.note(
          "The last epoch is hardly better than chance. Is the preprocessing ("
              + newStudy.pipeline()
              + ") the one it was trained with, and are the classes in the same order?");
    }
    console.note("Look at it: ./inscape serve " + folder + " --open");
  }

  private static String name(Path path) {
    Path last = Objects.requireNonNullElse(path.toAbsolutePath().normalize().getFileName(), path);
    return last.toString();
  }

  private static String stem(String name) {
    return name.replaceFirst("(?i)\\.onnx$", "");
  }

  /// A file's name without its ending, as a run may be called.
  private static String safe(String name) {
    String begun = stem(name).replaceAll("[^A-Za-z0-9._-]", "-").replaceFirst("^[.-]+", "");
    return begun.isEmpty() ? "imported" : begun.substring(0, Math.min(64, begun.length()));
  }
}
