package io.inscape.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.inscape.activation.outside.OutsideArray;
import io.inscape.activation.outside.OutsideFile;
import io.inscape.dataset.DataRequest;
import io.inscape.dataset.Dataset;
import io.inscape.dataset.Pipeline;
import io.inscape.dataset.source.Datasets;
import io.inscape.network.Network;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/// Everything that reads files which somebody gave, on bytes that nobody wrote: it gives a result,
/// or refuses in a sentence (`InputException`, `IllegalArgumentException`). Anything else, running
/// out of memory or time included, is a mistake of ours.
///
/// In the usual build each method replays the seeds that [Seeds] makes, whole, cut and changed; the
/// Maven profile `fuzz` looks for more for as long as it is told.
class ParsersFuzzTest {
  private static final Path FOLDER = folder();

  private static Path folder() {
    try {
      Path folder = Files.createTempDirectory("inscape-fuzz");
      folder.toFile().deleteOnExit();
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path file(String name, byte[] bytes) {
    try {
      Path file = FOLDER.resolve(name);
      Files.createDirectories(file.getParent());
      Files.write(file, bytes);
      file.toFile().deleteOnExit();
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Runs what may refuse its input.
  private static void read(Runnable parser) {
    try {
      parser.run();
    } catch (io.inscape.dataset.InputException | IllegalArgumentException _) {
      // what it may do
    }
  }

  private static void open(Path path) {
    read(() -> {
      Dataset dataset = Datasets.open(DataRequest.of(path.toString(), Pipeline.defaults()));
      io.inscape.dataset.Feed feed =
          io.inscape.dataset.Feed.of(dataset.content(), Pipeline.defaults());
      feed.fill(0, new float[feed.width()], 0);
    });
  }

  private static void arrays(Path file) {
    read(() -> {
      for (OutsideArray array : OutsideFile.arrays(file)) {
        array.shape();
      }
    });
    open(file);
  }

  static Stream<byte[]> csvSeeds() {
    return Seeds.csv();
  }

  @MethodSource("csvSeeds")
  @FuzzTest(maxDuration = "60s")
  void csv(byte[] bytes) {
    open(file("csv/table.csv", bytes));
  }

  static Stream<byte[]> npySeeds() {
    return Seeds.npy();
  }

  @MethodSource("npySeeds")
  @FuzzTest(maxDuration = "60s")
  void npy(byte[] bytes) {
    arrays(file("npy/x.npy", bytes));
  }

  static Stream<byte[]> npzSeeds() {
    return Seeds.npz();
  }

  @MethodSource("npzSeeds")
  @FuzzTest(maxDuration = "60s")
  void npz(byte[] bytes) {
    arrays(file("npz/x.npz", bytes));
  }

  static Stream<byte[]> safetensorsSeeds() {
    return Seeds.safetensors();
  }

  @MethodSource("safetensorsSeeds")
  @FuzzTest(maxDuration = "60s")
  void safetensors(byte[] bytes) {
    Path file = file("safetensors/x.safetensors", bytes);
    read(() -> OutsideFile.arrays(file).forEach(OutsideArray::shape));
  }

  static Stream<byte[]> hdf5Seeds() {
    return Seeds.hdf5();
  }

  @MethodSource("hdf5Seeds")
  @FuzzTest(maxDuration = "60s")
  void hdf5(byte[] bytes) {
    arrays(file("hdf5/x.h5", bytes));
  }

  static Stream<byte[]> onnxSeeds() {
    return Seeds.onnx();
  }

  @MethodSource("onnxSeeds")
  @FuzzTest(maxDuration = "60s")
  void onnx(byte[] bytes) {
    read(() -> Network.parse(bytes, "x.onnx").layers());
  }

  static Stream<String> pipelineSeeds() {
    return Seeds.pipelines();
  }

  @MethodSource("pipelineSeeds")
  @FuzzTest(maxDuration = "60s")
  void pipeline(String text) {
    if (text != null) {
      read(() -> {
        String canonical = Pipeline.parse(text).toString();
        if (!Pipeline.parse(canonical).toString().equals(canonical)) {
          throw new AssertionError(text + " became " + canonical + ", which is read otherwise");
        }
      });
    }
  }

  static Stream<byte[]> idxSeeds() {
    return Seeds.idx();
  }

  @MethodSource("idxSeeds")
  @FuzzTest(maxDuration = "60s")
  void idx(byte[] bytes) {
    for (String part : new String[] {"train", "t10k"}) {
      file("idx/" + part + "-images-idx3-ubyte", bytes);
      file("idx/" + part + "-labels-idx1-ubyte", Seeds.idxLabels());
    }
    open(FOLDER.resolve("idx"));
  }

  static Stream<byte[]> cifarSeeds() {
    return Seeds.cifar();
  }

  @MethodSource("cifarSeeds")
  @FuzzTest(maxDuration = "60s")
  void cifar10(byte[] bytes) {
    for (int i = 1; i <= 5; i++) {
      file("cifar/data_batch_" + i + ".bin", bytes);
    }
    file("cifar/test_batch.bin", bytes);
    open(FOLDER.resolve("cifar"));
  }

  static Stream<byte[]> imageSeeds() {
    return Seeds.images();
  }

  @MethodSource("imageSeeds")
  @FuzzTest(maxDuration = "60s")
  void image(byte[] bytes) {
    file("images/a/1.png", bytes);
    file("images/a/2.png", bytes);
    open(FOLDER.resolve("images"));
  }

  static Stream<byte[]> vocabularySeeds() {
    return Seeds.vocabularies();
  }

  @MethodSource("vocabularySeeds")
  @FuzzTest(maxDuration = "60s")
  void texts(byte[] bytes) {
    file("texts/vocab.txt", Seeds.vocabulary().getBytes(StandardCharsets.UTF_8));
    file("texts/train.txt", bytes);
    open(FOLDER.resolve("texts"));
  }
}
