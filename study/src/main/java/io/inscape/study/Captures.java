package io.inscape.study;

import io.inscape.activation.ActivationStore;
import io.inscape.activation.Capture;
import io.inscape.activation.CaptureRequest;
import io.inscape.activation.NpyFile;
import io.inscape.dataset.InputException;
import io.inscape.dataset.Part;
import io.inscape.dataset.Sample;
import io.inscape.matrix.Progress;
import io.inscape.network.Layer;
import io.inscape.network.Network;
import io.inscape.study.file.Digests;
import io.inscape.study.file.Json;
import io.inscape.study.file.SafeFiles;
import io.inscape.study.file.StudyException;
import io.inscape.study.file.StudyException.Kind;
import io.inscape.study.file.StudyFolder;
import io.inscape.study.run.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/// Captures activations on demand and keeps them with what they were made from, so that a changed
/// snapshot or sample is captured again.
final class Captures {
  /// Units above which a layer is captured only when it is asked for: with 2,000 observations, 33
  /// MB.
  private static final int WIDE = 4096;

  private final Study study;
  private final StudyFolder folder;
  private final SafeFiles files;

  Captures(Study study) {
    this.study = study;
    this.folder = new StudyFolder(study.folder());
    this.files = study.files();
  }

  /// What lies in a folder of activations.
  ///
  /// @param inputs digest of the snapshot, the data set, the preprocessing and the observations
  /// @param layers whose files are complete
  record Provenance(String inputs, List<String> layers) {
    Provenance {
      layers = List.copyOf(layers);
    }
  }

  /// The digest of everything that determines a source's vectors.
  String inputs(ActivationSource source) {
    return switch (source) {
      case ActivationSource.Input _ -> inputs("", study.sample());
      case ActivationSource.Layer(var run, var epoch, _) ->
          inputs(study.run(run).digest(epoch), study.sample());
    };
  }

  /// The file of one layer for the study's sample. Where it is not there, all layers of moderate
  /// width are captured in one pass; a wider one (an early convolution's maps) comes alone, since
  /// nobody may ever ask for the others. Either way a layer is always captured in the same company,
  /// so that its bytes do not depend on who asked first.
  synchronized Path file(ActivationSource.Layer source, int threads, Progress progress) {
    Run run = study.run(source.run());
    Network network = run.network(source.epoch());
    Layer layer = network.layer(source.layer());
    Path target = folder.activations(source.run(), source.epoch());
    String inputs = inputs(run.digest(source.epoch()), study.sample());
    if (!missing(target, inputs, List.of(layer), study.sample().length).isEmpty()) {
      List<Layer> company =
          layer.units() > WIDE
              ? List.of(layer)
              : ofRun(run, network).stream().filter(other -> other.units() <= WIDE).toList();
      capture(new Task(network, company, study.sample(), target, inputs), threads, progress);
    }
    return target.resolve(StudyFolder.layerFile(layer.name()));
  }

  /// The layers of a network that its run is looked at by.
  private static List<Layer> ofRun(Run run, Network network) {
    return run.info().layers().stream().map(layer -> network.layer(layer.name())).toList();
  }

  /// Captures what an order asks for and is not there yet.
  synchronized List<Path> run(CaptureOrder order, int threads, Progress progress) {
    Run run = study.run(order.run());
    List<Integer> epochs = order.epochs().isEmpty() ? run.info().snapshots() : order.epochs();
    Part split = study.info().sample().split();
    int available = study.info().dataset().count(split);
    int count = order.observations().orElse(study.sample().length);
    boolean ofSample = count == study.sample().length;
    int[] observations =
        ofSample ? study.sample() : Sample.draw(available, count, study.info().sample().seed());
    List<Path> result = new ArrayList<>();
    for (int i = 0; i < epochs.size(); i++) {
      int epoch = epochs.get(i);
      int begun = i;
      Network network = run.network(epoch);
      List<Layer> layers =
          order.layers().isEmpty()
              ? ofRun(run, network)
              : order.layers().stream().distinct().map(network::layer).toList();
      Path target =
          ofSample
              ? folder.activations(order.run(), epoch)
              : folder.activations(order.run(), epoch, split, count);
      String inputs = inputs(run.digest(epoch), observations);
      capture(
          new Task(network, layers, observations, target, inputs),
          threads,
          (stage, fraction) -> progress.report(stage, (begun + fraction) / epochs.size()));
      layers.forEach(layer -> result.add(target.resolve(StudyFolder.layerFile(layer.name()))));
    }
    return result;
  }

