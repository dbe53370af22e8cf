package io.inscape.cli;

import io.inscape.cli.option.OutputOptions;
import io.inscape.terminal.Console;
import io.inscape.terminal.Version;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `inscape version`.
@Command(name = "version", description = "Prints which Inscape and which Java this is.")
final class VersionCommand implements Callable<Integer> {
  private final Console console;
  @Mixin private final OutputOptions output = new OutputOptions();

  VersionCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    output.apply(console);
    if (output.json()) {
      console.json(Map.of("version", Version.current(), "java", Runtime.version().toString()));
    } else {
      for (String line : new Version().getVersion()) {
        console.line(line);
      }
    }
    return Inscape.DONE;
  }
}
