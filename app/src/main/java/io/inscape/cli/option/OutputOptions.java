package io.inscape.cli.option;

import io.inscape.terminal.Console;
import picocli.CommandLine.Option;

/// What every command takes.
public final class OutputOptions {
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

  /// For picocli, which sets the options.
  public OutputOptions() {}

  /// {@return whether the result goes to standard output as JSON}
  public boolean json() {
    return json;
  }

  /// Makes a console speak as was asked for.
  ///
  /// @param console which
  public void apply(Console console) {
    if (quiet) {
      console.beQuiet();
    }
  }
}
