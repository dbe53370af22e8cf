package io.inscape.study;

import io.inscape.activation.NpyFile;
import io.inscape.dataset.Content;
import io.inscape.dataset.DataRequest;
import io.inscape.dataset.Dataset;
import io.inscape.dataset.Feed;
import io.inscape.dataset.ImageShape;
import io.inscape.dataset.Images;
import io.inscape.dataset.Part;
import io.inscape.dataset.Pipeline;
import io.inscape.dataset.Sample;
import io.inscape.dataset.Split;
import io.inscape.dataset.Targets;
import io.inscape.dataset.Texts;
import io.inscape.dataset.Vectors;
import io.inscape.study.StudyInfo.LabelKind;
import io.inscape.study.StudyInfo.ReadingOptions;
import io.inscape.study.file.BuildVersion;
import io.inscape.study.file.Json;
import io.inscape.study.file.SafeFiles;
import io.inscape.study.file.StudyException;
import io.inscape.study.file.StudyException.Kind;
import io.inscape.study.file.StudyFolder;
import io.inscape.study.outside.OutsideData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// Reads and writes a study's own three files.
final class StudyFiles {
  /// Where what is recorded of a training elsewhere lies in the study of it.
  private static final String OUTSIDE = "outside";

  /// What a killed [#write] may leave behind besides files that were being written.
  private static final Set<String> BEGINNINGS =
      Set.of(
          ".lock", "data-index", "sample.npy", "sample-labels.npy", "sample-values.npy", OUTSIDE);

  /// What the first version wrote and reads: images, and a sample of the test split.
  static final int FORMAT_OF_TEST_IMAGES = 1;

