package io.inscape.projection.umap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.inscape.matrix.SymmetricEigen;
import io.inscape.matrix.Workers;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class StartLayoutTest {
  private final Workers workers = Workers.of(2);

  /// Rings of equal size one after the other, every vertex joined to the next and the one before.
  private static FuzzyGraph rings(int rings, int size) {
    int n = rings * size;
    int[] rowStart = new int[n + 1];
    Arrays.setAll(rowStart, i -> 2 * i);
    int[] index = new int[2 * n];
    for (int i = 0; i < n; i++) {
      int ring = i / size * size;
      int before = ring + (i - ring + size - 1) % size;
      int after = ring + (i - ring + 1) % size;
      index[2 * i] = Math.min(before, after);
      index[2 * i + 1] = Math.max(before, after);
    }
    float[] weight = new float[2 * n];
    Arrays.fill(weight, .5f);
    return new FuzzyGraph(rowStart, index, weight);
  }

  @Test
  void findsTheWavesOfARing() {
    Spectrum spectrum = new Spectrum(rings(1, 40), 2, 1, workers);
    assertThat(spectrum.solve()).isLessThan(Spectrum.CLOSE);
    double expected = Math.cos(2 * Math.PI / 40);
    assertThat(spectrum.values()[0]).isCloseTo(expected, within(1e-5));
    assertThat(spectrum.values()[1]).isCloseTo(expected, within(1e-5));
    float[] vectors = spectrum.vectors();
    double radius = Math.hypot(vectors[0], vectors[1]);
    for (int i = 0; i < 40; i++) { // cosine and sine: a circle
      assertThat(Math.hypot(vectors[2 * i], vectors[2 * i + 1]))
          .isCloseTo(radius, within(.01 * radius));
    }
  }

  @Test
  void startsARingAsACircleBetweenZeroAndTen() {
    StartLayout start = StartLayout.spectral(rings(1, 60), 2, 1, () -> fail(), workers);
    assertThat(start.kind()).isEqualTo("spectral");
    assertThat(start.components()).isEqualTo(1);
    for (int i = 0; i < 60; i++) {
      assertThat(Math.hypot(start.positions()[2 * i] - 5, start.positions()[2 * i + 1] - 5))
          .isCloseTo(5, within(.4));
    }
  }

  @Test
  void keepsPartsApartWhereThePrincipalComponentsPutThem() {
    float[] principal = new float[3 * 20 * 2];
    for (int i = 0; i < 60; i++) {
      principal[2 * i] = i / 20; // 0, 1 and 2
    }
    StartLayout start = StartLayout.spectral(rings(3, 20), 2, 1, () -> principal, workers);
    assertThat(start.components()).isEqualTo(3);
    assertThat(start.kind()).isEqualTo("spectral");
    float[] at = start.positions();
    for (int i = 0; i < 20; i++) {
      assertThat(at[2 * i]).isLessThan(at[2 * (i + 20)] + 3.4f).isBetween(-.01f, 3.4f);
      assertThat(at[2 * (i + 20)]).isBetween(3.2f, 6.8f);
      assertThat(at[2 * (i + 40)]).isBetween(6.6f, 10.01f);
    }
  }

  @Test
  void saysWhenItFallsBackToPrincipalComponents() {
    float[] principal = {0, 0, 1, 0, 0, 1};
    StartLayout start = StartLayout.spectral(rings(1, 3), 2, 1, () -> principal, workers);
    assertThat(start.kind()).isEqualTo("pca (too few observations for spectral)");
    assertThat(start.positions()).hasSize(6);
  }

  @Test
  void eigenvectorsOfASmallMatrixAreRight() {
    SymmetricEigen eigen = SymmetricEigen.of(new double[][] {{2, 1, 0}, {1, 2, 0}, {0, 0, 5}});
    assertThat(eigen.values()).containsExactly(new double[] {5, 3, 1}, within(1e-12));
    assertThat(Math.abs(eigen.vectors()[1][0])).isCloseTo(Math.sqrt(.5), within(1e-12));
    assertThat(eigen.vectors()[1][0]).isCloseTo(eigen.vectors()[1][1], within(1e-12));
  }

  private static float[] fail() {
    throw new AssertionError("no principal components are needed");
  }
}
