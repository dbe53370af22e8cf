package io.inscape.cli;

import io.inscape.cli.option.OutputOptions;
import io.inscape.cli.option.ThreadOptions;
import io.inscape.cli.page.StudyPage;
import io.inscape.dataset.DataRequest;
import io.inscape.dataset.InputException;
import io.inscape.study.Study;
import io.inscape.study.bring.Bring;
import io.inscape.study.bring.Look;
import io.inscape.study.bring.LookRequest;
import io.inscape.study.bring.Understanding;
import io.inscape.study.file.StudyFolder;
import io.inscape.study.run.ImportProgress;
import io.inscape.study.run.ImportRequest;
import io.inscape.study.run.RunInfo;
import io.inscape.study.run.RunInfo.Answers;
import io.inscape.terminal.Bar;
import io.inscape.terminal.Console;
import io.inscape.terminal.Interrupts;
import io.inscape.training.EpochMetrics;
import io.inscape.web.ServerConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `inscape import`: networks that were trained elsewhere become a run of a study.
@Command(
    name = "import",
    description = {
      "Takes your own networks into a study: an ONNX file, a folder with one for each checkpoint, or a folder of such folders.",
      "",
      "First it says what it understood: what the graph takes and gives, its layers, the data, and which views there will be. The"
          + " epoch is the number after epoch, ep, e or step in a file's name, or else the last whole number in it. Each network is"
          + " measured on the data set: an accuracy by chance means another data set, preprocessing or order of classes than the"
          + " network was trained with. Ctrl-C keeps the epochs that are complete; the same command again goes on."
    })
final class ImportCommand implements Callable<Integer> {
  private final Console console;
  @Mixin private final OutputOptions output = new OutputOptions();

  @Option(
      names = "--study",
      paramLabel = "DIR",
      description =
          "The study folder; made when there is none. Needed with --model unless --look; else inscape-study unless named.")
  private @Nullable Path study;

  private Path folder = Path.of("inscape-study");

  @Option(
      names = "--model",
      paramLabel = "FILE.onnx|DIR",
      description =
          "The network, a folder of its checkpoints, or a folder of such folders. Left out: choose on the page, which opens then.")
  private @Nullable Path model;

  @Option(
      names = "--activations",
      paramLabel = "DIR",
      description =
          "Activations that were made elsewhere, instead of --model and --data: DIR/RUN/EPOCH/LAYER.npy and labels.npy; see"
              + " docs/formats.md. The study refers to the files; again, it takes in new epochs.")
  private @Nullable Path activations;

  @Option(
      names = "--data",
      paramLabel = "DATASET",
      description =
          "mnist, fashion-mnist, or your own: images by class, tables, arrays, texts, ...; see docs/formats.md. Needed with --model.")
  private @Nullable String dataset;

  @Option(
      names = "--run",
      paramLabel = "NAME",
      description = "The run's name. Default: the name of the file or folder.")
  private @Nullable String run;

  @Option(
      names = "--layers",
      paramLabel = "NAME,...",
      split = ",",
      description = "The layers that are looked at. Default: those that --look proposes.")
  private @Nullable List<String> layers;

  @Option(
      names = "--look",
      description = "Only say what is understood, and which views there would be; keep nothing.")
  private boolean look;

