package io.inscape.study.bring;

import io.inscape.dataset.DataRequest;
import io.inscape.dataset.Dataset;
import io.inscape.dataset.Feed;
import io.inscape.dataset.Images;
import io.inscape.dataset.InputException;
import io.inscape.dataset.Sample;
import io.inscape.dataset.Split;
import io.inscape.dataset.Targets;
import io.inscape.dataset.source.Datasets;
import io.inscape.matrix.Progress;
import io.inscape.network.Binding;
import io.inscape.network.Dimension;
import io.inscape.network.ElementType;
import io.inscape.network.Layer;
import io.inscape.network.Network;
import io.inscape.network.ValueInfo;
import io.inscape.study.bring.Understanding.Check;
import io.inscape.study.bring.Understanding.DataPart;
import io.inscape.study.bring.Understanding.FilePart;
import io.inscape.study.bring.Understanding.InputPart;
import io.inscape.study.bring.Understanding.LayerPart;
import io.inscape.study.bring.Understanding.ModelPart;
import io.inscape.study.bring.Understanding.ValuePart;
import io.inscape.study.network.NetworkGraph;
import io.inscape.study.run.Checkpoints;
import io.inscape.study.run.QuickCheck;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Looks at networks and data before they are taken in: what they are, whether they fit, how well
/// the last network does, and which views there will be. Nothing is written.
public final class Look {
  /// As many test observations are asked: the standard error of an accuracy is then 2 % at most.
  private static final int ASKED = 500;

  private static final int EXAMPLES = 12;

  /// What exporters call every graph.
  private static final List<String> NAMED_BY_EXPORTERS =
      List.of("", "torch_jit", "torch-jit-export", "main_graph", "graph", "tf2onnx");

  private final LookRequest request;
  private final int threads;
  private final List<String> problems = new ArrayList<>();
  private @Nullable Network network;
  private @Nullable Dataset dataset;

  private Look(LookRequest request, int threads) {
    this.request = request;
    this.threads = threads;
  }

  /// Looks.
  ///
  /// What cannot be read is said in the answer, not thrown: a person corrects one thing after the
  /// other.
  ///
  /// @param request at what
  /// @param threads how many threads compute, at least 1
  /// @return what was understood
  public static Understanding at(LookRequest request, int threads) {
    return new Look(request, threads).look();
  }

  /// The exact input of the first observations of a study's sample.
  ///
  /// @param data the data set
  /// @return up to 12 observations as a network is given them
  /// @throws InputException if the data set cannot be read
  /// @throws IllegalArgumentException if a step of the preprocessing cannot work on it
  public static Examples examples(DataRequest data) {
    return Examples.of(Datasets.open(data), data.pipeline(), EXAMPLES);
  }

  /// The graph of the last checkpoint of what was brought, its free sizes set by the data where
  /// they fit.
  ///
  /// @param request at what; with a model
  /// @return every operation with the shape of what it gives
  /// @throws InputException if it cannot be read
  /// @throws IllegalArgumentException if the request has no model
  public static NetworkGraph graph(LookRequest request) {
    Path path =
        request
            .model()
            .orElseThrow(() ->
                new IllegalArgumentException(
                    "model must say whose graph it is about; it is missing"));
    Look look = new Look(request, 1);
    ModelPart model = look.model(path);
    Network found = look.network;
    if (found == null) {
      throw InputException.unsupported(
          path.toString(),
          "the network",
          String.valueOf(model.problem()),
          "one that can be read",
          "export it again");
    }
    Optional<DataRequest> asked = request.data();
    if (asked.isPresent()) {
      look.data(asked.get());
      Dataset opened = look.dataset;
      if (opened != null && InputLook.of(found, opened, asked.get().pipeline()).problem() == null) {
        Feed feed = Feed.of(opened.content(), asked.get().pipeline());
        found = found.fitted(Binding.of(found, feed.slots()));
      }
    }
    return NetworkGraph.of(model.run(), found);
  }

