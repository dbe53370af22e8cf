package io.inscape.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Whether and where the page shows a projection while it is computed.
final class PageOptions {
  @Option(
      names = "--open",
      description =
          "Show the layout move in the browser while it is computed, and go on showing it until"
              + " Ctrl-C. Without --study the study is in a temporary folder, which is kept.")
  private boolean open;

  @Option(
      names = "--port",
      paramLabel = "N",
      description = "The page's port; 0 takes any free one. Default: " + ServeCommand.DEFAULT_PORT)
  private @Nullable Integer port;

  @Option(
      names = "--no-browser",
      description = "With --open: start the page's server, but no browser.")
  private boolean noBrowser;

  @Option(names = "--exit", description = "With --open: end when the layout is done.")
  private boolean exit;

  boolean open() {
    return open;
  }

  int port() {
    return port == null ? ServeCommand.DEFAULT_PORT : port;
  }

  boolean browser() {
    return !noBrowser;
  }

  boolean exit() {
    return exit;
  }

  /// Refuses what says nothing without a page.
  void requireSense() {
    if (!open && (port != null || noBrowser || exit)) {
      throw new IllegalArgumentException(
          (port != null ? "--port" : noBrowser ? "--no-browser" : "--exit")
              + " is about the page, which only --open shows; add --open or leave it out");
    }
  }
}
