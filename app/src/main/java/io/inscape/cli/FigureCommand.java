package io.inscape.cli;

import io.inscape.cli.option.MethodOptions;
import io.inscape.cli.option.OutputOptions;
import io.inscape.cli.option.ThreadOptions;
import io.inscape.figure.FigureFile;
import io.inscape.figure.ScatterFigure;
import io.inscape.matrix.Workers;
import io.inscape.projection.params.ProjectionParams;
import io.inscape.recipe.Figures;
import io.inscape.recipe.Projector;
import io.inscape.recipe.Row;
import io.inscape.study.ActivationSource;
import io.inscape.study.Study;
import io.inscape.terminal.Bar;
import io.inscape.terminal.Console;
import io.inscape.terminal.Interrupts;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `inscape figure`: a projection as a picture.
@Command(
    name = "figure",
    description = {
      "Draws a projection of one layer as SVG, with legend, title in words, its quality and how it was made.",
      "",
      "The projection is computed when it is not kept in the study already."
    })
final class FigureCommand implements Callable<Integer> {
  private final Console console;
  @Mixin private final OutputOptions output = new OutputOptions();

  @Spec private @Nullable CommandSpec spec;

  @Option(names = "--study", required = true, paramLabel = "DIR", description = "The study folder.")
  private Path folder = Path.of("");

  @Option(
      names = "--layer",
      required = true,
      paramLabel = "NAME",
      description = "A layer such as fc4, or \"input\" for the data themselves.")
  private String layer = "";

  @Option(names = "--run", paramLabel = "NAME", description = "The run that the layer is of.")
  private @Nullable String run;

  @Option(
      names = "--epoch",
      paramLabel = "N",
      description = "The kept epoch; 0 is the untrained network.")
  private @Nullable Integer epoch;

  @Option(
      names = "--title",
      paramLabel = "TEXT",
      description = "The figure's title. Default: what it shows, in words.")
  private @Nullable String title;

  @Option(
      names = {"-o", "--output"},
      required = true,
      paramLabel = "FILE.svg",
      description = "Where to write it.")
  private Path file = Path.of("");

  @Mixin private final ThreadOptions threads = new ThreadOptions();

  FigureCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws Exception {
    output.apply(console);
    return Interrupts.guard(console, "No figure was written.", this::figure);
  }

  private int figure() {
    if (spec == null) {
      throw new IllegalStateException("picocli sets the specification");
    }
    ProjectionParams params = MethodOptions.projection(spec.commandLine().getParseResult());
    ActivationSource source = ActivationSource.of(run, epoch, layer);
    try (Study study = Study.open(folder);
        Workers workers = Workers.of(threads.count())) {
      Projector projector = new Projector(study);
      Row row;
      try (Bar bar = console.bar("project", Bar.parts())) {
        row = projector.project(source, params, workers, Bar.progress(bar));
      }
      ScatterFigure figure =
          new ScatterFigure(
              title == null ? row.what() : title,
              List.of(projector.panel(row)),
              study.info().dataset().classNames(),
              Figures.provenance(study, params));
      FigureFile.write(file, figure.svg());
      if (output.json()) {
        console.json(Map.of("file", file.toString(), "row", row));
      } else {
        console.line(file.toString());
      }
    }
    return Inscape.DONE;
  }
}
