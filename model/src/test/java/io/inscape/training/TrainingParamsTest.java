package io.inscape.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.inscape.network.Architecture;
import io.inscape.training.TrainingParams.Optimiser;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrainingParamsTest {
  @Test
  void thePapersSettingsAreTheDefaults() {
    TrainingParams mlp = TrainingParams.papers(Architecture.MLP);
    TrainingParams cnn = TrainingParams.papers(Architecture.CNN);

    assertThat(mlp.batchSize()).isEqualTo(16);
    assertThat(mlp.optimiser()).isEqualTo(new Optimiser(0.01, 0.9, 1e-9));
    assertThat(cnn.batchSize()).isEqualTo(32);
    assertThat(cnn.optimiser()).isEqualTo(new Optimiser(0.01, 0.9, 1e-6));
    assertThat(TrainingParams.papers(Architecture.RMLP)).isEqualTo(mlp);
  }

  @Test
  void stepsShortenAsInKeras() {
    // 100 epochs of 60,000 images: factors 1/1.0004 and 1/1.19 for the two networks
    assertThat(new Optimiser(1, 0, 1e-9).rate(375_000)).isCloseTo(1 / 1.000375, within(1e-12));
    assertThat(new Optimiser(1, 0, 1e-6).rate(187_500)).isCloseTo(1 / 1.1875, within(1e-12));
    assertThat(new Optimiser(0.01, 0, 0.5).rate(0)).isEqualTo(0.01);
  }

  @Test
  void refusesSettingsOutsideTheirRange() {
    assertThatThrownBy(() -> new Optimiser(0, 0.9, 0)).hasMessageContaining("got 0.0");
    assertThatThrownBy(() -> new Optimiser(Double.NaN, 0.9, 0)).hasMessageContaining("NaN");
    assertThatThrownBy(() -> new Optimiser(0.1, 1, 0)).hasMessageContaining("got 1.0");
    assertThatThrownBy(() -> new Optimiser(0.1, 0, -1)).hasMessageContaining("got -1.0");
    TrainingParams params = TrainingParams.defaults();
    assertThatThrownBy(() -> params.withBatchSize(0)).hasMessageContaining("got 0");
    assertThatThrownBy(() -> params.withSnapshotEpochs(List.of(1, 2)))
        .hasMessageContaining("start with 0");
    assertThatThrownBy(() -> params.withSnapshotEpochs(List.of(0, 5, 5)))
        .hasMessageContaining("got 5 after 5");
  }
}