  /// The name that a run gets after a file or folder.
  ///
  /// @param fileOrFolder of networks
  /// @return 1 to 64 letters, digits, points, dashes
  public static String runName(Path fileOrFolder) {
    String begun = stem(fileOrFolder).replaceAll("[^A-Za-z0-9._-]", "-").replaceFirst("^[.-]+", "");
    return begun.isEmpty() ? "imported" : begun.substring(0, Math.min(64, begun.length()));
  }

  /// What a network is called: what its graph calls itself, unless every exporter calls it so.
  ///
  /// @param network which
  /// @param fileOrFolder where it was found
  /// @return its name
  public static String title(Network network, Path fileOrFolder) {
    return NAMED_BY_EXPORTERS.contains(network.name()) ? stem(fileOrFolder) : network.name();
  }

  private static String stem(Path fileOrFolder) {
    Path last = fileOrFolder.toAbsolutePath().normalize().getFileName();
    return String.valueOf(Objects.requireNonNullElse(last, fileOrFolder))
        .replaceFirst("(?i)\\.onnx$", "");
  }

  private Understanding look() {
    ModelPart model = request.model().map(this::model).orElse(null);
    DataPart data = request.data().map(this::data).orElse(null);
    Network found = network;
    Dataset opened = dataset;
    DataRequest asked = request.data().orElse(null);
    InputPart input = null;
    Check check = null;
    if (found != null && opened != null && asked != null) {
      input = InputLook.of(found, opened, asked.pipeline());
      if (input.problem() != null) {
        problems.add(input.problem());
      } else {
        Feed feed = Feed.of(opened.content(), asked.pipeline());
        found = found.fitted(Binding.of(found, feed.slots())); // all sizes are known now
        model = Objects.requireNonNull(model).withLayers(layers(found));
        check = check(found, opened, asked, lastEpoch(Objects.requireNonNull(model)));
      }
    }
    List<Understanding.View> views =
        found == null || opened == null || check == null
            ? List.of()
            : Views.of(found, opened, check, Objects.requireNonNull(model));
    boolean ready = model != null && data != null && problems.isEmpty();
    return new Understanding(model, null, data, input, check, views, problems, ready);
  }

  private static int lastEpoch(ModelPart model) {
    int last = 0;
    for (FilePart file : model.files()) {
      last = Math.max(last, file.epoch() == null ? 1 : file.epoch());
    }
    return last;
  }

  private ModelPart model(Path path) {
    List<String> runs = List.of();
    List<FilePart> files = List.of();
    String run = request.run().orElse(runName(path));
    try {
      List<Path> trainings = Checkpoints.runs(path);
      Path first = trainings.getFirst();
      if (trainings.size() > 1) {
        runs = trainings.stream().map(Look::runName).toList();
        run = runs.getFirst();
      }
      List<Checkpoints.Named> named = Checkpoints.list(first, request.epochs());
      files = files(named);
      network = Network.read(named.getLast().file());
      noteEpochs(first);
      return described(network, first, run, runs, files);
    } catch (InputException | IOException e) {
      network = null;
      String sentence = String.valueOf(e.getMessage());
      problems.add(sentence);
      return new ModelPart(
          stem(path), run, runs, files, 0, 0, List.of(), List.of(), List.of(), sentence);
    }
  }

  /// Says where the names tell no epochs, or one twice.
  private void noteEpochs(Path training) {
    try {
      Checkpoints.find(training, request.epochs());
    } catch (InputException e) {
      problems.add(String.valueOf(e.getMessage()));
    }
  }

  private static List<FilePart> files(List<Checkpoints.Named> named) throws IOException {
    List<FilePart> files = new ArrayList<>();
    for (Checkpoints.Named one : named) {
      Integer epoch = one.epoch().isPresent() ? Integer.valueOf(one.epoch().getAsInt()) : null;
      Integer known = epoch == null && named.size() == 1 ? Integer.valueOf(1) : epoch;
      files.add(
          new FilePart(String.valueOf(one.file().getFileName()), known, Files.size(one.file())));
    }
    return files;
  }

  private static ModelPart described(
      Network network, Path path, String run, List<String> runs, List<FilePart> files) {
    return new ModelPart(
        title(network, path),
        run,
        runs,
        files,
        network.operatorSet(),
        network.parameterCount(),
        network.inputs().stream().map(Look::value).toList(),
        network.outputs().stream().map(Look::value).toList(),
        layers(network),
        null);
  }

