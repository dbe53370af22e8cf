package io.inscape.cli;

import io.inscape.terminal.Console;
import picocli.CommandLine.Option;

/// What every command takes.
final class OutputOptions {
  @Option(names = "--json", description = "Print the result on standard output as JSON.")
  private boolean json;

  @Option(
      names = {"-q", "--quiet"},
      description = "Leave out progress and talk.")
  private boolean quiet;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this and do nothing else.")
  @SuppressWarnings("UnusedVariable") // picocli acts on it itself
  private boolean help;

  boolean json() {
    return json;
  }

  void apply(Console console) {
    if (quiet) {
      console.beQuiet();
    }
  }
}
