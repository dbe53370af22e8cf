package io.inscape.study.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Model;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.EasyTrain;
import ai.djl.training.Trainer;
import ai.djl.training.dataset.ArrayDataset;
import ai.djl.training.evaluator.Accuracy;
import ai.djl.training.listener.EvaluatorTrainingListener;
import ai.djl.training.listener.TrainingListenerAdapter;
import ai.djl.training.loss.Loss;
import io.inscape.matrix.Progress;
import io.inscape.matrix.Rng;
import io.inscape.matrix.Workers;
import io.inscape.study.ActivationSource;
import io.inscape.study.Study;
import io.inscape.study.file.StudyException;
import io.inscape.study.run.RunInfo;
import io.inscape.study.run.RunState;
import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A recording process may be killed at any moment; what it had recorded is whole.
@Timeout(240)
final class KilledRecordingTest {
  private static final int COUNT = 200;
  private static final int COLS = 12;
  private static final int ENDLESS = 1_000_000;

  @TempDir Path folder;

  @Test
  void leavesItsWholeEpochsAndAnotherRunIsRecordedBesideThem() throws Exception {
    long seed = Long.getLong("inscape.seed", 20260101);
    System.err.println("kills at the moment of seed " + seed + " (-Dinscape.seed repeats it)");
    Path study = folder.resolve("study");
    Process child = child(study);
    try (BufferedReader said = child.inputReader()) {
      String line = said.readLine();
      while (line != null && !line.equals("epoch 2")) {
        line = said.readLine();
      }
      assertThat(line).as("what the child said last").isEqualTo("epoch 2");
      assertThatThrownBy(() -> Study.open(study).close())
          .hasMessageContaining("pid " + child.pid());
      assertThat(child.waitFor(Rng.of(seed, "kill").nextInt(0, 300), TimeUnit.MILLISECONDS))
          .isFalse();
    }
    child.destroyForcibly().waitFor();
    List<Integer> left;
    try (Study opened = Study.openReadOnly(study)) {
      assertThat(opened.problems()).isEmpty();
      left = requireWhole(opened, "killed", RunState.INTERRUPTED);
      assertThat(left).hasSizeGreaterThan(2);
    }
    assertThatThrownBy(() -> StudyListener.of(study, "killed", sample(), List.of()))
        .isInstanceOf(StudyException.class)
        .hasMessageEndingWith("is there already; record the training under another run's name");
    train(study, "next", 2, _ -> {});
    try (Study opened = Study.open(study)) {
      assertThat(requireWhole(opened, "next", RunState.COMPLETE)).containsExactly(0, 1, 2);
      assertThat(requireWhole(opened, "killed", RunState.INTERRUPTED)).containsAll(left);
    }
    train(study, "third", 1, _ -> {});
    try (Study opened = Study.openReadOnly(study)) {
      assertThat(opened.run("next").info().state()).isEqualTo(RunState.COMPLETE);
      assertThat(opened.run("killed").info().state()).isEqualTo(RunState.INTERRUPTED);
    }
  }

  /// The epochs of a run without a gap, each with activations, predictions and metrics.
  private static List<Integer> requireWhole(Study study, String name, RunState state) {
    RunInfo run = study.run(name).info();
    assertThat(run.state()).isEqualTo(state);
    List<Integer> epochs = run.snapshots();
    assertThat(epochs).isEqualTo(IntStream.range(0, epochs.size()).boxed().toList());
    assertThat(run.metrics()).hasSize(epochs.size() - 1); // nothing is measured before training
    try (Workers workers = Workers.of(1)) {
      for (int epoch : epochs) {
        var layer = new ActivationSource.Layer(name, epoch, "02LambdaBlock");
        var vectors = study.vectors(layer, workers, Progress.none());
        assertThat(vectors.rows()).isEqualTo(COUNT);
        assertThat(vectors.cols()).isEqualTo(16);
        assertThat(study.run(name).predictions(epoch)).hasSize(COUNT * 2);
      }
    }
    return epochs;
  }

  private static Process child(Path study) throws Exception {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    return new ProcessBuilder(
            List.of(
                java,
                "--add-modules=jdk.incubator.vector",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Recorder.class.getName(),
                study.toString()))
        .redirectError(Files.createTempFile("child", ".log").toFile())
        .start();
  }

  /// The process that is killed.
  static final class Recorder {
    private Recorder() {}

    public static void main(String[] args) throws Exception {
      train(Path.of(args[0]), "killed", ENDLESS, epoch -> System.out.println("epoch " + epoch));
    }
  }

  private static SampleOrder sample() {
    RandomGenerator random = Rng.of(3, "sample");
    float[] inputs = new float[COUNT * COLS];
    int[] labels = new int[COUNT];
    for (int i = 0; i < COUNT; i++) {
      labels[i] = i % 2;
      for (int j = 0; j < COLS; j++) {
        inputs[i * COLS + j] = (float) random.nextGaussian() + labels[i];
      }
    }
    return new SampleOrder(inputs, List.of((long) COLS), labels, List.of("low", "high"));
  }

  private static void train(
      Path study, String run, int epochs, java.util.function.IntConsumer recorded)
      throws Exception {
    SampleOrder sample = sample();
    SequentialBlock block =
        new SequentialBlock()
            .add(Linear.builder().setUnits(16).build())
            .add(Activation::relu)
            .add(Linear.builder().setUnits(2).build());
    try (Model model = Model.newInstance("small", "PyTorch");
        NDManager manager = model.getNDManager().newSubManager();
        StudyListener listener = StudyListener.of(study, run, sample, List.of("02LambdaBlock"))) {
      model.setBlock(block);
      ArrayDataset data =
          new ArrayDataset.Builder()
              .setData(manager.create(sample.inputs(), new Shape(COUNT, COLS)))
              .optLabels(manager.create(sample.labels()))
              .setSampling(50, true)
              .build();
      DefaultTrainingConfig config =
          new DefaultTrainingConfig(Loss.softmaxCrossEntropyLoss())
              .addEvaluator(new Accuracy())
              .addTrainingListeners(
                  listener, new EvaluatorTrainingListener(), new Saying(recorded));
      try (Trainer trainer = model.newTrainer(config)) {
        trainer.initialize(new Shape(50, COLS));
        EasyTrain.fit(trainer, epochs, data, null);
      }
    }
  }

  /// Says which epoch is over.
  private static final class Saying extends TrainingListenerAdapter {
    private final java.util.function.IntConsumer recorded;
    private int epoch;

    Saying(java.util.function.IntConsumer recorded) {
      this.recorded = recorded;
    }

    @Override
    public void onEpoch(Trainer trainer) {
      epoch++;
      recorded.accept(epoch);
    }
  }
}
