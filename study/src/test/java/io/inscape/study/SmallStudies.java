package io.inscape.study;

import io.inscape.dataset.Split;
import io.inscape.dataset.source.Datasets;
import io.inscape.network.Architecture;
import io.inscape.network.Architectures;
import io.inscape.network.Network;
import io.inscape.study.file.Digests;
import io.inscape.study.file.SafeFiles;
import io.inscape.study.run.RunRequest;
import io.inscape.training.TrainingParams;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Small studies on real digits: 300 to learn from, 200 to test on, 90 looked at.
public final class SmallStudies {
  public static final int SAMPLE = 90;
  private static final int TRAIN = 300;
  private static final int TEST = 200;
  private static final Network UNTRAINED = network();

  private SmallStudies() {}

  private static Network network() {
    return Architectures.build(
        Architecture.RMLP, new io.inscape.dataset.ImageShape(1, 28, 28), 10, 7);
  }

  /// Writes the first digits of MNIST as a data set of its own.
  public static Path digits(Path folder) throws IOException {
    return digits(folder, TRAIN, TEST);
  }

  /// Writes as many of the first digits of MNIST as a data set of its own.
  public static Path digits(Path folder, int train, int test) throws IOException {
    Path target = folder.resolve("digits");
    if (!Files.exists(target)) {
      var mnist = Datasets.open("mnist");
      Files.createDirectories(target);
      write(target, "train", mnist.train(), train);
      write(target, "t10k", mnist.test(), test);
    }
    return target;
  }

  private static void write(Path folder, String part, Split split, int count) throws IOException {
    var images = new ByteArrayOutputStream();
    var out = new DataOutputStream(images);
    for (int number : new int[] {0x803, count, 28, 28}) {
      out.writeInt(number);
    }
    out.write(split.images().toArray(IntStream.range(0, count).toArray()));
    Files.write(folder.resolve(part + "-images-idx3-ubyte"), images.toByteArray());
    var labels = new ByteArrayOutputStream();
    out = new DataOutputStream(labels);
    out.writeInt(0x801);
    out.writeInt(count);
    for (int i = 0; i < count; i++) {
      out.writeByte(split.label(i));
    }
    Files.write(folder.resolve(part + "-labels-idx1-ubyte"), labels.toByteArray());
  }

  public static StudyConfig config(Path folder) throws IOException {
    return StudyConfig.of("digits", digits(folder).toString()).withSampleCount(SAMPLE);
  }

  public static Study create(Path folder) throws IOException {
    return Study.create(folder.resolve("study"), config(folder));
  }

  public static Study openWatched(Path folder, SafeFiles.Watcher watcher) {
    return Study.open(folder, SafeFiles.watched(watcher));
  }

  public static RunRequest request(String name, Integer... epochs) {
    TrainingParams params =
        TrainingParams.papers(Architecture.RMLP)
            .withBatchSize(50)
            .withSnapshotEpochs(List.of(epochs))
            .withSeed(3);
    return new RunRequest(name, "rmlp", UNTRAINED, params, 0);
  }

  /// The digest of every file below a folder whose bytes do not depend on the clock.
  public static TreeMap<String, String> digests(Path folder) throws IOException {
    TreeMap<String, String> digests = new TreeMap<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String name = folder.relativize(file).toString();
        if (Stream.of("run.json", "seconds.json", "energy.json", ".lock")
            .noneMatch(name::endsWith)) {
          digests.put(name, Digests.of(file));
        }
      }
    }
    return digests;
  }

  public static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Path target = to.resolve(from.relativize(file));
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else {
          Files.copy(file, target);
        }
      }
    }
  }

  public static void cut(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
  }
}
