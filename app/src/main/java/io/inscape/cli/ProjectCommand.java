package io.inscape.cli;

import io.inscape.cli.option.MethodOptions;
import io.inscape.cli.option.OutputOptions;
import io.inscape.cli.option.QualityOption;
import io.inscape.cli.option.ThreadOptions;
import io.inscape.matrix.Workers;
import io.inscape.projection.params.ProjectionParams;
import io.inscape.quality.QualityParams;
import io.inscape.terminal.Bar;
import io.inscape.terminal.Console;
import io.inscape.terminal.Interrupts;
import io.inscape.terminal.Version;
import io.inscape.vectors.FileProjection;
import io.inscape.vectors.FileRun;
import io.inscape.vectors.OutputFile;
import io.inscape.vectors.ProjectionReport;
import io.inscape.vectors.Stages;
import io.inscape.vectors.VectorFigure;
import io.inscape.vectors.VectorFile;
import io.inscape.vectors.VectorStudy;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `inscape project`: any matrix in, layout and quality out.
@Command(
    name = "project",
    description = {
      "Projects the rows of a NumPy file into two or three dimensions, and says how far to trust the layout.",
      "",
      "No study is needed; --study keeps the layout in one, --open shows it on the page while it is"
          + " computed. Ctrl-C keeps the layout reached so far in the output file."
    })
final class ProjectCommand implements Callable<Integer> {
  private final Console console;
  @Mixin private final OutputOptions output = new OutputOptions();

  @Spec private @Nullable CommandSpec spec;

  @Parameters(
      paramLabel = "VECTORS.npy",
      description =
          "Observations: a .npy or .npz file of numbers, [observation, column]; further axes are"
              + " flattened. FILE.npz:name is one array of several.")
  private String vectors = "";

  @Option(
      names = "--labels",
      paramLabel = "L.npy",
      description = "The class of each observation, whole numbers: for the quality and the image.")
  private @Nullable String labels;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "LAYOUT.npy",
      description =
          "Where to write the layout: float32 [observation, dimension]. May be left out with --study"
              + " or --open.")
  private @Nullable Path target;

  @Option(
      names = "--study",
      paramLabel = "DIR",
      description =
          "Keep the layout in this study, made when there is none; a study is of one file. What it"
              + " has already is not computed again.")
  private @Nullable Path folder;

  @Mixin private final PageOptions page = new PageOptions();

  @Option(
      names = "--image",
      paramLabel = "FILE.svg",
      description = "Draw the layout too, coloured by class.")
  private @Nullable Path image;

  @Mixin private final QualityOption quality = new QualityOption();
  @Mixin private final ThreadOptions threads = new ThreadOptions();

  ProjectCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws Exception {
    output.apply(console);
    return Interrupts.guard(console, "", this::project);
  }

  private int project() throws InterruptedException {
    if (spec == null) {
      throw new IllegalStateException("picocli sets the specification");
    }
    ProjectionParams params = MethodOptions.projection(spec.commandLine().getParseResult());
    QualityParams measured = quality.params();
    requireSense();
    List<Path> inputs = inputs();
    Path file = target == null ? null : OutputFile.require(target, List.of(".npy"), inputs);
    Path picture = image == null ? null : OutputFile.require(image, List.of(".svg"), inputs);
    if (page.open()) {
      return new LiveProjection(console, page, VectorFile.open(vectors, labels), params, file)
          .run(folder, threads.count(), report -> finish(report, picture));
    }
    ProjectionReport report = report(params, measured, file);
    finish(report, picture);
    return report.projection().stopped() || Thread.currentThread().isInterrupted()
        ? Inscape.INTERRUPTED
        : Inscape.DONE;
  }

  private void requireSense() {
    page.requireSense();
    if (target == null && folder == null && !page.open()) {
      throw new IllegalArgumentException(
          "the layout has nowhere to go; add --output LAYOUT.npy, --study DIR to keep it in a study,"
              + " or --open to see it on the page");
    }
    if (folder != null || page.open()) {
      quality.requireUsual();
    }
  }

  private void finish(ProjectionReport report, @Nullable Path picture) {
    if (picture != null) {
      VectorFigure.write(picture, report);
    }
    tell(report.writtenTo(target == null ? null : target.toString()));
  }

  private ProjectionReport report(
      ProjectionParams params, @Nullable QualityParams measured, @Nullable Path file) {
    try (Workers workers = Workers.of(threads.count());
        Bar bar = console.bar("project", Bar.parts())) {
      Stages stages = new Stages(Bar.timed(bar));
      stages.report("reading", 0);
      VectorFile source = VectorFile.open(vectors, labels);
      FileRun run = new FileRun(source, params, measured, workers, stages, console::note);
      if (folder == null) {
        return run.report(file);
      }
      try (VectorStudy study = VectorStudy.openOrCreate(folder, source)) {
        return run.report(file, study);
      }
    } catch (CancellationException e) {
      console.note(
          "Stopped before there was a layout; "
              + (target == null ? "nothing is kept of it." : target + " was not written."));
      throw e;
    }
  }

  private List<Path> inputs() {
    return labels == null ? List.of(Path.of(vectors)) : List.of(Path.of(vectors), Path.of(labels));
  }

  private void tell(ProjectionReport report) {
    if (output.json()) {
      console.json(report.toMap(Version.current()));
    } else {
      report.lines().forEach(console::line);
    }
    FileProjection projection = report.projection();
    ProjectionReport.Keeping keeping = report.keeping();
    if (projection.stopped()) {
      console.note(
          "Stopped at iteration "
              + projection.iteration()
              + " of "
              + projection.iterations()
              + "; "
              + (target == null
                  ? "a study keeps whole results only, so the layout reached so far is lost: --output"
                      + " FILE.npy would have it."
                  : target + " holds the layout reached so far."));
    } else if (keeping != null && keeping.before()) {
      console.note(keeping.study() + " had this layout already, so nothing was computed again.");
    } else if (Thread.currentThread().isInterrupted()) {
      console.note(
          "Stopped while the quality was measured; "
              + (target == null
                  ? "nothing is kept in the study."
                  : target + " holds the whole layout."));
    } else if (keeping != null && !page.open()) {
      console.note(
          "Kept in "
              + keeping.study()
              + "; ./inscape serve "
              + keeping.study()
              + " --open shows it.");
    }
  }
}
