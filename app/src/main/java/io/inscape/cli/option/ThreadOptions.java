package io.inscape.cli.option;

import picocli.CommandLine.Option;

/// How many threads compute.
public final class ThreadOptions {
  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads to compute with. Default: one per core.")
  private int threads = Runtime.getRuntime().availableProcessors();

  /// Flags for picocli to fill in.
  public ThreadOptions() {}

  /// How many were asked for.
  ///
  /// @return at least 1
  /// @throws IllegalArgumentException if fewer were
  public int count() {
    if (threads < 1) {
      throw new IllegalArgumentException("--threads must be at least 1, got " + threads);
    }
    return threads;
  }
}
