package io.inscape.study.outside;

import io.inscape.activation.outside.OutsideArray;
import io.inscape.activation.outside.OutsideFile;
import io.inscape.dataset.InputException;
import io.inscape.study.file.EpochNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Finds the runs in a folder of activations, as `docs/formats.md` has it: `<run>/<epoch>/<layer>`
/// as a file each, or `<run>/<epoch>` as one file with an array for each layer.
public final class OutsideFolder {
  /// Names that are no layers.
  private static final String PREDICTIONS = "predictions";

  private static final String PARAMETERS = "parameters";
  private static final int MOST_EPOCHS = 100_000;

  /// Text with its numbers filled up, so that fc2 comes before fc10.
  private static final Comparator<String> NATURAL =
      Comparator.<String, String>comparing(OutsideFolder::padded)
          .thenComparing(Comparator.naturalOrder());

  private final Path folder;

  private OutsideFolder(Path folder) {
    this.folder = folder;
  }

  /// The runs in a folder.
  ///
  /// @param folder with a sub-folder for each run
  /// @param observations how many rows each array must have
  /// @return at least one, by name
  /// @throws InputException if there is none, or one of them breaks the convention
  public static List<OutsideRun> runs(Path folder, long observations) {
    List<OutsideRun> runs = find(folder);
    if (runs.isEmpty()) {
      throw InputException.missing(
          folder.resolve("<run>/<epoch>/<layer>.npy").toString(),
          "a folder for each run with its epochs in it",
          "see docs/formats.md, Activations made elsewhere");
    }
    runs.forEach(run -> run.requireWhole(observations));
    return runs;
  }

  /// The runs in a folder, whatever they hold; none where it has none yet.
  ///
  /// @param folder with a sub-folder for each run
  /// @return by name
  /// @throws InputException if a name tells no epoch, or a file is damaged
  public static List<OutsideRun> find(Path folder) {
    OutsideFolder found = new OutsideFolder(folder);
    List<OutsideRun> runs = new ArrayList<>();
    for (Path entry : found.entries(folder)) {
      if (Files.isDirectory(entry)) {
        found.run(entry).ifPresent(runs::add);
      }
    }
    return List.copyOf(runs);
  }

