package io.inscape.cli;

import io.inscape.cli.option.OutputOptions;
import io.inscape.cli.option.ThreadOptions;
import io.inscape.cli.page.StudyPage;
import io.inscape.study.Study;
import io.inscape.terminal.Console;
import io.inscape.terminal.Interrupts;
import io.inscape.web.ServerConfig;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `inscape serve`: the page over a study, until Ctrl-C.
@Command(
    name = "serve",
    description = {
      "Shows a study in the browser, on this machine only, until Ctrl-C.",
      "",
      "Where the folder is empty or not there yet, the page opens at the import of your own model and data."
    })
final class ServeCommand implements Callable<Integer> {
  static final int DEFAULT_PORT = 7070;

  private final Console console;
  @Mixin private final OutputOptions output = new OutputOptions();

  @Parameters(paramLabel = "DIR", description = "The study folder.")
  private Path folder = Path.of("");

  @Option(
      names = "--port",
      paramLabel = "N",
      description = "The port; 0 takes any free one. Default: ${DEFAULT-VALUE}.")
  private int port = DEFAULT_PORT;

  @Option(
      names = "--host",
      paramLabel = "NAME",
      description =
          "The address to listen at. Default: ${DEFAULT-VALUE}, which only this machine reaches. There are no passwords: name"
              + " another only in a network you trust.")
  private String host = ServerConfig.LOOPBACK;

  @Option(names = "--open", description = "Open the page in the browser.")
  private boolean open;

  @Option(
      names = "--read-only",
      description =
          "Only look: what is kept is shown, nothing is computed. Works while another process trains into the study.")
  private boolean readOnly;

  @Mixin private final ThreadOptions threads = new ThreadOptions();

  ServeCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws Exception {
    output.apply(console);
    return Interrupts.guard(console, "The study is closed.", this::serve);
  }

  private int serve() throws InterruptedException {
    StudyPage page = new StudyPage(console, output, open);
    ServerConfig config = new ServerConfig(host, port);
    if (!readOnly) {
      config = page.importFirst(folder, config, threads.count());
    }
    try (Study study = readOnly ? Study.openReadOnly(folder) : Study.open(folder)) {
      page.serve(study, config, threads.count(), "");
    }
    return Inscape.DONE;
  }
}
