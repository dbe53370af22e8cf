package io.inscape.weight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

final class HintonDiagramTest {
  @Test
  void areasAreProportionalToSizes() {
    HintonDiagram diagram =
        HintonDiagram.of(new float[] {0.1f, -0.4f, 0, 0.2f, 0.05f, -0.3f}, 2, 3, 10);
    assertThat(diagram.rows()).isEqualTo(2);
    assertThat(diagram.cols()).isEqualTo(3);
    assertThat(diagram.block()).isEqualTo(1);
    assertThat(diagram.scale()).isEqualTo(0.5);
    assertThat(area(diagram, 0, 0)).isCloseTo(0.2, within(1e-6));
    assertThat(area(diagram, 0, 1)).isCloseTo(0.8, within(1e-6));
    assertThat(diagram.side(0, 2)).isZero();
    assertThat(diagram.value(1, 2)).isEqualTo(-0.3f);
    assertThat(area(diagram.withScale(1), 0, 1)).isCloseTo(0.4, within(1e-6));
  }

  private static double area(HintonDiagram diagram, int row, int col) {
    return diagram.side(row, col) * diagram.side(row, col);
  }

  @Test
  void theScaleIsTheLeastPowerOfTwoThatHolds() {
    assertThat(HintonDiagram.of(new float[] {-0.25f}, 1, 1, 1).scale()).isEqualTo(0.25);
    assertThat(HintonDiagram.of(new float[] {0.2501f}, 1, 1, 1).scale()).isEqualTo(0.5);
    assertThat(HintonDiagram.of(new float[] {3}, 1, 1, 1).scale()).isEqualTo(4);
    assertThat(HintonDiagram.of(new float[1], 1, 1, 1).scale()).isEqualTo(1);
  }

  @Test
  void largeMatricesAreShownByBlockMeans() {
    float[] weights = new float[5 * 3];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = i;
    }
    HintonDiagram diagram = HintonDiagram.of(weights, 5, 3, 3);
    assertThat(diagram.block()).isEqualTo(2);
    assertThat(diagram.rows()).isEqualTo(3);
    assertThat(diagram.cols()).isEqualTo(2);
    assertThat(diagram.value(0, 0)).isEqualTo((0 + 1 + 3 + 4) / 4f);
    assertThat(diagram.value(0, 1)).isEqualTo((2 + 5) / 2f);
    assertThat(diagram.value(2, 1)).isEqualTo(14);
  }

  @Test
  void aWeightThatIsNotFiniteIsShownAsSuch() {
    HintonDiagram diagram =
        HintonDiagram.of(new float[] {Float.NaN, 1, Float.POSITIVE_INFINITY, -1}, 2, 2, 2);
    assertThat(diagram.value(0, 0)).isNaN();
    assertThat(diagram.value(1, 0)).isNaN();
    assertThat(diagram.scale()).isEqualTo(1);
  }

  @Test
  void refusesWhatDoesNotFit() {
    assertThatThrownBy(() -> HintonDiagram.of(new float[5], 2, 3, 4))
        .hasMessage("a Hinton diagram of 2 x 3 cannot have 5 weights");
    assertThatThrownBy(() -> HintonDiagram.of(new float[6], 2, 3, 0))
        .hasMessage("a Hinton diagram needs at least 1 cell, got 0");
    assertThatThrownBy(() -> HintonDiagram.of(new float[] {3}, 1, 1, 1).withScale(2))
        .hasMessageContaining("at least the greatest size shown, 3.0, got 2.0");
  }
}
