package io.inscape.cli;

import io.inscape.cli.option.OutputOptions;
import io.inscape.cli.option.ThreadOptions;
import io.inscape.cli.page.StudyPage;
import io.inscape.study.Study;
import io.inscape.study.pack.PackReader;
import io.inscape.terminal.Bar;
import io.inscape.terminal.Console;
import io.inscape.terminal.Interrupts;
import io.inscape.web.ServerConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
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

  @Parameters(
      paramLabel = "DIR|FILE.inscape",
      description =
          "The study folder, or a packed study, which is unpacked beside its file and only looked at.")
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

  @Option(
      names = "--to",
      paramLabel = "DIR",
      description =
          "Where a packed study is unpacked to. Default: beside the file, by its name without .inscape.")
  private @Nullable Path to;

  @Option(names = "--writable", description = "Open a packed study for computing and training too.")
  private boolean writable;

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
    boolean packed = Files.isRegularFile(folder);
    if (!packed && (to != null || writable)) {
      throw new IllegalArgumentException(
          "--to and --writable are about a packed study, and "
              + folder
              + " is none; leave them out");
    }
    Path opened = packed ? unpacked() : folder;
    boolean looking = readOnly || (packed && !writable);
    if (!looking) {
      config = page.importFirst(opened, config, threads.count());
    }
    try (Study study = looking ? Study.openReadOnly(opened) : Study.open(opened)) {
      page.serve(study, config, threads.count(), "");
    }
    return Inscape.DONE;
  }

  private Path unpacked() {
    Path target = to == null ? PackReader.beside(folder) : to;
    try (Bar bar = console.bar("unpack", Bar.parts())) {
      PackReader.unpack(folder, target, Bar.progress(bar));
    }
    console.note(
        "The study is in "
            + target
            + (readOnly || !writable ? "; to compute in it, add --writable." : "."));
    return target;
  }
}
