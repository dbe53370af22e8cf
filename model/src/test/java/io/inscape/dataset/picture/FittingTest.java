package io.inscape.dataset.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.inscape.dataset.DataRequest;
import io.inscape.dataset.Dataset;
import io.inscape.dataset.ImageShape;
import io.inscape.dataset.Images;
import io.inscape.dataset.Pipeline;
import io.inscape.dataset.source.Datasets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class FittingTest {
  @Test
  void halvingIsTheTriangleWorkedByHand() {
    // two pixels become one: a triangle of half-width 2 over 4 pixels, weights 1 3 3 1
    byte[] row = {0, 8, 16, 24, 100, 100, 100, 100};
    byte[] half = Resampling.bilinear(row, new ImageShape(1, 1, 8), 1, 4);
    // at the border the weights are 3 3 1 over the three pixels that are there
    assertThat(half[0]).isEqualTo((byte) Math.round((3 * 0 + 3 * 8 + 16) / 7.0));
    assertThat(half[1]).isEqualTo((byte) Math.round((8 + 3 * 16 + 3 * 24 + 100) / 8.0));
    assertThat(half[3]).isEqualTo((byte) 100);
  }

  @Test
  void aConstantStaysAndTheSameSizeIsTheSameImage() {
    byte[] flat = new byte[3 * 7 * 5];
    Arrays.fill(flat, (byte) 201);
    ImageShape shape = new ImageShape(3, 7, 5);
    for (byte value : Resampling.bilinear(flat, shape, 13, 2)) {
      assertThat(value).isEqualTo((byte) 201);
    }
    assertThat(Resampling.bilinear(flat, shape, 7, 5)).isSameAs(flat);
  }

  @Test
  void sizesAreTorchvisions() {
    assertThat(after("resize(256)", 500, 333)).isEqualTo(new ImageShape(3, 384, 256));
    assertThat(after("resize(256)", 333, 500)).isEqualTo(new ImageShape(3, 256, 384));
    assertThat(after("resize(7)", 7, 9)).isEqualTo(new ImageShape(3, 7, 9));
    assertThat(after("resize(256),crop(224)", 100, 300)).isEqualTo(new ImageShape(3, 224, 224));
    assertThat(after("resize(20,30),crop(10,8)", 1, 1)).isEqualTo(new ImageShape(3, 10, 8));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> after("crop(5)", 4, 9))
        .withMessage(
            "crop(5) takes images of at least 5 x 5 pixels, got 4 x 9; put a resize before it");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> after("resize(256)", 1, 900))
        .withMessage(
            "resize(256) makes an image of 1 x 900 pixels 230400 long, at most 16384 can be; use"
                + " resize(rows,cols)");
  }

  @Test
  void theMiddleIsTakenFromEachChannel() {
    byte[] pixels = new byte[2 * 3 * 4];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) i;
    }
    byte[] middle = Fitting.of(Pipeline.parse("crop(1,2)")).apply(pixels, new ImageShape(2, 3, 4));
    assertThat(middle).containsExactly(5, 6, 17, 18);
    // (4 - 1) / 2 lies between two pixels: the even one, as Python rounds
    byte[] odd = Fitting.of(Pipeline.parse("crop(3,1)")).apply(pixels, new ImageShape(2, 3, 4));
    assertThat(odd).containsExactly(2, 6, 10, 14, 18, 22);
  }

  @Test
  void everyDataSetIsFittedWhenItIsOpened() {
    Pipeline pipeline = Pipeline.parse("resize(32),scale");
    Dataset digits = Datasets.open(DataRequest.of("mnist", pipeline));
    assertThat(digits.shape()).isEqualTo(new ImageShape(1, 32, 32));
    assertThat(pipeline.outputShape(digits.shape())).isEqualTo(digits.shape());
    Images plain = Datasets.open("mnist").test().images();
    byte[] expected = Resampling.bilinear(plain.toArray(new int[] {7}), plain.shape(), 32, 32);
    assertThat(digits.test().images().toArray(new int[] {7})).isEqualTo(expected);
    assertThat(digits.digest()).isEqualTo(Datasets.open("mnist").digest());
    Dataset half = Datasets.open(DataRequest.of("mnist:inverted-half", pipeline));
    assertThat(half.shape()).isEqualTo(new ImageShape(1, 32, 32));
  }

  private static ImageShape after(String steps, int rows, int cols) {
    return Fitting.of(Pipeline.parse(steps)).after(new ImageShape(3, rows, cols));
  }
}