  private static ValuePart value(ValueInfo info) {
    List<@Nullable Integer> shape = new ArrayList<>();
    for (Dimension size : info.shape().orElse(List.of())) {
      shape.add(
          size instanceof Dimension.Fixed(long fixed)
              ? Integer.valueOf(Math.toIntExact(fixed))
              : null);
    }
    String type = info.type().map(ElementType::name).orElse("unknown").toLowerCase(Locale.ROOT);
    return new ValuePart(info.name(), type, Collections.unmodifiableList(shape));
  }

  private static List<LayerPart> layers(Network network) {
    return network.allLayers().stream().map(Look::layer).toList();
  }

  private static LayerPart layer(Layer layer) {
    return new LayerPart(
        layer.name(),
        layer.value(),
        layer.shape(),
        layer.units(),
        layer.operator(),
        layer.reading().title(),
        layer.proposed());
  }

  private DataPart data(DataRequest asked) {
    try {
      Dataset opened = Datasets.open(asked, request.index(), Progress.none());
      DataPart part = described(opened, asked);
      dataset = opened;
      return part;
    } catch (InputException | IllegalArgumentException e) {
      String sentence = String.valueOf(e.getMessage());
      problems.add(sentence);
      return new DataPart(
          asked.source(),
          "images",
          null,
          0,
          0,
          0,
          List.of(),
          "none",
          List.of(),
          asked.pipeline().toString(),
          sentence);
    }
  }

  private static DataPart described(Dataset dataset, DataRequest asked) {
    List<Integer> shape =
        dataset.content() instanceof Images images
            ? List.of(images.shape().channels(), images.shape().rows(), images.shape().cols())
            : null;
    return new DataPart(
        dataset.name(),
        dataset.content().noun(),
        shape,
        Feed.of(dataset.content(), asked.pipeline()).width(),
        dataset.train().count(),
        dataset.test().count(),
        dataset.classNames(),
        switch (dataset.test().targets()) {
          case Targets.Classes _ -> "classes";
          case Targets.Values _ -> "values";
          case Targets.None _ -> "none";
        },
        counts(dataset.test(), dataset.classNames().size()),
        asked.pipeline().toString(),
        null);
  }

  private static List<Integer> counts(Split split, int classes) {
    List<Integer> counts = new ArrayList<>(Collections.nCopies(classes, 0));
    for (int i = 0; i < split.count() && split.labelled(); i++) {
      counts.set(split.label(i), counts.get(split.label(i)) + 1);
    }
    return counts;
  }

  private @Nullable Check check(Network found, Dataset opened, DataRequest asked, int epoch) {
    try {
      QuickCheck quick = QuickCheck.of(found, opened, asked.pipeline(), ASKED, threads);
      return Checks.of(quick, opened.classNames().size(), epoch, asked.pipeline());
    } catch (InputException | IllegalArgumentException e) {
      problems.add(String.valueOf(e.getMessage()));
      return null;
    }
  }

  /// The exact input of some observations.
  ///
  /// @param values row by row; not modified
  /// @param shape `[example, channel, row, col]` or `[example, column]`
  @SuppressWarnings("ArrayRecordComponent") // goes straight to the page
  public record Examples(float[] values, List<Integer> shape) {
    static Examples of(Dataset dataset, io.inscape.dataset.Pipeline pipeline, int most) {
      Feed feed = Feed.of(dataset.content(), pipeline);
      int[] chosen = Sample.draw(feed.count(), Math.min(most, feed.count()), 0);
      float[] values = new float[chosen.length * feed.width()];
      for (int i = 0; i < chosen.length; i++) {
        feed.fill(chosen[i], values, i * feed.width());
      }
      List<Integer> shape = new ArrayList<>(List.of(chosen.length));
      Optional<List<Integer>> one =
          feed.slots().size() == 1
              ? Optional.of(feed.slots().getFirst().shape())
              : Optional.empty();
      shape.addAll(one.orElse(List.of(feed.width())));
      return new Examples(values, List.copyOf(shape));
    }
  }
}
