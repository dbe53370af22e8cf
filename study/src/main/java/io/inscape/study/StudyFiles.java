package io.inscape.study;

import io.inscape.activation.NpyFile;
import io.inscape.dataset.Dataset;
import io.inscape.dataset.Pipeline;
import io.inscape.dataset.Sample;
import io.inscape.study.file.Json;
import io.inscape.study.file.SafeFiles;
import io.inscape.study.file.StudyException;
import io.inscape.study.file.StudyException.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// Reads and writes a study's own three files.
final class StudyFiles {
  /// What a killed [#write] may leave behind besides files that were being written.
  private static final Set<String> BEGINNINGS = Set.of(".lock", "sample.npy", "sample-labels.npy");

  private StudyFiles() {}

  /// Reads what a study is about, format first.
  static StudyInfo read(StudyFolder folder) {
    Path file = folder.description();
    if (!Files.exists(file)) {
      throw new StudyException(
          Kind.NO_STUDY,
          "there is no study in "
              + folder.root()
              + " (no study.json in it); name the folder of one, or train into it to make one");
    }
    Object format = Json.read(file, Map.class).get("format");
    if (!(format instanceof Integer)) {
      throw new StudyException(Kind.DAMAGED, file + " is damaged: it names no format");
    }
    if (!format.equals(Study.FORMAT)) {
      throw new StudyException(
          Kind.OTHER_VERSION,
          "study "
              + folder.root()
              + " has format "
              + format
              + ", this Inscape reads "
              + Study.FORMAT
              + ": open it with the version that wrote it");
    }
    return Json.read(file, StudyInfo.class);
  }

  /// Refuses a folder that holds anything but the beginning of a study.
  static void requireVacant(StudyFolder folder) {
    if (Files.exists(folder.description())) {
      throw new StudyException(
          Kind.EXISTS,
          "there is a study in " + folder.root() + " already; open it, or name another folder");
    }
    if (!Files.exists(folder.root())) {
      return;
    }
    try (Stream<Path> entries = Files.list(folder.root())) {
      for (Path entry : entries.toList()) {
        String name = entry.getFileName().toString();
        if (!BEGINNINGS.contains(name) && !name.contains(".tmp-")) {
          throw new StudyException(
              Kind.EXISTS,
              "a new study needs a folder that is empty or not there yet, but "
                  + folder.root()
                  + " holds "
                  + name
                  + "; name another folder");
        }
      }
    } catch (IOException e) {
      throw new StudyException(
          Kind.EXISTS, folder.root() + " is no folder that can be listed: " + e.getMessage(), e);
    }
  }

  static void createFolder(StudyFolder folder) {
    try {
      Files.createDirectories(folder.root());
    } catch (IOException e) {
      throw new StudyException(
          Kind.DISK, "folder " + folder.root() + " cannot be made: " + e.getMessage(), e);
    }
  }

  /// Writes a new study: the sample first, what makes it a study last.
  static void write(
      StudyFolder folder, SafeFiles files, StudyConfig config, Dataset dataset, Pipeline pipeline) {
    int count = Math.min(config.sampleCount(), dataset.test().count());
    int[] sample = Sample.draw(dataset.test().count(), count, config.seed());
    int[] labels = dataset.test().labels(sample);
    files.produce(folder.sample(), aside -> NpyFile.writeInts(aside, sample, count));
    files.produce(folder.sampleLabels(), aside -> NpyFile.writeInts(aside, labels, count));
    StudyInfo info =
        new StudyInfo(
            Study.FORMAT,
            Study.VERSION,
            config.name(),
            describe(dataset, config.dataset()),
            pipeline.toString(),
            new StudyInfo.SampleInfo(
                "test", count, config.seed(), counts(labels, dataset.classNames().size())));
    files.write(folder.description(), Json.pretty(info));
  }

  private static StudyInfo.DatasetInfo describe(Dataset dataset, String asked) {
    Path path = Path.of(asked);
    boolean named = asked.equals("mnist") || asked.equals("fashion-mnist");
    return new StudyInfo.DatasetInfo(
        dataset.name(),
        named ? asked : path.toAbsolutePath().normalize().toString(),
        dataset.digest(),
        dataset.shape(),
        dataset.train().count(),
        dataset.test().count(),
        dataset.classNames());
  }

  private static List<Integer> counts(int[] labels, int classes) {
    List<Integer> counts = new ArrayList<>(Collections.nCopies(classes, 0));
    for (int label : labels) {
      counts.set(label, counts.get(label) + 1);
    }
    return counts;
  }
}
