package io.inscape.cli;

import io.inscape.cli.option.OutputOptions;
import io.inscape.cli.option.ThreadOptions;
import io.inscape.matrix.Workers;
import io.inscape.recipe.Demo;
import io.inscape.recipe.ResultTable;
import io.inscape.recipe.Row;
import io.inscape.study.Study;
import io.inscape.study.StudyConfig;
import io.inscape.study.analysis.JobQueue;
import io.inscape.terminal.Browser;
import io.inscape.terminal.Console;
import io.inscape.terminal.Interrupts;
import io.inscape.terminal.TrainingTalk;
import io.inscape.web.Server;
import io.inscape.web.ServerConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `inscape demo`: the main job from nothing, in one command.
@Command(
    name = "demo",
    description = {
      "Trains the papers' network on MNIST and shows in the browser what its hidden layers make of the digits, before and after.",
      "",
      "The page opens at once and fills while training goes on; a few minutes on two cores. Run again, it opens what is there, and"
          + " goes on where it was stopped."
    })
final class DemoCommand implements Callable<Integer> {
  private static final List<Integer> EPOCHS = List.of(0, 1, 2, 3, 5);

  private final Console console;
  @Mixin private final OutputOptions output = new OutputOptions();

  @Option(
      names = "--study",
      paramLabel = "DIR",
      description = "The study folder. Default: ${DEFAULT-VALUE}.")
  private Path folder = Path.of("inscape-demo");

  @Option(names = "--no-open", description = "Do not open the browser.")
  private boolean noOpen;

  @Option(names = "--exit", description = "End when everything is done, and print the numbers.")
  private boolean exit;

  @Option(
      names = "--port",
      paramLabel = "N",
      description = "The page's port; 0 takes any free one. Default: ${DEFAULT-VALUE}.")
  private int port = ServeCommand.DEFAULT_PORT;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Seed of training and projections. Default: ${DEFAULT-VALUE}.")
  private long seed;

  @Option(
      names = "--epochs",
      split = ",",
      paramLabel = "N",
      description =
          "Epochs to keep and project the network at. Default: 0,1,2,3,5, and 15 with --models.")
  private List<Integer> epochs = List.of();

  @Option(
      names = "--models",
      paramLabel = "N",
      description =
          "How many networks to train, 1 to 3, to compare how their weights move: the papers', its"
              + " first hidden layer alone, and one of 300 and 100 units. Default: 1.")
  private @Nullable Integer models;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "Train on N images only, for a quick look. Default: all 60,000.")
  private int limit;

  @Mixin private final ThreadOptions threads = new ThreadOptions();

  DemoCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws Exception {
    output.apply(console);
    return Interrupts.guard(
        console,
        "What is complete is kept in " + folder + "; ./inscape demo goes on from there.",
        this::demo);
  }

  private int demo() throws InterruptedException {
    Demo.Settings settings = settings();
    try (Study study =
            Study.exists(folder)
                ? Study.open(folder)
                : Study.create(folder, StudyConfig.of("Inscape demo", "mnist"));
        Workers workers = Workers.of(threads.count());
        JobQueue queue = JobQueue.start(study, workers);
        Server server = Server.start(ServerConfig.loopback(port), study, queue, console::trace)) {
      welcome(server);
      Demo demo = new Demo(study, queue, settings);
      List<Row> rows;
      try (var _ = TrainingTalk.listen(study, console)) {
        rows = demo.run();
      }
      report(rows, demo.evolution());
      if (!exit) {
        console.note("");
        console.note(
            "Everything is done and kept in "
                + folder
                + ". The page stays at "
                + server.url()
                + " until Ctrl-C;");
        console.note("./inscape serve " + folder + " --open shows it again.");
        new CountDownLatch(1).await();
      }
    }
    return Inscape.DONE;
  }

  private Demo.Settings settings() {
    TreeSet<Integer> sorted = new TreeSet<>(epochs.isEmpty() ? EPOCHS : epochs);
    sorted.add(0);
    if (epochs.isEmpty() && models != null) {
      sorted.add(Demo.EPOCHS_OF_SEVERAL);
    }
    return new Demo.Settings(
        List.copyOf(sorted), seed, limit, threads.count(), models == null ? 1 : models);
  }

  private void welcome(Server server) {
    console.note(
        "The page is at " + server.url() + " and fills while the network trains on MNIST.");
    console.note(Demo.settingsInWords() + ".");
    if (!noOpen && !Browser.open(server.url())) {
      console.note("No browser could be opened from here; open the address yourself.");
    }
  }

  private void report(List<Row> rows, Optional<String> evolution) {
    if (output.json()) {
      console.json(rows);
    } else {
      ResultTable.text(rows).forEach(console::line);
      evolution.ifPresent(console::line);
    }
  }
}
