package io.inscape.matrix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class MatrixTest {
  @Test
  void keepsItsValuesWhateverHappensToTheArrays() {
    float[] values = {1, 2, 3, 4, 5, 6};
    Matrix matrix = Matrix.of(2, 3, values);
    values[0] = 9;
    matrix.toArray()[1] = 9;
    assertThat(matrix.get(0, 0)).isEqualTo(1);
    assertThat(matrix.get(1, 2)).isEqualTo(6);
    assertThat(matrix.toArray()).containsExactly(1, 2, 3, 4, 5, 6);
  }

  @Test
  void namesTheRowAndColumnOfAValueThatIsNotFinite() {
    assertThatThrownBy(() -> Matrix.of(2, 2, new float[] {1, 2, 3, Float.NaN}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("matrix values must be finite, got NaN at row 1, column 1");
    assertThatThrownBy(() -> Matrix.of(1, 2, new float[] {1, Float.NEGATIVE_INFINITY}))
        .hasMessageContaining("-Infinity at row 0, column 1");
  }

  @Test
  void refusesSizesThatDoNotFit() {
    assertThatThrownBy(() -> Matrix.of(2, 2, new float[3]))
        .hasMessage("a matrix of 2 x 2 takes 4 values, got 3");
    assertThatThrownBy(() -> Matrix.of(-1, 2, new float[0]))
        .hasMessageContaining("at least 0 rows and columns, got -1 x 2");
    assertThatThrownBy(() -> Matrix.of(70_000, 70_000, new float[0]))
        .hasMessageContaining("would be 4900000000");
  }

  @Test
  void selectsRowsInAnyOrderAndMoreThanOnce() {
    Matrix matrix = Matrix.of(3, 2, new float[] {1, 2, 3, 4, 5, 6});
    assertThat(matrix.selectRows(new int[] {2, 0, 2}).toArray()).containsExactly(5, 6, 1, 2, 5, 6);
    assertThat(matrix.selectRows(new int[0]).rows()).isZero();
    assertThatThrownBy(() -> matrix.selectRows(new int[] {3}))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }
}
