package io.inscape.study.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inscape.dataset.ImageShape;
import io.inscape.matrix.Workers;
import io.inscape.network.Architectures;
import io.inscape.network.LayerTensor;
import io.inscape.network.Network;
import io.inscape.study.SmallStudies;
import io.inscape.study.Study;
import io.inscape.study.run.RunRequest;
import io.inscape.weight.HintonDiagram;
import io.inscape.weight.SampleDistance;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two networks of other depth and width in one study.
final class TwoModelsTest {
  @TempDir static Path folder;
  private static Study study;
  private static RunWeights weights;

  @BeforeAll
  static void train() throws IOException {
    study = SmallStudies.create(folder);
    RunRequest wide = SmallStudies.request("wide", 0, 2);
    study.train(wide, 2);
    List<Integer> widths = List.of(30, 20);
    Network small = Architectures.perceptron(widths, new ImageShape(1, 28, 28), 10, 3);
    study.train(new RunRequest("deep", Architectures.title(widths), small, wide.params(), 0), 2);
    weights = new RunWeights(study, 2);
  }

  @AfterAll
  static void close() {
    study.close();
  }

  private static WeightHistograms ask(String layer, boolean updates, int bins, String... runs) {
    return WeightHistograms.of(
        weights, new WeightHistograms.Question(List.of(runs), layer, "weights", updates, bins));
  }

  private static float[] values(String run, int epoch, String tensor) {
    Network network = study.run(run).network(epoch);
    return Objects.requireNonNull(network.parameters().get(tensor)).floats();
  }

  @Test
  void aLayerOfBothIsCountedInTheSameBins() {
    for (int bins : new int[] {2, 16, 64, 1024}) {
      WeightHistograms found = ask("fc1", false, bins, "wide", "deep");
      assertThat(found.bins()).isLessThanOrEqualTo(bins);
      assertThat(found.missing()).isEmpty();
      assertThat(found.runs()).hasSize(2);
      for (WeightHistograms.RunHistograms run : found.runs()) {
        assertThat(run.epochs()).containsExactly(0, 1, 2);
        for (int epoch : List.of(0, 2)) {
          int[] expected = new int[found.bins()];
          for (float weight : values(run.run(), epoch, "fc1.weight")) {
            expected[(int) Math.floor(weight / found.width()) - found.first()]++;
          }
          assertThat(run.counts().get(epoch)).isEqualTo(expected);
        }
      }
    }
  }

  @Test
  void updatesBeginWithTheFirstEpoch() {
    WeightHistograms found = ask("logits", true, 64, "deep");
    assertThat(found.runs().getFirst().epochs()).containsExactly(1, 2);
    assertThat(Arrays.stream(found.runs().getFirst().counts().getFirst()).sum()).isEqualTo(200);
  }

  @Test
  void whatOnlyOneHasIsSaid() {
    WeightHistograms found = ask("fc2", false, 64, "wide", "deep");
    assertThat(found.runs()).extracting(WeightHistograms.RunHistograms::run).containsOnly("deep");
    assertThat(found.missing())
        .containsExactly(
            "run wide has no weights of a layer 'fc2'; it has fc1 weights, fc1 biases, logits"
                + " weights, logits biases");
    assertThatThrownBy(() -> ask("fc9", true, 64, "wide"))
        .hasMessageContaining("run wide has no updates of the weights of a layer 'fc9'");
    assertThatThrownBy(() -> ask("fc1", false, 64, "none"))
        .hasMessageContaining("there is no run none in the study; there are deep, wide");
    assertThatThrownBy(() -> ask("fc1", false, 1, "wide"))
        .hasMessage("bins must be from 2 to 1024, got 1");
    assertThatThrownBy(() -> ask("fc1", false, 1025, "wide"))
        .hasMessage("bins must be from 2 to 1024, got 1025");
    assertThatThrownBy(() -> ask("fc1", false, 64))
        .hasMessage("runs must name at least one run, got none");
  }

  @Test
  void distancesAreExactBetweenSnapshotsAndBoundedWithoutThem() {
    var exact =
        WeightDistances.of(
            weights, new WeightDistances.Place("wide", 2), new WeightDistances.Place("deep", 2));
    assertThat(exact.tensors()).hasSize(6);
    WeightDistances.TensorDistance first = exact.tensors().getFirst();
    try (Workers workers = Workers.of(1)) {
      SampleDistance expected =
          SampleDistance.of(
              values("wide", 2, "fc1.weight"), values("deep", 2, "fc1.weight"), workers);
      assertThat(first.ks()).isEqualTo(expected.kolmogorovSmirnov());
      assertThat(first.wasserstein()).isEqualTo(expected.wasserstein());
    }
    assertThat(first.exact()).isTrue();
    assertThat(Objects.requireNonNull(first.a()).shape()).containsExactly(1000L, 784L);
    assertThat(Objects.requireNonNull(first.b()).shape()).containsExactly(30L, 784L);
    assertThat(exact.tensors().getLast().why())
        .isEqualTo(
            "fc2 biases cannot be compared: run deep epoch 2 has them, run wide epoch 2 has not");
    var bounds =
        WeightDistances.of(
            weights, new WeightDistances.Place("wide", 2), new WeightDistances.Place("deep", 1));
    WeightDistances.TensorDistance bounded = bounds.tensors().getFirst();
    assertThat(bounded.exact()).isFalse();
    assertThat(Objects.requireNonNull(bounded.ksMost()))
        .isGreaterThanOrEqualTo(Objects.requireNonNull(bounded.ks()));
    assertThatThrownBy(() -> WeightDistances.Place.parse("wide"))
        .hasMessage("a network is a run and an epoch, such as mlp/5, got \"wide\"");
  }

