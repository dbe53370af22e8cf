package io.inscape.cli.place;

import io.inscape.cli.option.OutputOptions;
import io.inscape.cli.option.ThreadOptions;
import io.inscape.dataset.InputException;
import io.inscape.matrix.Workers;
import io.inscape.projection.Projections;
import io.inscape.study.ActivationSource;
import io.inscape.study.Study;
import io.inscape.study.analysis.ProjectionAnalysis;
import io.inscape.study.analysis.ResultSummary;
import io.inscape.study.analysis.Results;
import io.inscape.study.place.Fitting;
import io.inscape.study.place.NewObservation;
import io.inscape.study.place.PlaceRequest;
import io.inscape.study.place.Placement;
import io.inscape.study.place.Placements;
import io.inscape.terminal.Bar;
import io.inscape.terminal.Console;
import io.inscape.terminal.Interrupts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `inscape place`: where new images lie in a kept layout, and what they are like.
@Command(
    name = "place",
    description = {
      "Places new images into a layout that a study keeps, and says what they are like: where they"
          + " lie, what the network takes them for, which observations are near and which units are"
          + " most active.",
      "",
      "The layout is a kept result (--result), or the projection of a layer (--run, --epoch,"
          + " --layer, --method), which is computed if it is not there. Without --run it is the"
          + " input's."
    })
public final class PlaceCommand implements Callable<Integer> {
  private static final long LARGEST_FILE = 256L << 20;

  private final Console console;
  @Mixin private final OutputOptions output = new OutputOptions();

  @Option(names = "--study", required = true, paramLabel = "DIR", description = "The study folder.")
  private Path folder = Path.of("");

  @Option(
      names = "--result",
      paramLabel = "DIGEST",
      description = "A kept projection or sequence; the first digits that tell it from others.")
  private @Nullable String result;

  @Option(names = "--run", paramLabel = "NAME", description = "The run. Default: the input itself.")
  private @Nullable String run;

  @Option(names = "--epoch", paramLabel = "N", description = "A kept epoch. Default: the last one.")
  private @Nullable Integer epoch;

  @Option(names = "--layer", paramLabel = "NAME", description = "The layer, such as fc4.")
  private @Nullable String layer;

  @Option(
      names = "--method",
      paramLabel = "NAME",
      description = "tsne, umap, pca, mds, smacof or smds. Default: tsne.")
  private String method = "tsne";

  @Option(
      names = "--step",
      paramLabel = "N",
      description = "Of a sequence: the step to tell of, from 0. Default: the last one.")
  private @Nullable Integer step;

  @Option(
      names = "--neighbours",
      paramLabel = "N",
      description = "How many nearest observations to name, from 1 to 100. Default: 10.")
  private int neighbours = 10;

  @Option(
      names = "--centre",
      description =
          "Scale and centre what is drawn as the digits of MNIST are. Without it the whole image is"
              + " scaled with its aspect kept.")
  private boolean centre;

  @Option(names = "--invert", description = "Dark on bright becomes bright on dark.")
  private boolean invert;

  @Parameters(
      paramLabel = "IMAGE",
      arity = "1..*",
      description = "PNG, JPEG, BMP or GIF files of any size.")
  private List<Path> images = List.of();

  @Mixin private final ThreadOptions threads = new ThreadOptions();

  /// The command.
  ///
  /// @param console where it speaks
  public PlaceCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws Exception {
    output.apply(console);
    return Interrupts.guard(console, "", this::place);
  }

  private int place() {
    List<Map<String, Object>> answers = new ArrayList<>();
    try (Study study = Study.open(folder);
        Workers workers = Workers.of(threads.count())) {
      Results results = new Results(study);
      String digest = digest(study, results, workers);
      Placements placements = new Placements(results, workers);
      PlaceText text = new PlaceText(study.info().dataset().classNames());
      for (Path image : images) {
        OptionalInt at = step == null ? OptionalInt.empty() : OptionalInt.of(step);
        Placement placed =
            placements.place(new PlaceRequest(digest, at, neighbours), observation(image));
        if (output.json()) {
          Map<String, Object> answer = new LinkedHashMap<>();
          answer.put("image", image.toString());
          answer.put("placement", placed);
          answers.add(answer);
        } else {
          text.of(image, placed).forEach(console::line);
        }
      }
    }
    if (output.json()) {
      console.json(answers);
    }
    return 0;
  }

  private NewObservation observation(Path image) {
    try {
      if (!Files.isRegularFile(image)) {
        throw InputException.missing(
            image.toString(), "an image file", "name PNG, JPEG, BMP or GIF files");
      }
      if (Files.size(image) > LARGEST_FILE) {
        throw InputException.unsupported(
            image.toString(),
            "its size",
            Files.size(image) + " bytes",
            "at most " + LARGEST_FILE,
            "scale it down first");
      }
      return new NewObservation.File(
          image.toString(), Files.readAllBytes(image), new Fitting(centre, invert));
    } catch (IOException e) {
      throw InputException.refused(image.toString(), "read", e);
    }
  }

  private String digest(Study study, Results results, Workers workers) {
    if (result != null) {
      if (run != null || epoch != null || layer != null) {
        throw new IllegalArgumentException(
            "--result names a layout already; leave --run, --epoch and --layer out");
      }
      return whole(results, result);
    }
    ActivationSource source = source(study);
    try (Bar bar = console.bar(method, Bar.parts())) {
      return kept(results, source)
          .orElseGet(() ->
              results
                  .compute(
                      ProjectionAnalysis.of(source, Projections.method(method).params(Map.of())),
                      workers,
                      Bar.progress(bar))
                  .digest());
    }
  }

  /// A kept projection by the method, whatever its options.
  private java.util.Optional<String> kept(Results results, ActivationSource source) {
    Projections.method(method);
    return results.list("projection", null).stream()
        .filter(summary ->
            summary.method().equals(method) && summary.source().equals(source.describe()))
        .map(ResultSummary::digest)
        .findFirst();
  }

  private ActivationSource source(Study study) {
    if (run == null) {
      if (epoch != null || (layer != null && !layer.equals(ActivationSource.INPUT))) {
        throw new IllegalArgumentException("--epoch and --layer need --run, the run they are of");
      }
      return new ActivationSource.Input();
    }
    if (layer == null) {
      throw new IllegalArgumentException(
          "--run needs --layer, one of "
              + String.join(
                  ", ", study.run(run).info().layers().stream().map(one -> one.name()).toList()));
    }
    int at = epoch == null ? study.run(run).info().snapshots().getLast() : epoch;
    return new ActivationSource.Layer(run, at, layer);
  }

  /// The digest that begins so.
  private static String whole(Results results, String beginning) {
    List<String> found = new ArrayList<>();
    for (String kind : List.of("projection", "sequence")) {
      for (ResultSummary summary : results.list(kind, null)) {
        if (summary.digest().startsWith(beginning)) {
          found.add(summary.digest());
        }
      }
    }
    if (found.size() != 1) {
      throw new IllegalArgumentException(
          "--result must be the beginning of one kept projection or sequence, but "
              + found.size()
              + " begin with \""
              + beginning
              + "\"");
    }
    return found.getFirst();
  }
}
