package io.inscape.cli;

import io.inscape.cli.option.OutputOptions;
import io.inscape.cli.option.ThreadOptions;
import io.inscape.study.CaptureOrder;
import io.inscape.study.Study;
import io.inscape.terminal.Bar;
import io.inscape.terminal.Console;
import io.inscape.terminal.Interrupts;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `inscape capture`: activations into files.
@Command(
    name = "capture",
    description = {
      "Writes what layers of a run make of the observations, one .npy file [observation, unit] for each layer and epoch.",
      "",
      "Memory stays flat however many observations there are. What is there already is not made again."
    })
final class CaptureCommand implements Callable<Integer> {
  private final Console console;
  @Mixin private final OutputOptions output = new OutputOptions();

  @Option(names = "--study", required = true, paramLabel = "DIR", description = "The study folder.")
  private Path folder = Path.of("");

  @Option(names = "--run", required = true, paramLabel = "NAME", description = "The run.")
  private String run = "";

  @Option(
      names = "--layers",
      split = ",",
      paramLabel = "NAME",
      description = "Layers, such as fc1,fc4. Default: all.")
  private List<String> layers = List.of();

  @Option(
      names = "--epochs",
      split = ",",
      paramLabel = "N",
      description = "Kept epochs. Default: all.")
  private List<Integer> epochs = List.of();

  @Option(
      names = "--observations",
      paramLabel = "N",
      description =
          "How many test images, drawn with the study's seed. Default: the study's sample.")
  private @Nullable Integer observations;

  @Mixin private final ThreadOptions threads = new ThreadOptions();

  CaptureCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws Exception {
    output.apply(console);
    return Interrupts.guard(
        console,
        "Files that are complete are kept; the same command again makes the others.",
        this::capture);
  }

  private int capture() {
    CaptureOrder order =
        new CaptureOrder(
            run,
            epochs,
            layers,
            observations == null ? OptionalInt.empty() : OptionalInt.of(observations));
    try (Study study = Study.open(folder)) {
      List<Path> files;
      try (Bar bar = console.bar("capture", Bar.parts())) {
        files = study.capture(order, threads.count(), Bar.progress(bar));
      }
      if (output.json()) {
        console.json(files.stream().map(Path::toString).toList());
      } else {
        files.forEach(file -> console.line(file.toString()));
      }
    }
    return Inscape.DONE;
  }
}
