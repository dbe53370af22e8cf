package io.inscape.cli;

import io.inscape.activation.ArrayFile;
import io.inscape.cli.option.OutputOptions;
import io.inscape.cli.option.RecordOptions;
import io.inscape.cli.option.ThreadOptions;
import io.inscape.dataset.InputException;
import io.inscape.matrix.Matrix;
import io.inscape.matrix.Workers;
import io.inscape.quality.QualityParams;
import io.inscape.terminal.Bar;
import io.inscape.terminal.Console;
import io.inscape.terminal.Interrupts;
import io.inscape.terminal.Version;
import io.inscape.vectors.QualityBlock;
import io.inscape.vectors.VectorInput;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `inscape quality`: how far a layout can be trusted, whoever made it.
@Command(
    name = "quality",
    description = {
      "Says how far a layout can be trusted, whatever tool made it: each figure with what it means.",
    })
final class QualityCommand implements Callable<Integer> {
  private final Console console;
  @Mixin private final OutputOptions output = new OutputOptions();

  @Parameters(
      index = "0",
      paramLabel = "VECTORS.npy",
      description = "The observations in their own space; see inscape project --help.")
  private String vectors = "";

  @Parameters(
      index = "1",
      paramLabel = "LAYOUT.npy",
      description = "The same observations in the layout, in the same order.")
  private String layout = "";

  @Option(
      names = "--labels",
      paramLabel = "L.npy",
      description = "The class of each observation, whole numbers.")
  private @Nullable String labels;

  @Spec private @Nullable CommandSpec spec;

  @Mixin private final ThreadOptions threads = new ThreadOptions();

  QualityCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws Exception {
    output.apply(console);
    return Interrupts.guard(console, "", this::measure);
  }

  private int measure() {
    if (spec == null) {
      throw new IllegalStateException("picocli sets the specification");
    }
    QualityParams params =
        RecordOptions.read(spec.commandLine().getParseResult(), QualityParams.class);
    VectorInput input = VectorInput.read(vectors, labels, console::note);
    ArrayFile file = ArrayFile.open(layout);
    Matrix positions = file.matrix();
    if (positions.rows() != input.matrix().rows()) {
      throw InputException.unsupported(
          layout,
          "the header",
          positions.rows() + " rows",
          input.matrix().rows() + ", as many as " + vectors + " has",
          "name the layout of these observations");
    }
    QualityBlock block;
    try (Workers workers = Workers.of(threads.count());
        Bar bar = console.bar("quality", Bar.parts())) {
      block =
          QualityBlock.of(
              input.judge(positions, params, workers, Bar.timed(bar)), input.about().classNames());
    }
    if (output.json()) {
      Map<String, Object> map = new LinkedHashMap<>();
      map.put("version", Version.current());
      map.put("input", input.about().toMap());
      map.put("layout", Map.of("path", layout, "sha256", file.sha256()));
      map.put("parameters", io.inscape.parameter.Parameters.toMap(params));
      map.put("quality", block.toMap());
      console.json(map);
    } else {
      block.lines().forEach(console::line);
    }
    return Inscape.DONE;
  }
}