  @Option(
      names = "--without-predictions",
      description =
          "Take a network that gives other classes than the data set has, for what its layers do.")
  private boolean withoutPredictions;

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
    Path named = study;
    folder = named == null ? folder : named;
    Path brought = activations;
    if (brought != null) {
      requireAlone();
      return Interrupts.guard(
          console, "What is complete is kept.", () -> bringActivations(brought));
    }
    Path given = model;
    if (given == null) {
      return Interrupts.guard(console, "The study is closed.", this::show);
    }
    String data = dataset;
    if (data == null || (named == null && !look)) {
      throw new IllegalArgumentException(
          named == null && !look
              ? "--study must name the study folder, which is made when there is none"
              : "--data must name the data set that the network was made for, such as mnist");
    }
    return Interrupts.guard(
        console,
        "Complete epochs are kept; the same command again goes on.",
        () -> bring(given, data));
  }

  private void requireAlone() {
    if (model != null || dataset != null || run != null || look) {
      throw new IllegalArgumentException(
          "--activations brings its own data and runs, so --model, --data, --run and --look do not"
              + " go with it; leave them out");
    }
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

  private int bringActivations(Path brought) {
    boolean fresh = !Study.exists(folder);
    List<RunInfo> runs;
    try (Study study = newStudy.openOrCreateActivations(folder, brought)) {
      runs = study.importActivations(false);
      console.note(
          study.info().dataset().count()
              + " observations, of which "
              + study.count()
              + " are looked at; the files stay where they are: "
              + brought);
    } catch (InputException e) {
      if (fresh) {
        Bring.forget(folder);
      }
      throw e;
    }
    if (output.json()) {
      console.json(runs);
    } else {
      runs.forEach(this::report);
    }
    console.note("Look at it: ./inscape serve " + folder + " --open");
    return Inscape.DONE;
  }

  private int bring(Path networks, String data) {
    DataRequest asked =
        study == null ? newStudy.config(folder, data).request() : newStudy.request(folder, data);
    LookRequest request =
        new LookRequest(
            Optional.of(networks),
            Optional.of(asked),
            Map.of(),
            look ? Optional.empty() : Optional.of(new StudyFolder(folder).dataIndex()),
            Optional.ofNullable(run));
    Understanding found = Look.at(request, threads.count());
    Understanding.Check check = found.check();
    boolean mismatch = check != null && check.suspicious() && check.accuracy() == null;
    if (look) {
      tell(found);
      found.problems().forEach(console::error);
      return found.ready() ? Inscape.DONE : Inscape.YOUR_INPUT;
    }
    requireNone(found.problems());
    if (check != null && mismatch && !withoutPredictions) {
      requireNone(List.of(check.sentence()));
    }
    tellShort(found);
    Optional<Answers> answers = mismatch ? Optional.of(Answers.NONE) : Optional.empty();
    boolean fresh = !Study.exists(folder);
    List<RunInfo> runs;
    try {
      runs = take(Bring.requests(request, answers, Optional.ofNullable(layers)), data);
    } catch (InputException e) {
      if (fresh) {
        Bring.forget(folder);
      }
      throw e;
    }
    report(runs, found);
    return Inscape.DONE;
  }

  private static void requireNone(List<String> problems) {
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(String.join("\n", problems));
    }
  }

  private List<RunInfo> take(List<ImportRequest> requests, String data) {
    try (Study study = newStudy.openOrCreate(folder, data);
        Bar bar = console.bar("import", Bar.parts())) {
      return Bring.into(study, requests, threads.count(), ImportProgress.of(Bar.timed(bar)));
    }
  }

  private void tell(Understanding found) {
    if (output.json()) {
      console.json(found);
    } else {
      ImportWords.of(found).forEach(console::line);
    }
  }

  /// What was understood goes before the work, as talk: the result is what follows it.
  private void tellShort(Understanding found) {
    ImportWords.of(found).forEach(console::note);
  }

  private void report(List<RunInfo> runs) {
    if (output.json()) {
      console.json(runs.size() == 1 ? runs.getFirst() : runs);
      return;
    }
    runs.forEach(this::report);
  }

  private void report(List<RunInfo> runs, Understanding found) {
    report(runs);
    if (output.json()) {
      return;
    }
    Understanding.Check check = found.check();
    if (check != null && check.suspicious()) {
      console.note(check.sentence());
    }
    console.note("Look at it: ./inscape serve " + folder + " --open");
  }

  private void report(RunInfo info) {
    console.line(
        "run "
            + info.name()
            + " of "
            + folder
            + (info.hasNetworks()
                ? ", " + info.parameterCount() + " parameters"
                : ", activations"));
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
    if (info.metrics().isEmpty()) {
      console.line("epochs: " + info.snapshots());
    }
  }
}
