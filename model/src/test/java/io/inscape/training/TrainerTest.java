package io.inscape.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.inscape.autograd.TestGraph;
import io.inscape.dataset.Dataset;
import io.inscape.dataset.ImageShape;
import io.inscape.dataset.Images;
import io.inscape.dataset.Pipeline;
import io.inscape.dataset.Split;
import io.inscape.dataset.source.Datasets;
import io.inscape.matrix.Rng;
import io.inscape.network.Architecture;
import io.inscape.network.Architectures;
import io.inscape.network.Network;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Real MNIST, in small pieces.
class TrainerTest {
  private static final Dataset MNIST = Datasets.open("mnist");
  private static final TrainingData DATA = data(2000, 500);
  private static final TrainingParams FAST =
      TrainingParams.papers(Architecture.MLP)
          .withBatchSize(48) // leaves a smaller last batch
          .withOptimiser(new TrainingParams.Optimiser(0.05, 0.9, 1e-6));

  private static TrainingData data(int train, int test) {
    return new TrainingData(
        first(MNIST.train(), train),
        first(MNIST.test(), test),
        10,
        Pipeline.defaults(),
        OptionalInt.empty());
  }

  private static Split first(Split split, int count) {
    int[] rows = new int[count];
    Arrays.setAll(rows, row -> row);
    return new Split(
        Images.of(split.images().shape(), split.images().toArray(rows)), split.labels(rows));
  }

  private static Network rmlp(long seed) {
    return Architectures.build(Architecture.RMLP, MNIST.shape(), 10, List.of(0.5), seed);
  }

  @Test
  void learnsDigitsFromTwoThousandImages() {
    try (Trainer trainer = Trainer.start(rmlp(1), DATA, FAST, 1)) {
      EpochMetrics before = trainer.evaluate();
      trainer.trainEpoch(BatchListener.none());
      EpochMetrics after = trainer.trainEpoch(BatchListener.none());

      assertThat(before.epoch()).isZero();
      assertThat(before.testAccuracy()).isLessThan(0.3);
      assertThat(before.seconds()).isZero();
      assertThat(after.epoch()).isEqualTo(2);
      assertThat(after.testAccuracy()).isGreaterThan(0.8);
      assertThat(after.testLoss()).isLessThan(before.testLoss());
      assertThat(after.trainAccuracy()).isGreaterThan(after.testAccuracy());
      assertThat(after.imagesPerSecond()).isPositive();
      assertThat(after.testRecall()).hasSize(10).allMatch(recall -> recall > 0.5 && recall <= 1);
    }
  }

  @Test
  void aResumedRunEndsWithTheSameBytesAsAnUndisturbedOne(@TempDir Path folder) {
    Network untrained =
        Architectures.build(Architecture.MLP, MNIST.shape(), 10, Architecture.MLP.dropout(), 1);
    byte[] undisturbed;
    byte[] undisturbedState;
    Path kept = folder.resolve("resume.npz");
    try (Trainer trainer = Trainer.start(untrained, DATA, FAST, 2)) {
      trainer.trainEpoch(BatchListener.none());
      trainer.state().write(kept);
      trainer.trainEpoch(BatchListener.none());
      undisturbed = trainer.network().toBytes();
      undisturbedState = bytes(trainer.state(), folder.resolve("undisturbed.npz"));
    }
    TrainingState state = TrainingState.read(kept);
    try (Trainer trainer = Trainer.resume(untrained, state, DATA, FAST, 2)) {
      assertThat(trainer.epoch()).isEqualTo(1);
      trainer.trainEpoch(BatchListener.none());

      assertThat(trainer.network().toBytes()).isEqualTo(undisturbed);
      assertThat(bytes(trainer.state(), folder.resolve("resumed.npz"))).isEqualTo(undisturbedState);
    }
  }

