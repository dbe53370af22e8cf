package io.inscape.cli;

import picocli.CommandLine.Option;

/// How many threads compute.
final class ThreadOptions {
  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads to compute with. Default: one per core.")
  private int threads = Runtime.getRuntime().availableProcessors();

  int count() {
    if (threads < 1) {
      throw new IllegalArgumentException("--threads must be at least 1, got " + threads);
    }
    return threads;
  }
}
