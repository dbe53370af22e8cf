package io.inscape.cli.page;

import io.inscape.cli.option.OutputOptions;
import io.inscape.matrix.Workers;
import io.inscape.study.Study;
import io.inscape.study.analysis.JobQueue;
import io.inscape.terminal.Browser;
import io.inscape.terminal.Console;
import io.inscape.web.ImportServer;
import io.inscape.web.Server;
import io.inscape.web.ServerConfig;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/// A study on the page until Ctrl-C; where there is none yet, first the import that makes one, at
/// the same address.
public final class StudyPage {
  private final Console console;
  private final OutputOptions output;
  private final boolean open;
  private boolean announced;

  /// Nothing is shown yet.
  ///
  /// @param console where the address is said
  /// @param output how
  /// @param open whether to open the browser
  public StudyPage(Console console, OutputOptions output, boolean open) {
    this.console = console;
    this.output = output;
    this.open = open;
  }

  /// Waits for the page's import where the folder has no study and is empty.
  ///
  /// @param folder any
  /// @param config where to listen
  /// @param threads how many threads compute
  /// @return where to listen then: the same port where the page was shown already
  /// @throws InterruptedException if the thread was interrupted meanwhile
  public ServerConfig importFirst(Path folder, ServerConfig config, int threads)
      throws InterruptedException {
    if (Study.exists(folder) || !Study.vacant(folder)) {
      return config;
    }
    try (ImportServer server = ImportServer.start(config, folder, threads, console::trace)) {
      console.note(
          "There is no study in "
              + folder
              + " yet; the page makes one of your own model and data.");
      announce(server.url(), server.port(), "");
      server.await();
      return new ServerConfig(config.host(), server.port());
    }
  }

  /// Shows a study.
  ///
  /// @param study open
  /// @param config where to listen
  /// @param threads how many threads compute
  /// @param fragment what the page is to show, from `#` on; empty for what it shows by itself
  /// @throws InterruptedException if the thread was interrupted, the only way out
  public void serve(Study study, ServerConfig config, int threads, String fragment)
      throws InterruptedException {
    try (Workers workers = Workers.of(threads);
        JobQueue queue = JobQueue.start(study, workers);
        Server server = Server.start(config, study, queue, console::trace)) {
      study.problems().forEach(console::error);
      announce(server.url(), server.port(), fragment);
      new CountDownLatch(1).await();
    }
  }

  private void announce(String url, int port, String fragment) {
    if (announced) {
      console.note("The study is made, and the page shows it.");
      return;
    }
    announced = true;
    if (output.json()) {
      console.json(Map.of("url", url, "port", port));
    } else {
      console.line(url);
    }
    console.note("The page is at " + url + " until Ctrl-C.");
    if (open && !Browser.open(url + fragment)) {
      console.note("No browser could be opened from here; open the address yourself.");
    }
  }
}
