package io.inscape.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inscape.dataset.source.Datasets;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class InputStatisticsTest {
  private static final Offset<Float> ROUNDING = Offset.offset(1e-6f);

  private static float ofImage(String name, ImageShape shape, int... pixels) {
    byte[] bytes = new byte[pixels.length];
    for (int i = 0; i < pixels.length; i++) {
      bytes[i] = (byte) pixels[i];
    }
    return InputStatistics.compute(Images.of(shape, bytes), name, new int[] {0})[0];
  }

  @Test
  void figuresOfAGreyImageByHand() {
    ImageShape shape = new ImageShape(1, 2, 2);
    assertThat(ofImage("meanLuminance", shape, 0, 51, 102, 255)).isCloseTo(0.4f, ROUNDING);
    // luminances 0, .2, .4, 1: squared deviations .16, .04, 0, .36
    assertThat(ofImage("contrast", shape, 0, 51, 102, 255))
        .isCloseTo((float) Math.sqrt(0.14), ROUNDING);
    assertThat(ofImage("ink", shape, 127, 128, 102, 255)).isEqualTo(0.5f);
  }

  @Test
  void coloursCountByTheirLuminance() {
    assertThat(ofImage("meanLuminance", new ImageShape(3, 1, 1), 255, 0, 0))
        .isCloseTo(.299f, ROUNDING);
    assertThat(ofImage("meanLuminance", new ImageShape(3, 1, 1), 0, 255, 0))
        .isCloseTo(.587f, ROUNDING);
    assertThat(ofImage("meanLuminance", new ImageShape(2, 1, 1), 255, 0)).isCloseTo(.5f, ROUNDING);
  }

  @Test
  void aBarAcrossTheImageHasItsOwnWidthWhateverItsBrightness() {
    for (int width = 1; width <= 5; width++) {
      int[] pixels = new int[9 * 12];
      for (int row = 0; row < 9; row++) {
        for (int col = 4; col < 4 + width; col++) {
          pixels[row * 12 + col] = 200;
        }
      }
      assertThat(ofImage("strokeWidth", new ImageShape(1, 9, 12), pixels))
          .isCloseTo(width, Offset.offset(1e-5f));
    }
    assertThat(ofImage("strokeWidth", new ImageShape(1, 2, 2), 9, 9, 9, 9)).isZero();
  }

  @Test
  void polarityIsTheSignOfBorderLessInside() {
    ImageShape shape = new ImageShape(1, 3, 3);
    assertThat(ofImage("polarity", shape, 0, 0, 0, 0, 9, 0, 0, 0, 0)).isEqualTo(-1);
    assertThat(ofImage("polarity", shape, 9, 9, 9, 9, 0, 9, 9, 9, 9)).isEqualTo(1);
    // eight pixels of the border with mean 4, as the one inside
    assertThat(ofImage("polarity", shape, 8, 0, 8, 0, 4, 0, 8, 0, 8)).isZero();
    assertThat(ofImage("polarity", new ImageShape(1, 2, 2), 8, 0, 8, 0)).isZero();
  }

  @Test
  void figuresOfVectorsByHand() {
    float[] values = {3, 4, 0, 0, 1, 1, 1, 1};
    Vectors vectors =
        Vectors.of(
            2,
            4,
            (row, from, to, target, offset) ->
                System.arraycopy(values, row * 4 + from, target, offset, to - from));
    int[] both = {1, 0};
    assertThat(InputStatistics.compute(vectors, "norm", both)).containsExactly(2, 5);
    assertThat(InputStatistics.compute(vectors, "mean", both)).containsExactly(1, 1.75f);
    // deviations 1.25, 2.25, -1.75, -1.75
    assertThat(InputStatistics.compute(vectors, "sd", both))
        .containsExactly(0, (float) Math.sqrt(3.1875));
    assertThat(vectors.matrix(both).toArray()).containsExactly(1, 1, 1, 1, 3, 4, 0, 0);
    assertThatThrownBy(() -> InputStatistics.compute(vectors, "ink", both))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no statistic of the input is called ink; there are norm, mean, sd");
  }

  @Test
  void everyStatisticThatIsListedIsFiniteOnRealDigits() {
    Images digits = Datasets.open("mnist").test().images();
    int[] some = {0, 1, 2, 3, 4, 5};
    for (InputStatistic statistic : InputStatistics.of(digits)) {
      float[] values = InputStatistics.compute(digits, statistic.name(), some);
      for (float value : values) {
        assertThat(Math.abs(value)).as(statistic.name()).isFinite().isPositive();
      }
    }
    for (float width : InputStatistics.compute(digits, "strokeWidth", some)) {
      assertThat(width).isBetween(1.5f, 5f);
    }
  }

  @Test
  void aFileThatIsNotThereIsSaidSo() {
    assertThatThrownBy(() -> Datasets.open("some/vectors.npy"))
        .isInstanceOf(InputException.Missing.class)
        .hasMessageStartingWith("some/vectors.npy: not found, expected ");
  }

  @Test
  void theWholeSetIsTheTrainingPartFollowedByTheTestPart() {
    ImageShape shape = new ImageShape(1, 1, 2);
    Split train = new Split(Images.of(shape, new byte[] {1, 2, 3, 4}), new int[] {0, 1});
    Split test = new Split(Images.of(shape, new byte[] {5, 6}), new int[] {1});
    Dataset data = new Dataset("few", "", java.util.List.of("a", "b"), train, test, "");
    Split all = data.part(Part.ALL);
    assertThat(all.labels()).containsExactly(0, 1, 1);
    assertThat(all.images().toArray(new int[] {2, 0})).containsExactly(5, 6, 1, 2);
    float[] prepared = new float[2];
    Pipeline.parse("none").apply(all.images(), 2, prepared, 0);
    assertThat(prepared).containsExactly(5, 6);
    Pipeline.parse("blur(1)").apply(all.images(), 2, prepared, 0);
    assertThat(prepared[0] + prepared[1]).isCloseTo(11, Offset.offset(1e-4f));
    assertThat(data.part(Part.TRAIN)).isSameAs(train);
    assertThatThrownBy(() -> all.images().toArray(new int[] {3}))
        .hasMessageContaining("observation 3 does not exist; there are 3 images");
  }
}
