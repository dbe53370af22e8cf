package io.inscape.cli;

import io.inscape.cli.option.OutputOptions;
import io.inscape.terminal.Checkup;
import io.inscape.terminal.Console;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `inscape doctor`.
@Command(
    name = "doctor",
    description =
        "Tells what is installed, what is missing, and how to get it. Exit code 2 when something needed is missing.")
final class DoctorCommand implements Callable<Integer> {
  private final Console console;
  @Mixin private final OutputOptions output = new OutputOptions();

  DoctorCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    output.apply(console);
    List<Checkup.Finding> findings = Checkup.all();
    if (output.json()) {
      console.json(findings);
    } else {
      findings.forEach(finding -> console.line(finding.line()));
    }
    boolean missing =
        findings.stream().anyMatch(finding -> finding.state() == Checkup.State.MISSING);
    return missing ? Inscape.YOUR_INPUT : Inscape.DONE;
  }
}