  private Optional<OutsideRun> run(Path run) {
    TreeMap<Integer, OutsideRun.Epoch> epochs = new TreeMap<>();
    TreeMap<Integer, Path> places = new TreeMap<>();
    List<String> order = lines(run.resolve("layers.txt"));
    for (Path entry : entries(run)) {
      boolean inner = Files.isDirectory(entry);
      if (!inner && !OutsideFile.isOne(entry)) {
        continue;
      }
      int epoch = epoch(entry, inner);
      Path before = places.put(epoch, entry);
      if (before != null || places.size() > MOST_EPOCHS) {
        throw InputException.malformed(
            entry.toString(),
            "its name",
            "epoch " + epoch + (before == null ? "" : ", as in " + name(before)),
            "another epoch in each name",
            "rename it, or put it into the folder of another run");
      }
      List<OutsideRun.Layer> layers = inner ? layers(entry) : layers(entry, "");
      epochs.put(epoch, epoch(epoch, entry, layers, order));
    }
    return epochs.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new OutsideRun(
                name(run),
                List.copyOf(epochs.values()),
                MetricsTable.read(run.resolve("metrics.csv"), epochs.keySet())));
  }

  private int epoch(Path entry, boolean inner) {
    OptionalInt epoch = EpochNames.epoch(inner ? name(entry) : OutsideFile.stem(entry));
    if (epoch.isEmpty() || (!inner && name(entry).toLowerCase(Locale.ROOT).endsWith(".npy"))) {
      throw InputException.malformed(
          entry.toString(),
          "its name",
          epoch.isEmpty() ? "no epoch" : "an array in the place of an epoch",
          "<run>/<epoch>/<layer>.npy, or <run>/<epoch>.npz, with a number in the epoch's name, such"
              + " as epoch-0005",
          "rename it, or put it into a folder for its epoch");
    }
    return epoch.getAsInt();
  }

  private OutsideRun.Epoch epoch(
      int epoch, Path place, List<OutsideRun.Layer> found, List<String> order) {
    List<OutsideRun.Layer> layers = new ArrayList<>();
    OutsideArray predictions = null;
    Set<String> names = new HashSet<>();
    for (OutsideRun.Layer layer : found) {
      if (!names.add(layer.name()) || layer.array().shape().isEmpty()) {
        throw InputException.malformed(
            place.toString(),
            "layer " + layer.name(),
            layer.array().shape().isEmpty() ? "a single number" : "two arrays",
            "one array, observations first",
            "remove or rename one");
      }
      if (layer.name().equals(PREDICTIONS)) {
        predictions = layer.array();
      } else {
        layers.add(layer);
      }
    }
    if (layers.isEmpty()) {
      throw InputException.missing(
          place + (Files.isDirectory(place) ? "/<layer>.npy" : ""),
          "an array for each layer",
          "write the layers, or remove what is empty");
    }
    if (!order.isEmpty()) {
      layers.sort(Comparator.comparingInt(layer -> place(order, layer.name())));
    }
    return new OutsideRun.Epoch(epoch, layers, Optional.ofNullable(predictions));
  }

  private static int place(List<String> order, String layer) {
    int place = order.indexOf(layer);
    return place < 0 ? order.size() : place;
  }

  /// The layers of an epoch that is a folder.
  private List<OutsideRun.Layer> layers(Path epoch) {
    List<OutsideRun.Layer> layers = new ArrayList<>();
    for (Path file : entries(epoch)) {
      String stem = OutsideFile.stem(file);
      if (Files.isRegularFile(file) && OutsideFile.isOne(file) && !stem.equals(PARAMETERS)) {
        layers.addAll(layers(file, stem));
      }
    }
    return layers;
  }

  /// The layers in one file.
  private static List<OutsideRun.Layer> layers(Path file, String stem) {
    List<OutsideArray> arrays = OutsideFile.arrays(file);
    boolean several = arrays.size() > 1 || stem.isEmpty();
    List<OutsideRun.Layer> layers = new ArrayList<>();
    for (OutsideArray array : arrays) {
      String name = several && !stem.isEmpty() ? stem + "/" + array.member() : stem;
      layers.add(new OutsideRun.Layer(stem.isEmpty() ? array.member() : name, array));
    }
    if (!file.toString().toLowerCase(Locale.ROOT).endsWith(".npz")) {
      layers.sort(Comparator.comparing(OutsideRun.Layer::name, NATURAL));
    }
    return layers;
  }

  /// What lies in a folder, by name; hidden files and what is being written are passed over.
  private List<Path> entries(Path inner) {
    if (!Files.isDirectory(inner)) {
      throw InputException.missing(inner.toString(), "a folder of activations", "check the path");
    }
    try (Stream<Path> entries = Files.list(inner)) {
      Path real = folder.toRealPath();
      List<Path> found =
          entries
              .filter(path -> !name(path).startsWith(".") && !name(path).contains(".tmp"))
              .sorted(Comparator.comparing(OutsideFolder::name, NATURAL))
              .toList();
      for (Path path : found) {
        if (Files.isSymbolicLink(path) && !path.toRealPath().startsWith(real)) {
          throw InputException.unsupported(
              path.toString(),
              "the path",
              "a link that leads out of " + folder,
              "files in the folder or below it",
              "copy the file there, or name the folder that it lies in");
        }
      }
      return found;
    } catch (IOException e) {
      throw InputException.refused(inner.toString(), "list", e);
    }
  }

  /// The lines of a small text, without those that are empty.
  static List<String> lines(Path file) {
    if (!Files.exists(file)) {
      return List.of();
    }
    try {
      return Files.readAllLines(file).stream()
          .map(String::strip)
          .filter(line -> !line.isEmpty())
          .toList();
    } catch (IOException e) {
      throw InputException.refused(file.toString(), "read as UTF-8 text", e);
    }
  }

  private static String padded(String name) {
    StringBuilder text = new StringBuilder();
    for (int at = 0; at < name.length(); ) {
      int end = at;
      while (end < name.length() && Character.isDigit(name.charAt(end))) {
        end++;
      }
      if (end > at) {
        text.repeat('0', Math.max(0, 20 - (end - at))).append(name, at, end);
        at = end;
      } else {
        text.append(name.charAt(at++));
      }
    }
    return text.toString();
  }

  private static String name(Path path) {
    return Objects.requireNonNullElse(path.getFileName(), path).toString();
  }
}
