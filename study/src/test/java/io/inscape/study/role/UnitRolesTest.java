package io.inscape.study.role;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.inscape.activation.ActivationStore;
import io.inscape.matrix.Matrix;
import io.inscape.matrix.Progress;
import io.inscape.matrix.Workers;
import io.inscape.network.Network;
import io.inscape.study.ActivationSource;
import io.inscape.study.SmallStudies;
import io.inscape.study.Study;
import io.inscape.study.unit.UnitSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
final class UnitRolesTest {
  private static final UnitSource FC1 = UnitSource.of("a", 1, "fc1");

  private static Study study;
  private static Workers workers;
  private static UnitRoles roles;
  private static Matrix stored;

  @BeforeAll
  static void train(@TempDir Path folder) throws Exception {
    study = SmallStudies.create(folder);
    study.train(SmallStudies.request("a", 0, 1), 2);
    workers = Workers.of(2);
    roles = new UnitRoles(study, workers);
    try (ActivationStore store =
        study.activations(new ActivationSource.Layer("a", 1, "fc1"), 1, Progress.none())) {
      stored = store.readAll();
    }
  }

  @AfterAll
  static void stop() {
    workers.close();
    study.close();
  }

  private static float[] column(int unit) {
    float[] values = new float[stored.rows()];
    for (int row = 0; row < values.length; row++) {
      values[row] = stored.get(row, unit);
    }
    return values;
  }

  @Test
  void activationsAreTheStoredOnesAndTheProfileIsMadeOfThem() {
    float[] values = roles.activation(FC1, 7);
    assertThat(values).isEqualTo(column(7));
    Map<String, Object> profile = roles.profile(FC1, 7);
    int[] labels = study.labels();
    double best = (Double) ((List<?>) profile.get("classMean")).get((Integer) profile.get("best"));
    for (int c = 0; c < 10; c++) {
      int wanted = c;
      double mean =
          IntStream.range(0, labels.length)
              .filter(row -> labels[row] == wanted)
              .mapToDouble(row -> values[row])
              .average()
              .orElseThrow();
      assertThat((Double) ((List<?>) profile.get("classMean")).get(c))
          .isCloseTo(mean, within(1e-6))
          .isLessThanOrEqualTo(best);
    }
    int first = (Integer) ((List<?>) profile.get("top")).getFirst();
    assertThat(values[first]).isEqualTo((Float) profile.get("max"));
    assertThat(profile).containsEntry("observations", SmallStudies.SAMPLE);
    float[] figures = roles.figures(FC1);
    assertThat(figures).hasSize(5 * 1000);
    assertThat((double) figures[7]).isCloseTo((Double) profile.get("mean"), within(1e-7));
    assertThat((double) figures[4007]).isCloseTo((Double) profile.get("frequency"), within(1e-7));
  }

  @Test
  void subsetsAndTheirComplementsMakeTheWhole() {
    ObservationSubset some = ObservationSubset.ofRows(List.of(0, 5, 80), SmallStudies.SAMPLE);
    ObservationSubset others = some.others(SmallStudies.SAMPLE);
    float[] means = roles.means(FC1, List.of(some, others));
    float[] compared = roles.compare(FC1, some, null);
    assertThat(Arrays.copyOf(compared, 2000)).isEqualTo(means);
    float[] column = column(3);
    assertThat((double) means[3])
        .isCloseTo(((double) column[0] + column[5] + column[80]) / 3, within(1e-6));
    assertThatThrownBy(() -> roles.means(FC1, List.of()))
        .hasMessage("subsets must be 1 to 64, got 0");
    List<ObservationSubset> many = java.util.Collections.nCopies(65, some);
    assertThatThrownBy(() -> roles.means(FC1, many)).hasMessage("subsets must be 1 to 64, got 65");
  }

  @Test
  void aUnitHearsTheImageByItsRowOfWeights() {
    Network network = study.run("a").network(1);
    float[] weights = network.parameters().get("fc1.weight").floats();
    IncomingWeights incoming = roles.incoming(FC1, 12);
    assertThat(incoming.sender()).isEqualTo("input");
    assertThat(incoming.shape()).containsExactly(28, 28);
    assertThat(incoming.senders()).isEqualTo(784);
    assertThat(incoming.weights().get(300)).isEqualTo(weights[12 * 784 + 300]);
    assertThat(incoming.bias()).isEqualTo(network.parameters().get("fc1.bias").floats()[12]);
    assertThat(incoming.strongest()).isEmpty();
    IncomingWeights answer = roles.incoming(UnitSource.of("a", 1, "logits"), 3);
    assertThat(answer.sender()).isEqualTo("fc1");
    assertThat(answer.shape()).isNull();
    assertThat(answer.strongest()).hasSize(10);
    float most = Math.abs(answer.strongest().getFirst().weight());
    assertThat(answer.weights()).allMatch(weight -> Math.abs(weight) <= most);
    IncomingWeights none = roles.incoming(UnitSource.of("a", 1, "probabilities"), 3);
    assertThat(none.weights()).isEmpty();
    assertThat(none.sender()).isEqualTo("logits");
    assertThat(none.why())
        .isEqualTo(
            "layer probabilities is made by Softmax and has the shape [10]: it has no weights that"
                + " belong to single units");
  }

  @Test
  void flagsAndPerplexityAreOfAllUnits() {
    assertThat(roles.flags(FC1))
        .containsEntry("units", 1000)
        .containsEntry("pooling", "none")
        .containsEntry("shape", List.of(1000));
    float[] perplexity = roles.perplexity(FC1);
    assertThat(perplexity).hasSize(SmallStudies.SAMPLE);
    for (float value : perplexity) {
      assertThat(value).isBetween(1f, 1000f);
    }
  }

  @Test
  void refusesWhatIsNotThere() {
    assertThatThrownBy(() -> roles.profile(FC1, 1000))
        .hasMessage("unit must be in [0, 1000), as layer fc1 of run a, epoch 1 has them, got 1000");
    assertThatThrownBy(() -> roles.incoming(FC1, -1)).hasMessageContaining("got -1");
    assertThatThrownBy(() -> roles.figures(UnitSource.of("a", 1, "input")))
        .hasMessage("run a has no layer input; there are fc1, logits, probabilities");
    assertThatThrownBy(() -> roles.figures(UnitSource.of("a", 7, "fc1")))
        .hasMessageContaining("run a keeps no epoch 7");
  }

  @Test
  void aDivergedEpochIsNamed() throws Exception {
    Path file = study.folder().resolve("activations/a/epoch-0000/fc1.npy");
    UnitSource first = UnitSource.of("a", 0, "fc1");
    assertThat(roles.figures(first)).hasSize(5000); // captured
    byte[] whole = Files.readAllBytes(file);
    byte[] broken = whole.clone();
    Arrays.fill(broken, broken.length - 4, broken.length, (byte) -1); // NaN
    Files.write(file, broken);
    UnitRoles fresh = new UnitRoles(study, workers);
    assertThatThrownBy(() -> fresh.figures(first))
        .hasMessageStartingWith("layer fc1 of run a, epoch 0 cannot be looked at: ")
        .hasMessageContaining("NaN")
        .hasMessageEndingWith("a run that diverged keeps such numbers, so take an earlier epoch");
    Files.write(file, whole);
  }
}
