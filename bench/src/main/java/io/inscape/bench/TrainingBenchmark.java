package io.inscape.bench;

import io.inscape.dataset.Dataset;
import io.inscape.dataset.Images;
import io.inscape.dataset.Pipeline;
import io.inscape.dataset.Split;
import io.inscape.dataset.source.Datasets;
import io.inscape.network.Architecture;
import io.inscape.network.Architectures;
import io.inscape.training.BatchListener;
import io.inscape.training.Trainer;
import io.inscape.training.TrainingData;
import io.inscape.training.TrainingParams;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;

/// Images per second of training against PyTorch's Python front end: same networks, batch sizes and
/// threads, alternately in one run.
///
/// PyTorch with OpenBLAS can ask for more threads than it was given, so it runs in each sensible
/// way to spend two threads and its best one counts.
final class TrainingBenchmark {
  private static final int THREADS = 2;
  private static final int ROUNDS = 2;

  /// One way of giving PyTorch its threads.
  ///
  /// @param torch its own setting
  /// @param blas threads of the matrix library
  private record Threads(int torch, int blas) {}

  /// The ways that do not oversubscribe: products run on BLAS threads, convolutions on PyTorch's
  /// own.
  private static List<Threads> ways(Setting setting) {
    return switch (setting.architecture()) {
      case MLP, RMLP -> List.of(new Threads(1, 1), new Threads(1, 2));
      case CNN -> List.of(new Threads(1, 1), new Threads(2, 1));
    };
  }

  /// What is trained.
  ///
  /// @param architecture the network
  /// @param batch observations per update
  /// @param images observations per epoch
  private record Setting(Architecture architecture, int batch, int images) {}

  private TrainingBenchmark() {}

  /// Runs the comparison.
  ///
  /// @param args the path of `training.py`
  /// @throws IOException when Python does not start
  /// @throws InterruptedException when interrupted
  public static void main(String[] args) throws IOException, InterruptedException {
    Dataset mnist = Datasets.open("mnist");
    for (Setting setting :
        List.of(
            new Setting(Architecture.MLP, 16, 3_200),
            new Setting(Architecture.MLP, 128, 6_400),
            new Setting(Architecture.CNN, 32, 640))) {
      double ours = 0;
      double theirs = 0;
      for (int round = 0; round < ROUNDS; round++) {
        for (Threads way : ways(setting)) {
          theirs = Math.max(theirs, peer(Path.of(args[0]), setting, way));
        }
        ours = Math.max(ours, inscape(mnist, setting));
      }
      System.out.printf(
          Locale.ROOT,
          "%s batch %d: Inscape %.0f images/s, PyTorch %.0f images/s, ratio %.2f%n",
          setting.architecture(),
          setting.batch(),
          ours,
          theirs,
          ours / theirs);
    }
  }

  private static double inscape(Dataset mnist, Setting setting) {
    int[] few = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9};
    Split test =
        new Split(
            Images.of(mnist.shape(), mnist.test().images().toArray(few)), mnist.test().labels(few));
    TrainingData data =
        new TrainingData(
            mnist.train(), test, 10, Pipeline.defaults(), OptionalInt.of(setting.images()));
    TrainingParams params =
        TrainingParams.papers(setting.architecture()).withBatchSize(setting.batch());
    try (Trainer trainer =
        Trainer.start(
            Architectures.build(setting.architecture(), mnist.shape(), 10, 0),
            data,
            params,
            THREADS)) {
      double first = trainer.trainEpoch(BatchListener.none()).imagesPerSecond();
      return Math.max(first, trainer.trainEpoch(BatchListener.none()).imagesPerSecond());
    }
  }

  private static double peer(Path script, Setting setting, Threads way)
      throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(
            "/usr/bin/python3",
            script.toString(),
            setting.architecture().name().toLowerCase(Locale.ROOT),
            Integer.toString(setting.batch()),
            Integer.toString(setting.images()),
            Integer.toString(way.torch()));
    builder.environment().put("OMP_NUM_THREADS", Integer.toString(way.torch()));
    builder.environment().put("OPENBLAS_NUM_THREADS", Integer.toString(way.blas()));
    builder.redirectError(ProcessBuilder.Redirect.INHERIT);
    Process process = builder.start();
    String printed =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    if (process.waitFor() != 0) {
      throw new IllegalStateException(script + " failed with " + printed);
    }
    double rate = Double.parseDouble(printed);
    System.out.printf(Locale.ROOT, "  PyTorch %s %s: %.0f%n", setting, way, rate);
    return rate;
  }
}