  private static HintonDiagram matrix(int from, int to, int left, int right, int cells) {
    return new WeightMatrices(weights)
        .matrix("wide", 2, "fc1 weights", new WeightMatrices.Window(from, to, left, right, cells));
  }

  @Test
  void aMatrixIsShownByBlocksAndAWindowOfItExactly() {
    int all = WeightMatrices.Window.ALL;
    float[] values = values("wide", 2, "fc1.weight");
    HintonDiagram blocks = matrix(0, all, 0, all, 128);
    assertThat(blocks.rows()).isEqualTo(98);
    assertThat(blocks.cols()).isEqualTo(125);
    double sum = 0;
    for (int receiver = 8; receiver < 16; receiver++) {
      for (int sender = 776; sender < 784; sender++) {
        sum += values[receiver * 784 + sender];
      }
    }
    assertThat(blocks.value(97, 1)).isEqualTo((float) (sum / 64));
    HintonDiagram window = matrix(300, 400, 50, 170, 128);
    assertThat(window.block()).isEqualTo(1);
    assertThat(window.rows()).isEqualTo(100);
    assertThat(window.cols()).isEqualTo(120);
    for (int row = 0; row < 100; row++) {
      for (int col = 0; col < 120; col++) {
        assertThat(window.value(row, col)).isEqualTo(values[(50 + col) * 784 + 300 + row]);
      }
    }
    WeightMatrices.About about = new WeightMatrices(weights).about("wide", 1, "fc1.weight");
    assertThat(about.senders()).isEqualTo(784);
    assertThat(about.receivers()).isEqualTo(1000);
    assertThat(about.scales()).hasSize(3);
    float greatest = 0;
    for (float value : values) {
      greatest = Math.max(greatest, Math.abs(value));
    }
    assertThat(about.scales().get(2).scale()).isBetween((double) greatest, 2.0 * greatest);
    assertThat(about.scaleOfRun()).isGreaterThanOrEqualTo(about.scale());
  }

  @Test
  void aWindowOutsideTheMatrixIsRefused() {
    int all = WeightMatrices.Window.ALL;
    assertThatThrownBy(() -> matrix(0, 785, 0, all, 128))
        .hasMessage(
            "rows must be a range within [0, 784), the senders of fc1 weights, got [0, 785)");
    assertThatThrownBy(() -> matrix(5, 5, 0, all, 128)).hasMessageContaining("got [5, 5)");
    assertThatThrownBy(() -> matrix(-1, 5, 0, all, 128)).hasMessageContaining("got [-1, 5)");
    assertThatThrownBy(() -> matrix(0, all, 10, 1001, 128))
        .hasMessage(
            "columns must be a range within [0, 1000), the receivers of fc1 weights, got [10,"
                + " 1001)");
    assertThatThrownBy(() -> matrix(0, all, 0, all, 0))
        .hasMessage("cells must be from 1 to 1024, got 0");
    assertThatThrownBy(() -> new WeightMatrices(weights).about("wide", 2, "fc7.weight"))
        .hasMessage(
            "run wide has no tensor 'fc7.weight'; it has fc1.weight, fc1.bias, logits.weight,"
                + " logits.bias");
  }

  @Test
  void theGraphNamesLayersSizesAndConstants() {
    NetworkGraph graph = NetworkGraph.of(study, "deep");
    assertThat(graph.parameterCount()).isEqualTo(785 * 30 + 31 * 20 + 21 * 10);
    assertThat(graph.nodes().stream().mapToLong(NetworkGraph.NodeInfo::parameterCount).sum())
        .isEqualTo(graph.parameterCount());
    NetworkGraph.NodeInfo gemm =
        graph.nodes().stream().filter(node -> node.operator().equals("Gemm")).toList().get(1);
    assertThat(gemm.layer()).isEqualTo("fc2");
    assertThat(gemm.title()).isEqualTo("fc2 (Gemm)");
    assertThat(gemm.outputShapes()).containsExactly(List.of(-1L, 20L));
    assertThat(gemm.attributes()).containsEntry("transB", 1L);
    assertThat(gemm.parameters())
        .extracting(NetworkGraph.ParameterInfo::name)
        .containsExactly("fc2.weight", "fc2.bias");
    assertThat(graph.nodes().getFirst().layer()).isNull(); // flattens
    assertThat(graph.nodes()).extracting(NetworkGraph.NodeInfo::name).doesNotHaveDuplicates();
    assertThat(graph.inputs().getFirst().shape()).containsExactly("batch", "1", "28", "28");
  }

  @Test
  void tensorsAreThoseOfTheNetwork() {
    List<LayerTensor> tensors = study.run("deep").network(0).weights();
    assertThat(weights.of("deep", 1).tensors()).hasSameSizeAs(tensors);
  }
}
