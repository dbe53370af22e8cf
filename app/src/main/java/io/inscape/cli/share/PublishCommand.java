package io.inscape.cli.share;

import io.inscape.cli.option.OutputOptions;
import io.inscape.matrix.Workers;
import io.inscape.study.Study;
import io.inscape.study.analysis.JobQueue;
import io.inscape.study.file.SafeFiles;
import io.inscape.study.table.Provenance;
import io.inscape.terminal.Console;
import io.inscape.terminal.Interrupts;
import io.inscape.web.Server;
import io.inscape.web.ServerConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `inscape publish`: chosen views as one HTML file.
@Command(
    name = "publish",
    description = {
      "Writes chosen views of the page with all they show into one HTML file that needs no server.",
      "",
      "Whoever opens it looks at what is kept in the study: nothing is computed, nothing is loaded from anywhere."
    })
public final class PublishCommand implements Callable<Integer> {
  private static final int MEGABYTE = 1_000_000;

  private final Console console;
  @Mixin private final OutputOptions output = new OutputOptions();

  @Option(names = "--study", required = true, paramLabel = "DIR", description = "The study folder.")
  private Path folder = Path.of("");

  @Option(
      names = "--views",
      split = ",",
      paramLabel = "VIEW",
      description =
          "Which: overview, projection, compare, evolution, weights, classes, network. Default: overview,projection,classes.")
  private List<String> views = List.of("overview", "projection", "classes");

  @Option(
      names = "--most",
      paramLabel = "MB",
      description = "The largest file that is written, in megabytes. Default: ${DEFAULT-VALUE}.")
  private int most = 200;

  @Option(
      names = {"-o", "--output"},
      required = true,
      paramLabel = "FILE.html",
      description = "The file to write.")
  private Path file = Path.of("");

  /// The command.
  ///
  /// @param console it speaks to
  public PublishCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws Exception {
    output.apply(console);
    List<PublishedView> chosen = PublishedView.parse(views);
    return Interrupts.guard(console, "Nothing was published.", () -> publish(chosen));
  }

  private int publish(List<PublishedView> chosen) {
    byte[] html;
    int answers;
    try (Study study = Study.openReadOnly(folder);
        Workers workers = Workers.of(1);
        JobQueue queue = JobQueue.start(study, workers);
        Server server = Server.start(ServerConfig.loopback(0), study, queue, console::trace);
        Recorder recorder = new Recorder(server.url())) {
      recorder.record(chosen);
      answers = recorder.answers().size();
      List<String> words = new ArrayList<>();
      Provenance.of(study).forEach((name, value) -> words.add(name + ": " + value));
      html =
          StaticPage.html(
              study.info().name(), String.join("; ", words), chosen, recorder.answers());
    }
    if (html.length > (long) most * MEGABYTE) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "the page would have %.1f MB, and --most allows %d; choose fewer views, or say --most %d",
              html.length / (double) MEGABYTE,
              most,
              html.length / MEGABYTE + 1));
    }
    SafeFiles.plain().write(file, html);
    if (output.json()) {
      console.json(Map.of("file", file.toString(), "bytes", html.length, "answers", answers));
    } else {
      console.line(file.toString());
    }
    console.note(
        String.format(
            Locale.ROOT,
            "Published %d views with %,d answers in %.1f MB.",
            chosen.size(),
            answers,
            html.length / (double) MEGABYTE));
    return 0;
  }
}