  private static byte[] bytes(TrainingState state, Path file) {
    state.write(file);
    try {
      return java.nio.file.Files.readAllBytes(file);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void theSameSeedGivesTheSameBytesAndAnotherOneDoesNot() {
    List<byte[]> networks = new ArrayList<>();
    for (long seed : new long[] {5, 5, 6}) {
      try (Trainer trainer = Trainer.start(rmlp(1), DATA, FAST.withSeed(seed), 1)) {
        trainer.trainEpoch(BatchListener.none());
        networks.add(trainer.network().toBytes());
      }
    }

    assertThat(networks.get(1)).isEqualTo(networks.get(0));
    assertThat(networks.get(2)).isNotEqualTo(networks.get(0));
  }

  @Test
  void convolutionalNetworksLearnToo() {
    Network cnn =
        Architectures.build(Architecture.CNN, MNIST.shape(), 10, Architecture.CNN.dropout(), 1);
    TrainingData few = data(128, 20);
    try (Trainer trainer = Trainer.start(cnn, few, FAST.withBatchSize(32), 2)) {
      double before = trainer.evaluate().trainLoss();

      assertThat(trainer.trainEpoch(BatchListener.none()).trainLoss()).isLessThan(before);
    }
  }

  @Test
  void oneUpdateIsThatOfTheTextbook() {
    TestGraph graph = new TestGraph(17, Rng.of(3, "weights"), 1, 2, 2);
    graph.then("Flatten", Map.of());
    String weight = graph.weight(4, 2);
    Network linear = graph.then("MatMul", Map.of(), weight).network();
    byte[] pixels = {0, (byte) 255, 51, 102, 10, 20, 30, 40};
    Split split = new Split(Images.of(new ImageShape(1, 2, 2), pixels), new int[] {1, 0});
    TrainingData data = new TrainingData(split, split, 2, Pipeline.defaults(), OptionalInt.empty());
    var optimiser = new TrainingParams.Optimiser(0.5, 0.9, 0.25);
    TrainingParams params = FAST.withBatchSize(2).withOptimiser(optimiser);

    double[] w = asDoubles(linear.parameters().get(weight).floats());
    double[] v = new double[8];
    try (Trainer trainer = Trainer.start(linear, data, params, 1)) {
      for (int update = 0; update < 3; update++) {
        trainer.trainEpoch(BatchListener.none());
        textbookUpdate(w, v, pixels, 0.5 / (1 + 0.25 * update));
      }
      float[] found = trainer.state().parameter(weight);
      for (int i = 0; i < 8; i++) {
        assertThat((double) found[i]).isCloseTo(w[i], within(1e-6));
      }
      assertThat(trainer.state().updates()).isEqualTo(3);
    }
  }

  private static void textbookUpdate(double[] w, double[] v, byte[] pixels, double rate) {
    double[] slope = new double[8];
    for (int i = 0; i < 2; i++) {
      double[] logit = new double[2];
      for (int f = 0; f < 4; f++) {
        for (int c = 0; c < 2; c++) {
          logit[c] += (pixels[4 * i + f] & 0xff) / 255.0 * w[2 * f + c];
        }
      }
      double p0 = 1 / (1 + Math.exp(logit[1] - logit[0]));
      double[] error = {p0 - i, 1 - p0 - (1 - i)}; // labels are 1, 0
      for (int f = 0; f < 4; f++) {
        for (int c = 0; c < 2; c++) {
          slope[2 * f + c] += (pixels[4 * i + f] & 0xff) / 255.0 * error[c] / 2;
        }
      }
    }
    for (int k = 0; k < 8; k++) {
      v[k] = 0.9 * v[k] - rate * slope[k];
      w[k] += v[k];
    }
  }

  private static double[] asDoubles(float[] values) {
    double[] doubles = new double[values.length];
    Arrays.setAll(doubles, i -> values[i]);
    return doubles;
  }

  @Test
  void shuffledLabelsKeepTheirCountsAndTeachNothing() {
    try (Trainer trainer = Trainer.start(rmlp(1), DATA, FAST.withShuffleLabels(true), 1)) {
      trainer.trainEpoch(BatchListener.none());
      EpochMetrics metrics = trainer.trainEpoch(BatchListener.none());

      assertThat(metrics.testAccuracy()).isLessThan(0.35);
    }
  }

  @Test
  void predictsProbabilitiesOfTheObservationsAskedFor() {
    try (Trainer trainer = Trainer.start(rmlp(1), DATA, FAST, 1)) {
      trainer.trainEpoch(BatchListener.none());
      int[] rows = {7, 3, 499};
      float[] predicted = trainer.predict(DATA.test().images(), rows);
      float[] single = trainer.predict(DATA.test().images(), new int[] {3});

      assertThat(predicted).hasSize(30);
      for (int i = 0; i < 3; i++) {
        double sum = 0;
        for (int c = 0; c < 10; c++) {
          sum += predicted[10 * i + c];
        }
        assertThat(sum).isCloseTo(1, within(1e-6));
      }
      for (int c = 0; c < 10; c++) {
        assertThat(predicted[10 + c]).isCloseTo(single[c], within(1e-6f));
      }
    }
  }

  @Test
  void aListenerStopsAnEpoch() {
    try (Trainer trainer = Trainer.start(rmlp(1), DATA, FAST, 1)) {
      List<Integer> heard = new ArrayList<>();
      BatchListener stopper =
          (done, total, rate, loss) -> {
            assertThat(total).isEqualTo(2000);
            assertThat(rate).isPositive();
            assertThat(loss).isPositive();
            heard.add(done);
            return heard.size() < 3;
          };

      assertThatThrownBy(() -> trainer.trainEpoch(stopper))
          .isInstanceOf(CancellationException.class);
      assertThat(heard).containsExactly(48, 96, 144);
      assertThatThrownBy(trainer::state)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("resume from its newest state");
    }
  }

  @Test
  void anInterruptStopsAnEpochAndKeepsTheFlag() {
    try (Trainer trainer = Trainer.start(rmlp(1), DATA, FAST, 1)) {
      Thread caller = Thread.currentThread();
      BatchListener interrupter =
          (_, _, _, _) -> {
            caller.interrupt();
            return true;
          };

      assertThatThrownBy(() -> trainer.trainEpoch(interrupter))
          .isInstanceOf(CancellationException.class);
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @Test
  void runsOnVirtualThreads() throws InterruptedException {
    List<EpochMetrics> found = new ArrayList<>();
    Thread.ofVirtual()
        .start(() -> {
          try (Trainer trainer = Trainer.start(rmlp(1), data(100, 50), FAST, 1)) {
            found.add(trainer.trainEpoch(BatchListener.none()));
          }
        })
        .join();

    assertThat(found).hasSize(1);
  }

  @Test
  void stepsThatAreTooLongEndWithASentence() {
    TrainingParams wild = FAST.withOptimiser(new TrainingParams.Optimiser(1e6, 0.9, 0));
    try (Trainer trainer = Trainer.start(rmlp(1), DATA, wild, 1)) {
      assertThatThrownBy(trainer::remains).hasMessage("this training has not diverged");
      assertThatThrownBy(
              () -> {
                for (int epoch = 0; epoch < 3; epoch++) {
                  trainer.trainEpoch(BatchListener.none());
                }
              })
          .isInstanceOf(DivergedException.class)
          .hasMessageMatching(
              "the loss stopped being a finite number in epoch \\d at learning rate 1000000.0; "
                  + "lower the learning rate \\(try 100000.0\\) or the momentum of 0.9");
      assertThat(trainer.remains().parameter("fc1.weight")).hasSize(784_000);
      assertThatThrownBy(trainer::state).isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void refusesNetworksThatDoNotFitTheData() {
    ImageShape colour = new ImageShape(3, 32, 32);
    Network forColour = Architectures.build(Architecture.RMLP, colour, 10, 1);
    assertThatThrownBy(() -> Trainer.start(forColour, DATA, FAST, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("[3, 32, 32]")
        .hasMessageContaining("1 x 28 x 28");
    Network fewClasses = Architectures.build(Architecture.RMLP, MNIST.shape(), 7, 1);
    assertThatThrownBy(() -> Trainer.start(fewClasses, DATA, FAST, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("7 values per observation")
        .hasMessageContaining("10 classes");
    TrainingData turned =
        new TrainingData(
            DATA.train(), DATA.test(), 10, Pipeline.parse("scale,hwc"), OptionalInt.empty());
    assertThatThrownBy(() -> Trainer.start(rmlp(1), turned, FAST, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "training takes images channel by channel, but the preprocessing 'scale,hwc' turns them"
                + " to [row, col, channel]; leave out hwc, or train elsewhere and import the"
                + " checkpoints");
    try (Trainer trainer = Trainer.start(rmlp(1), DATA, FAST, 1)) {
      TrainingState state = trainer.state();
      Network other = Architectures.build(Architecture.MLP, MNIST.shape(), 10, 1);
      assertThatThrownBy(() -> Trainer.resume(other, state, DATA, FAST, 1))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("another network");
    }
  }

  @Test
  void aLimitTakesASeededPartOfTheTrainingSplit() {
    List<Integer> totals = new ArrayList<>();
    try (Trainer trainer = Trainer.start(rmlp(1), DATA.withLimit(100), FAST, 1)) {
      trainer.trainEpoch((_, total, _, _) -> {
        totals.add(total);
        return true;
      });
    }

    assertThat(totals).containsOnly(100);
    assertThatThrownBy(() -> DATA.withLimit(2001))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("2000")
        .hasMessageContaining("2001");
  }
}
