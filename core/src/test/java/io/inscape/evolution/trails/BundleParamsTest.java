package io.inscape.evolution.trails;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inscape.parameter.Parameters;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class BundleParamsTest {
  @Test
  void travelsThroughAMap() {
    BundleParams params =
        BundleParams.defaults().withGrouping(Grouping.ALL).withKernel(.1).withReach(2);
    assertThat(Parameters.fromMap(BundleParams.class, Parameters.toMap(params))).isEqualTo(params);
    assertThat(
            Parameters.fromMap(BundleParams.class, Map.of("direction", "separated", "samples", 10)))
        .isEqualTo(BundleParams.defaults().withDirection(Direction.SEPARATED).withSamples(10));
  }

  @Test
  void samplesAreSharedOutAmongTheSegments() {
    BundleParams params = BundleParams.defaults().withSamples(96);
    assertThat(params.perSegment(2)).isEqualTo(95);
    assertThat(params.perSegment(5)).isEqualTo(24);
    assertThat(params.perSegment(20)).isEqualTo(5);
    assertThat(params.perSegment(1000)).isEqualTo(1);
  }

  @Test
  void refusesWhatIsOutOfRange() {
    BundleParams params = BundleParams.defaults();
    assertThatThrownBy(() -> params.withKernel(Double.NaN))
        .hasMessage("kernel must be a finite number, got NaN");
    assertThatThrownBy(() -> params.withIterations(-1))
        .hasMessage("iterations must be at least 0, got -1");
    assertThatThrownBy(() -> params.withSmoothing(1.5))
        .hasMessage("smoothing must be at most 1, got 1.5");
    assertThatThrownBy(() -> params.withReach(-.5))
        .hasMessage("reach must be at least 0, got -0.5");
    assertThatThrownBy(() -> params.withSamples(1)).hasMessage("samples must be at least 2, got 1");
    assertThatThrownBy(() -> params.withResolution(8))
        .hasMessage("resolution must be at least 16, got 8");
  }
}
