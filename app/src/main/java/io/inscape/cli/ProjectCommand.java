package io.inscape.cli;

import io.inscape.activation.NpyType;
import io.inscape.activation.NpyWriter;
import io.inscape.matrix.Matrix;
import io.inscape.matrix.Workers;
import io.inscape.projection.ProjectionParams;
import io.inscape.quality.QualityParams;
import io.inscape.terminal.Bar;
import io.inscape.terminal.Console;
import io.inscape.terminal.Interrupts;
import io.inscape.terminal.Version;
import io.inscape.vectors.FileProjection;
import io.inscape.vectors.OutputFile;
import io.inscape.vectors.ProjectionReport;
import io.inscape.vectors.QualityBlock;
import io.inscape.vectors.Stages;
import io.inscape.vectors.VectorFigure;
import io.inscape.vectors.VectorInput;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
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
      "No study is needed. Ctrl-C keeps the layout reached so far."
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
      required = true,
      paramLabel = "LAYOUT.npy",
      description = "Where to write the layout: float32 [observation, dimension].")
  private Path target = Path.of("");

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

  private int project() {
    if (spec == null) {
      throw new IllegalStateException("picocli sets the specification");
    }
    ProjectionParams params = MethodOptions.read(spec.commandLine().getParseResult());
    QualityParams measured = quality.params();
    List<Path> inputs = inputs();
    Path file = OutputFile.require(target, List.of(".npy"), inputs);
    Path picture = image == null ? null : OutputFile.require(image, List.of(".svg"), inputs);
    ProjectionReport report = report(params, measured, file);
    if (picture != null) {
      VectorFigure.write(picture, report);
    }
    tell(report);
    return report.projection().stopped() || Thread.currentThread().isInterrupted()
        ? Inscape.INTERRUPTED
        : Inscape.DONE;
  }

  private ProjectionReport report(
      ProjectionParams params, @Nullable QualityParams measured, Path file) {
    try (Workers workers = Workers.of(threads.count());
        Bar bar = console.bar("project", Bar.parts())) {
      Stages stages = new Stages(Bar.timed(bar));
      stages.report("reading", 0);
      VectorInput input = VectorInput.read(vectors, labels, console::note);
      FileProjection projection = write(input, params, file, workers, stages);
      QualityBlock block =
          projection.stopped() || measured == null
              ? null
              : measure(input, projection, measured, workers, stages);
      stages.end();
      return new ProjectionReport(input, params, target.toString(), projection, stages, block);
    } catch (CancellationException e) {
      console.note("Stopped before there was a layout; " + target + " was not written.");
      throw e;
    }
  }

  /// Projects; the layout is on the disk afterwards.
  private FileProjection write(
      VectorInput input, ProjectionParams params, Path file, Workers workers, Stages stages) {
    try (NpyWriter writer =
        NpyWriter.create(file, NpyType.FLOAT32, input.matrix().rows(), params.dimensions())) {
      writer.reserve();
      FileProjection projection = FileProjection.run(input.matrix(), params, workers, stages);
      writer.write(bytes(projection.layout().positions()));
      writer.commit();
      return projection;
    }
  }

  private List<Path> inputs() {
    return labels == null ? List.of(Path.of(vectors)) : List.of(Path.of(vectors), Path.of(labels));
  }

  private static ByteBuffer bytes(Matrix positions) {
    float[] values = positions.toArray();
    ByteBuffer bytes =
        ByteBuffer.allocate(Math.multiplyExact(4, values.length)).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    return bytes;
  }

  private static @Nullable QualityBlock measure(
      VectorInput input,
      FileProjection projection,
      QualityParams params,
      Workers workers,
      Stages stages) {
    try {
      return QualityBlock.of(input, projection.layout().positions(), params, workers, stages);
    } catch (CancellationException e) {
      if (!Thread.currentThread().isInterrupted()) {
        throw e;
      }
      return null;
    }
  }

  private void tell(ProjectionReport report) {
    if (output.json()) {
      console.json(report.toMap(Version.current()));
    } else {
      report.lines().forEach(console::line);
    }
    FileProjection projection = report.projection();
    if (projection.stopped()) {
      console.note(
          "Stopped at iteration "
              + projection.iteration()
              + " of "
              + projection.iterations()
              + "; "
              + target
              + " holds the layout reached so far.");
    } else if (Thread.currentThread().isInterrupted()) {
      console.note(
          "Stopped while the quality was measured; " + target + " holds the whole layout.");
    }
  }
}
