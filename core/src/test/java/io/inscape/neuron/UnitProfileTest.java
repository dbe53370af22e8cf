package io.inscape.neuron;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

final class UnitProfileTest {
  @Test
  void classesExtremesAndHistogramByHand() {
    float[] activations = {0, 4, 8, 2, 0, 6};
    UnitProfile profile = UnitProfile.of(activations, new int[] {0, 2, 2, 0, 0, 2}, 4);
    assertThat(profile.classMean()).containsExactly(2 / 3.0, null, 6.0, null);
    assertThat(profile.classDeviation().get(2)).isEqualTo(Math.sqrt(8 / 3.0));
    assertThat(profile.best()).isEqualTo(2);
    assertThat(profile.low()).isZero();
    assertThat(profile.high()).isEqualTo(8);
    assertThat(profile.top()).containsExactly(2, 5, 1, 3, 0, 4);
    assertThat(profile.bottom()).containsExactly(0, 4, 3, 1, 5, 2);
    assertThat(profile.counts()).hasSize(32);
    assertThat(profile.counts().get(0)).isEqualTo(2);
    assertThat(profile.counts().get(8)).isEqualTo(1);
    assertThat(profile.counts().get(16)).isEqualTo(1);
    assertThat(profile.counts().get(24)).isEqualTo(1);
    assertThat(profile.counts().get(31)).isEqualTo(1);
  }

  @Test
  void theBestClassIsTheFirstOfEqualsAndNeverAnAbsentOne() {
    assertThat(UnitProfile.of(new float[] {-3, -3}, new int[] {1, 2}, 3).best()).isEqualTo(1);
  }

  @Test
  void aConstantUnitIsInTheFirstBin() {
    UnitProfile profile = UnitProfile.of(new float[] {2, 2}, new int[] {0, 0}, 1);
    assertThat(profile.counts().getFirst()).isEqualTo(2);
    assertThat(profile.classDeviation()).containsExactly(0.0);
  }

  @Test
  void listsAtMostTwentyFourAtEachEnd() {
    UnitProfile profile = UnitProfile.of(new float[100], new int[100], 1);
    assertThat(profile.top()).hasSize(24).startsWith(0, 1, 2);
    assertThat(profile.bottom()).hasSize(24);
  }

  @Test
  void refusesAnotherNumberOfLabels() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> UnitProfile.of(new float[2], new int[1], 1))
        .withMessage("a profile needs at least 1 activation and a label for each, got 2 and 1");
  }
}
