package io.inscape.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.inscape.matrix.Matrix;
import io.inscape.matrix.Rng;
import io.inscape.matrix.Workers;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PipelineTest {
  @Test
  void scalesAndStandardises() {
    float[] scaled = apply("scale", new ImageShape(1, 1, 3), 0, 51, 255);
    assertThat(scaled).containsExactly(0f, 0.2f, 1f);
    float[] standardised = apply("scale,standardise(0.2,0.4)", new ImageShape(1, 1, 3), 0, 51, 255);
    assertThat(standardised).containsExactly(new float[] {-0.5f, 0f, 2f}, within(1e-7f));
  }

  @Test
  void greyIsTheLuminance() {
    ImageShape colour = new ImageShape(3, 1, 2);
    float[] grey = apply("scale,grey", colour, 255, 255, 255, 0, 255, 0);
    assertThat(grey).containsExactly(new float[] {1f, 0.299f}, within(1e-7f));
    assertThat(Pipeline.parse("grey").outputShape(colour)).isEqualTo(new ImageShape(1, 1, 2));
    assertThat(apply("grey", new ImageShape(1, 1, 2), 7, 9)).containsExactly(7f, 9f);
  }

  @Test
  void sobelOfAStepIsWorkedByHand() {
    // 0 0 1 1 in each row: the two columns at the step see |gx| = 4, the outer ones nothing.
    float[] edges = apply("scale,sobel", new ImageShape(1, 2, 4), 0, 0, 255, 255, 0, 0, 255, 255);
    float edge = (float) (4 / Math.sqrt(20));
    assertThat(edges)
        .containsExactly(new float[] {0, edge, edge, 0, 0, edge, edge, 0}, within(1e-6f));
  }

  @Test
  void sobelReachesOneAndNeverMore() {
    float largest = 0;
    for (int pattern = 0; pattern < 512; pattern++) {
      int[] pixels = new int[9];
      for (int i = 0; i < 9; i++) {
        pixels[i] = (pattern >> i & 1) * 255;
      }
      for (float value : apply("scale,sobel", new ImageShape(1, 3, 3), pixels)) {
        largest = Math.max(largest, value);
      }
    }
    assertThat(largest).isEqualTo(1f);
  }

  @Test
  void blurKeepsConstantsAndMassAndIsAGaussian() {
    int[] flat = new int[35];
    Arrays.fill(flat, 200);
    assertThat(apply("blur(2)", new ImageShape(1, 5, 7), flat))
        .containsOnly(new float[] {200f}, within(1e-4f));
    int[] point = new int[21 * 21];
    point[10 * 21 + 10] = 255;
    float[] bell = apply("scale,blur(1)", new ImageShape(1, 21, 21), point);
    double sum = 0;
    for (float value : bell) {
      sum += value;
    }
    assertThat(sum).isCloseTo(1, within(1e-6));
    // exp(-d^2/2) / sum over -4..4, squared for two axes
    assertThat(bell[10 * 21 + 10]).isCloseTo(0.1591557f, within(1e-6f));
    assertThat(bell[10 * 21 + 11] / bell[10 * 21 + 10])
        .isCloseTo((float) Math.exp(-0.5), within(1e-6f));
  }

  @Test
  void bordersAreMirrored() {
    int[] expected = {1, 0, 0, 1, 2, 2, 1, 0, 0, 1};
    for (int i = -2; i < 8; i++) {
      assertThat(Pixels.mirror(i, 3)).isEqualTo(expected[i + 2]);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"scale,grey,sobel,blur(1)", "grey,sobel,blur(1.7),scale", "sobel,scale,grey"})
  void anImageAndItsNegativeGiveExactlyTheSameEdges(String steps) {
    RandomGenerator random = Rng.of(5, "negative");
    ImageShape shape = new ImageShape(3, 9, 11);
    for (int trial = 0; trial < 50; trial++) {
      int[] image = random.ints(shape.size(), 0, 256).toArray();
      int[] negative = new int[image.length];
      for (int i = 0; i < image.length; i++) {
        negative[i] = 255 - image[i];
      }
      assertThat(apply(steps, shape, negative)).isEqualTo(apply(steps, shape, image));
    }
  }

  @Test
  void theTextIsCanonicalAndReadsBack() {
    Pipeline pipeline = Pipeline.parse(" scale , standardise( 0.1307,0.3081),grey,sobel,blur(1.0)");
    assertThat(pipeline.toString())
        .isEqualTo("scale,standardise(0.1307,0.3081),grey,sobel,blur(1)");
    assertThat(Pipeline.parse(pipeline.toString())).isEqualTo(pipeline);
    assertThat(Pipeline.parse("none").toString()).isEqualTo("none");
    assertThat(Pipeline.defaults().toString()).isEqualTo("scale");
  }

  @Test
  void saysWhatIsWrongWithAText() {
    refuses(
        "scale,sharpen",
        "no preprocessing step is called 'sharpen'; there are resize(shorter), resize(rows,cols), "
            + "crop(size), crop(rows,cols), scale, range(low,high), standardise(mean,deviation), "
            + "standardise(m1,m2,m3,s1,s2,s3), grey, rgb, bgr, sobel, blur(sigma), hwc");
    refuses("blur", "the preprocessing step blur takes 1 numbers, got 0");
    refuses("blur(x)", "a setting of a preprocessing step must be a number, got 'x'");
    refuses("blur(0)", "the sigma of blur must be above 0 and at most 50 pixels, got 0.0");
    refuses("blur(NaN)", "the sigma of blur must be above 0 and at most 50 pixels, got NaN");
    refuses("standardise(0,0)", "the deviation of standardise must be finite and above 0, got 0.0");
    refuses(
        "scale;grey",
        "cannot read the preprocessing 'scale;grey' from 'scale;grey'; write it like "
            + "resize(256),crop(224),scale,standardise(0.13,0.31), or none");
    refuses(
        "scale,",
        "cannot read the preprocessing 'scale,' from ''; write it like "
            + "resize(256),crop(224),scale,standardise(0.13,0.31), or none");
  }

  @Test
  void standardisesEachChannelAndTurnsTheirOrder() {
    ImageShape colour = new ImageShape(3, 1, 2);
    int[] pixels = {0, 51, 102, 153, 204, 255};
    assertThat(apply("scale,standardise(0,0.4,0.8,1,2,0.5)", colour, pixels))
        .containsExactly(new float[] {0f, .2f, 0f, .1f, 0f, .4f}, within(1e-6f));
    assertThat(apply("bgr", colour, pixels)).containsExactly(204, 255, 102, 153, 0, 51);
    assertThat(apply("bgr,standardise(1,2,3,1,1,1)", colour, pixels))
        .containsExactly(203, 254, 100, 151, -3, 48);
    assertThat(apply("standardise(1,2,3,1,1,1),bgr", colour, pixels))
        .containsExactly(201, 252, 100, 151, -1, 50);
    assertThat(apply("range(-1,1)", new ImageShape(1, 1, 3), 0, 255, 51))
        .containsExactly(new float[] {-1f, 1f, -.6f}, within(1e-6f));
  }

  @Test
  void channelsLastIsTheOrderOfTheNumbersAndOfTheFeed() {
    ImageShape colour = new ImageShape(3, 1, 2);
    int[] pixels = {1, 2, 3, 4, 5, 6};
    assertThat(apply("hwc", colour, pixels)).containsExactly(1, 3, 5, 2, 4, 6);
    assertThat(apply("blur(0.01),hwc", colour, pixels)).containsExactly(1, 3, 5, 2, 4, 6);
    assertThat(apply("rgb,hwc", new ImageShape(1, 1, 2), 7, 9)).containsExactly(7, 7, 7, 9, 9, 9);
    Pipeline last = Pipeline.parse("rgb,hwc");
    ImageShape shape = new ImageShape(1, 4, 5);
    assertThat(last.outputAxes(shape)).containsExactly(4, 5, 3);
    assertThat(last.outputShape(shape)).isEqualTo(new ImageShape(3, 4, 5));
    Images images = Images.of(shape, new byte[20]);
    assertThat(Feed.of(images, last).slots().getFirst().shape()).containsExactly(4, 5, 3);
    assertThat(Feed.of(images, Pipeline.parse("rgb")).slots().getFirst().shape())
        .containsExactly(3, 4, 5);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "scale,standardise(0.485,0.456,0.406,0.229,0.224,0.225)",
        "bgr,standardise(103.939,116.779,123.68,1,1,1),hwc",
        "range(-1,1),bgr",
        "rgb,scale,hwc"
      })
  void theShortWayGivesTheNumbersOfTheLongOne(String steps) {
    RandomGenerator random = Rng.of(3, "tables");
    ImageShape shape = new ImageShape(3, 4, 5);
    int[] image = random.ints(shape.size(), 0, 256).toArray();
    String longWay = "blur(0.001)," + steps; // changes nothing, but looks beyond one pixel
    assertThat(apply(steps, shape, image)).isEqualTo(apply(longWay, shape, image));
  }

  @Test
  void stepsThatFitAreDoneWhenTheImagesCome() {
    Pipeline pipeline = Pipeline.parse("resize(256),crop(2,3),scale");
    assertThat(pipeline.fitting()).hasSize(2);
    assertThat(pipeline.toString()).isEqualTo("resize(256),crop(2,3),scale");
    assertThat(pipeline.outputShape(new ImageShape(3, 2, 3))).isEqualTo(new ImageShape(3, 2, 3));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> pipeline.outputShape(new ImageShape(3, 9, 9)))
        .withMessage(
            "the images are 3 x 9 x 9, which is not what crop(2,3) leaves; open the data set with "
                + "this preprocessing");
  }

  @Test
  void saysWhereAStepMustStand() {
    refuses(
        "scale,resize(32)",
        "resize(32) works on the 8-bit image and must stand at the front, got it after scale");
    refuses(
        "scale,range(-1,1)",
        "range(-1,1) spreads the numbers 0 to 255 and must stand before scale, standardise and"
            + " another range; leave those away");
    refuses(
        "hwc,scale",
        "hwc is the order in which the numbers are stored and must be the last step, got scale"
            + " after it");
    refuses("resize", "the preprocessing step resize takes 1 or 2 numbers, got 0");
    refuses("crop(2.5)", "the preprocessing step crop takes whole numbers of pixels, got 2.5");
    refuses("crop(0)", "crop takes 1 to 16384 pixels, got 0");
    refuses("range(1,1)", "range takes two different finite numbers, got 1.0 and 1.0");
    refuses(
        "standardise(1,2,3)",
        "the preprocessing step standardise takes a mean and a deviation, or the means of all "
            + "channels and then their deviations, got 3 numbers");
  }

  @Test
  void refusesChannelsThatAStepDoesNotTake() {
    ImageShape grey = new ImageShape(1, 1, 1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Pipeline.parse("scale,bgr").outputShape(grey))
        .withMessage("bgr takes images of 3 channels, got 1; put rgb before it");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> apply("standardise(1,2,3,1,1,1)", grey, 1))
        .withMessage(
            "standardise has 3 means, but the images have 1 channel; put rgb before it, or give"
                + " one mean");
  }

  @Test
  void greyRefusesTwoChannels() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> apply("grey", new ImageShape(2, 1, 1), 1, 2))
        .withMessage("grey takes images of 1 or 3 channels, got 2");
  }

  @Test
  void preparesChosenObservationsOnAnyNumberOfThreads() {
    RandomGenerator random = Rng.of(1, "pixels");
    byte[] pixels = new byte[500 * 12];
    random.nextBytes(pixels);
    Images images = Images.of(new ImageShape(1, 3, 4), pixels);
    int[] observations = Sample.draw(500, 300, 2);
    Pipeline pipeline = Pipeline.parse("scale,sobel,blur(1)");
    try (Workers one = Workers.of(1);
        Workers three = Workers.of(3)) {
      Matrix matrix = pipeline.apply(images, observations, one);
      assertThat(matrix.rows()).isEqualTo(300);
      assertThat(pipeline.apply(images, observations, three).toArray()).isEqualTo(matrix.toArray());
      float[] single = new float[12];
      pipeline.apply(images, observations[7], single, 0);
      float[] row = new float[12];
      matrix.copyRow(7, row, 0);
      assertThat(row).isEqualTo(single);
    }
  }

  private static void refuses(String text, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Pipeline.parse(text))
        .withMessage(message);
  }

  private static float[] apply(String steps, ImageShape shape, int... pixels) {
    byte[] bytes = new byte[pixels.length];
    for (int i = 0; i < pixels.length; i++) {
      bytes[i] = (byte) pixels[i];
    }
    Pipeline pipeline = Pipeline.parse(steps);
    float[] target = new float[pipeline.outputShape(shape).size()];
    pipeline.apply(Images.of(shape, bytes), 0, target, 0);
    return target;
  }
}