  @SuppressWarnings("ArrayRecordComponent") // never leaves this class
  private record Task(
      Network network, List<Layer> layers, int[] observations, Path folder, String inputs) {}

  private void capture(Task task, int threads, Progress progress) {
    List<Layer> layers =
        missing(task.folder(), task.inputs(), task.layers(), task.observations().length);
    if (layers.isEmpty()) {
      return;
    }
    study.requireWritable("capture activations");
    TreeSet<String> complete = new TreeSet<>(kept(task.folder(), task.inputs()));
    if (complete
        .isEmpty()) { // others may lie there, of another snapshot: they must not count from here on
      files.delete(task.folder().resolve("capture.json"));
    }
    Map<Layer, Path> asides = new LinkedHashMap<>();
    try {
      Files.createDirectories(task.folder());
      layers.forEach(layer -> asides.put(layer, SafeFiles.aside(target(task, layer))));
      Capture.run(
          new CaptureRequest(
              task.network(),
              layers,
              study.feed(study.dataset().part(study.info().sample().split())),
              task.observations(),
              asides::get),
          threads,
          progress);
      for (Map.Entry<Layer, Path> entry : asides.entrySet()) {
        files.produce(target(task, entry.getKey()), aside -> Files.move(entry.getValue(), aside));
        complete.add(entry.getKey().name());
      }
      files.produce(
          task.folder().resolve("observations.npy"),
          aside -> NpyFile.writeInts(aside, task.observations(), task.observations().length));
      files.write(
          task.folder().resolve("capture.json"),
          Json.pretty(new Provenance(task.inputs(), List.copyOf(complete))));
    } catch (IOException e) {
      throw new StudyException(Kind.DISK, task.folder() + " cannot be made: " + e.getMessage(), e);
    } finally {
      asides.values().forEach(Captures::remove);
    }
  }

  private static Path target(Task task, Layer layer) {
    return task.folder().resolve(StudyFolder.layerFile(layer.name()));
  }

  private static void remove(Path aside) {
    try {
      Files.deleteIfExists(aside);
    } catch (IOException _) { // cleared when the study is opened next
    }
  }

  private List<Layer> missing(Path target, String inputs, List<Layer> layers, int rows) {
    List<String> kept = kept(target, inputs);
    return layers.stream()
        .filter(layer ->
            !kept.contains(layer.name())
                || !whole(target.resolve(StudyFolder.layerFile(layer.name())), rows, layer))
        .toList();
  }

  /// The layers in a folder that were made from just these inputs.
  private static List<String> kept(Path target, String inputs) {
    Path file = target.resolve("capture.json");
    if (!Files.exists(file)) {
      return List.of();
    }
    try {
      Provenance provenance = Json.read(file, Provenance.class);
      return provenance.inputs().equals(inputs) ? provenance.layers() : List.of();
    } catch (StudyException _) { // damaged, and easily made again
      return List.of();
    }
  }

  private static boolean whole(Path file, int rows, Layer layer) {
    try (ActivationStore store = ActivationStore.open(file)) {
      return store.rows() == rows && store.cols() == layer.units();
    } catch (InputException _) { // gone or cut, and easily made again
      return false;
    }
  }

  private String inputs(String snapshot, int[] observations) {
    StudyInfo info = study.info();
    return Digests.ofJson(
        Map.of(
            "snapshot", snapshot,
            "dataset", info.dataset().digest(),
            "pipeline", info.pipeline(),
            "observations", Digests.of(observations)));
  }
}