  /// What the second reads besides: vectors without parts, and samples of other splits.
  static final int FORMAT_OF_VECTORS = 2;

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
    if (!(format instanceof Integer number)
        || number < FORMAT_OF_TEST_IMAGES
        || number > Study.FORMAT) {
      throw new StudyException(
          Kind.OTHER_VERSION,
          "study "
              + folder.root()
              + " has format "
              + format
              + ", this Inscape reads "
              + FORMAT_OF_TEST_IMAGES
              + " to "
              + Study.FORMAT
              + ": open it with the version that wrote it");
    }
    return Json.read(file, StudyInfo.class, StudyFiles::upgrade);
  }

  /// What older versions did not write: they knew classes only, and the first one images only.
  private static void upgrade(Map<String, Object> study) {
    if (study.get("dataset") instanceof Map<?, ?> kept) {
      Map<String, Object> dataset = new LinkedHashMap<>();
      kept.forEach((key, value) -> dataset.put(String.valueOf(key), value));
      dataset.putIfAbsent("labels", null);
      dataset.putIfAbsent("options", null);
      if (!dataset.containsKey("kind")) {
        upgradeImages(study, dataset);
      }
      study.put("dataset", dataset);
    }
  }

  private static void upgradeImages(Map<String, Object> study, Map<String, Object> dataset) {
    dataset.put("kind", "images");
    dataset.put("labelsSource", null);
    ImageShape shape = Json.convert(dataset.getOrDefault("shape", Map.of()), ImageShape.class);
    Pipeline pipeline = Pipeline.parse(String.valueOf(study.get("pipeline")));
    dataset.put("columns", pipeline.outputShape(shape).size());
    if (dataset.get("trainCount") instanceof Integer train
        && dataset.get("testCount") instanceof Integer test) {
      dataset.put("count", train + test);
    }
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
        if (!BEGINNINGS.contains(name) && !name.contains(".tmp-") && !isUpload(folder, entry)) {
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

  /// Whether it came over the page: uploads, and the data among them that are being made a study
  /// of.
  private static boolean isUpload(StudyFolder folder, Path entry) {
    return entry.equals(folder.staging())
        || (entry.equals(folder.data()) && Files.exists(folder.staging()));
  }

  static void createFolder(StudyFolder folder) {
    try {
      Files.createDirectories(folder.root());
    } catch (IOException e) {
      throw new StudyException(
          Kind.DISK, "folder " + folder.root() + " cannot be made: " + e.getMessage(), e);
    }
  }

  /// A study of a data set to write.
  static Beginning of(StudyConfig config, Dataset dataset, DataRequest request) {
    Pipeline pipeline = request.pipeline();
    Split split = dataset.part(config.split());
    int[] sample =
        Sample.draw(split.count(), config.observations().of(split.count()), config.seed());
    return new Beginning(
        config.name(),
        describe(dataset, request),
        pipeline.toString(),
        config.split(),
        config.seed(),
        sample,
        split.targets().of(sample));
  }

  /// A study of vectors to write.
  static Beginning of(VectorStudyConfig config, VectorFiles files) {
    Vectors vectors = files.vectors();
    int[] sample =
        Sample.draw(vectors.count(), config.observations().of(vectors.count()), config.seed());
    Path file = config.vectors().toAbsolutePath().normalize();
    StudyInfo.DatasetInfo dataset =
        new StudyInfo.DatasetInfo(
            StudyInfo.DataKind.VECTORS,
            String.valueOf(file.getFileName()).replaceFirst("\\.npy$", ""),
            file.toString(),
            config
                .labels()
                .map(labels -> labels.toAbsolutePath().normalize().toString())
                .orElse(null),
            files.digest(),
            null,
            vectors.columns(),
            0,
            0,
            vectors.count(),
            files.classNames(),
            null,
            null);
    int[] labels = files.labels(sample);
    Targets targets =
        labels == null ? new Targets.None(sample.length) : new Targets.Classes(labels);
    return new Beginning(config.name(), dataset, "none", Part.ALL, config.seed(), sample, targets);
  }

  /// A study of activations that were made elsewhere to write.
  static Beginning of(Path study, ActivationStudyConfig config, OutsideData data) {
    int[] sample = Sample.draw(data.count(), config.observations().of(data.count()), config.seed());
    Path root = study.toAbsolutePath().normalize();
    Path folder = config.activations().toAbsolutePath().normalize();
    Path named = folder.startsWith(root) ? root.relativize(folder) : folder;
    StudyInfo.DatasetInfo dataset =
        new StudyInfo.DatasetInfo(
            data.shape().isPresent() ? StudyInfo.DataKind.IMAGES : StudyInfo.DataKind.VECTORS,
            String.valueOf(folder.getFileName()),
            StudyInfo.ACTIVATIONS + named.toString().replace('\\', '/'),
            null,
            data.digest(),
            data.shape().orElse(null),
            data.columns(),
            0,
            0,
            data.count(),
            data.classNames(),
            switch (data.targets()) {
              case Targets.Classes _ -> LabelKind.CLASSES;
              case Targets.Values _ -> LabelKind.VALUES;
              case Targets.None _ -> LabelKind.NONE;
            },
            null);
    String pipeline = data.shape().isPresent() ? "scale" : "none";
    return new Beginning(
        config.name(),
        dataset,
        pipeline,
        Part.ALL,
        config.seed(),
        sample,
        data.targets().of(sample));
  }

  /// What a new study's own files are made of.
  @SuppressWarnings("ArrayRecordComponent") // goes straight to files
  record Beginning(
      String name,
      StudyInfo.DatasetInfo dataset,
      String pipeline,
      Part split,
      long seed,
      int[] sample,
      Targets targets) {
    /// The first format where it can say what the study is, so that older versions read it.
    int format() {
      boolean images = dataset.kind() == StudyInfo.DataKind.IMAGES;
      boolean bare = dataset.kind() == StudyInfo.DataKind.VECTORS && !dataset.hasParts();
      boolean classes = dataset.labels() == LabelKind.CLASSES || bare;
      if (dataset.madeElsewhere() || !(images || bare) || !classes || dataset.options() != null) {
        return Study.FORMAT;
      }
      return images && split == Part.TEST ? FORMAT_OF_TEST_IMAGES : FORMAT_OF_VECTORS;
    }
  }

  /// Writes a new study: the sample first, what makes it a study last.
  static void write(StudyFolder folder, SafeFiles files, Beginning study) {
    int[] sample = study.sample();
    files.produce(folder.sample(), aside -> NpyFile.writeInts(aside, sample, sample.length));
    List<Integer> counts = List.of();
    switch (study.targets()) {
      case Targets.Classes known -> {
        int[] labels = known.labels();
        files.produce(
            folder.sampleLabels(), aside -> NpyFile.writeInts(aside, labels, labels.length));
        counts = counts(labels, study.dataset().classNames().size());
      }
      case Targets.Values known -> {
        float[] values = known.values();
        files.produce(
            folder.sampleValues(), aside -> NpyFile.writeFloats(aside, values, values.length));
      }
      case Targets.None _ -> {}
    }
    StudyInfo info =
        new StudyInfo(
            study.format(),
            BuildVersion.current(),
            study.name(),
            study.dataset(),
            study.pipeline(),
            new StudyInfo.SampleInfo(study.split(), sample.length, study.seed(), counts));
    files.write(folder.description(), Json.pretty(info));
  }

  private static StudyInfo.DatasetInfo describe(Dataset dataset, DataRequest request) {
    String asked = request.source();
    Content content = dataset.content();
    Path path = Path.of(asked);
    boolean named = asked.matches("(fashion-)?mnist(:.*)?"); // a doctored one keeps its suffix
    return new StudyInfo.DatasetInfo(
        switch (content) {
          case Images _ -> StudyInfo.DataKind.IMAGES;
          case Vectors _ -> StudyInfo.DataKind.VECTORS;
          case Texts _ -> StudyInfo.DataKind.TEXTS;
        },
        dataset.name(),
        named ? asked : path.toAbsolutePath().normalize().toString(),
        null,
        dataset.digest(),
        content instanceof Images images ? images.shape() : null,
        Feed.of(content, request.pipeline()).width(),
        dataset.train().count(),
        dataset.test().count(),
        dataset.train().count() + dataset.test().count(),
        dataset.classNames(),
        switch (dataset.test().targets()) {
          case Targets.Classes _ -> LabelKind.CLASSES;
          case Targets.Values _ -> LabelKind.VALUES;
          case Targets.None _ -> LabelKind.NONE;
        },
        ReadingOptions.of(request));
  }

  private static List<Integer> counts(int[] labels, int classes) {
    List<Integer> counts = new ArrayList<>(Collections.nCopies(classes, 0));
    for (int label : labels) {
      counts.set(label, counts.get(label) + 1);
    }
    return counts;
  }
}
