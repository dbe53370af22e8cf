package io.inscape.evolution.trails;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.inscape.evolution.LayoutSequence;
import io.inscape.matrix.Workers;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

final class DensityTest {
  @AutoClose private final Workers workers = Workers.of(2);
  private final Frame frame =
      Frame.of(LayoutSequence.of(1, 2, 2, new float[] {0, 0, 40, 30}), 40, 12);

  @Test
  void theFrameIsTheBoxWithItsMargin() {
    assertThat(frame.width()).isEqualTo(65);
    assertThat(frame.height()).isEqualTo(55);
    assertThat(frame.scale()).isEqualTo(1);
    assertThat(frame.pixelX(40)).isEqualTo(52);
  }

  @Test
  void aSampleOnAPixelIsTheKernel() {
    Density density = new Density(frame, workers);
    density.build(new float[] {20}, new float[] {25}, 0, 1, _ -> 1, 3);
    for (int up = -5; up <= 5; up++) {
      for (int across = -5; across <= 5; across++) {
        double expected =
            Math.abs(up) > 3 || Math.abs(across) > 3 ? 0 : profile(up) * profile(across);
        if (Math.abs(up) <= 4 && Math.abs(across) <= 4) {
          assertThat((double) density.at(20 + across, 25 + up)).isCloseTo(expected, within(1e-6));
        }
      }
    }
    assertThat(density.slopeX(19, 25)).isCloseTo((float) ((1 - profile(2)) / 2), within(1e-6f));
    assertThat(density.slopeY(20, 26)).isCloseTo((float) ((profile(2) - 1) / 2), within(1e-6f));
  }

  @Test
  void samplesAddUpWithTheirWeightsAndAnOldImageLeavesNothing() {
    Density density = new Density(frame, workers);
    float[] x = {12, 52, 30, 30.5f};
    float[] y = {12, 42, 30, 30.5f};
    density.build(x, y, 0, 3, _ -> 1, 8);
    density.build(x, y, 2, 4, s -> s == 2 ? .5f : 1, 1);
    // half a sample on (30, 30) and a quarter of one on each pixel around (30.5, 30.5)
    double side = .75;
    double expected = .5 + .25 * (1 + 2 * side + side * side);
    assertThat((double) density.at(30, 30)).isCloseTo(expected, within(1e-6));
    assertThat(density.variation()).isGreaterThan(0);
  }

  @Test
  void samplesAtOnePlaceDoNotOverflow() {
    int many = 9_000_000;
    float[] x = new float[many];
    float[] y = new float[many];
    java.util.Arrays.fill(x, 20);
    java.util.Arrays.fill(y, 20);
    Density density = new Density(frame, workers);
    density.build(x, y, 0, many, _ -> 1, 1);
    assertThat(density.at(20, 20)).isEqualTo(many);
  }

  private static double profile(int tap) {
    return 1 - tap * tap / 16.0;
  }
}
