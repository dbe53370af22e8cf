package io.inscape.study.place;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inscape.dataset.ImageShape;
import io.inscape.dataset.Images;
import io.inscape.dataset.InputException;
import io.inscape.dataset.source.Datasets;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

final class PictureFitTest {
  private static final ImageShape GREY = new ImageShape(1, 4, 4);
  private static final Fitting WHOLE = Fitting.whole();

  private static byte[] file(BufferedImage image, String format) throws IOException {
    var out = new ByteArrayOutputStream();
    assertThat(ImageIO.write(image, format, out)).isTrue();
    return out.toByteArray();
  }

  private static int[] fit(ImageShape shape, Picture picture, Fitting fitting, double... ground) {
    double[] background = ground.length == 0 ? new double[shape.channels()] : ground;
    byte[] pixels = new PictureFit(shape, background).fit(picture, fitting);
    int[] values = new int[pixels.length];
    Arrays.setAll(values, at -> pixels[at] & 0xff);
    return values;
  }

  private static Picture enlarged(ImageShape shape, byte[] pixels, int times) throws IOException {
    BufferedImage image =
        new BufferedImage(times * shape.cols(), times * shape.rows(), BufferedImage.TYPE_BYTE_GRAY);
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        int value = pixels[y / times * shape.cols() + x / times] & 0xff;
        image.getRaster().setSample(x, y, 0, value);
      }
    }
    return Picture.decode("drawn", file(image, "png"));
  }

  @Test
  void aWholeMultipleOfAnImageComesBackExactly() throws IOException {
    Images images = Datasets.open("mnist").test().images();
    byte[] seven = images.toArray(new int[] {0});
    int[] expected = new int[784];
    Arrays.setAll(expected, at -> seven[at] & 0xff);
    assertThat(fit(images.shape(), enlarged(images.shape(), seven, 10), WHOLE)).isEqualTo(expected);
    assertThat(fit(images.shape(), Picture.of(images.shape(), seven), WHOLE)).isEqualTo(expected);
  }

  @Test
  void digitsOfMnistAreCentredAlready() throws IOException {
    Images images = Datasets.open("mnist").test().images();
    double off = 0;
    for (int i = 0; i < 50; i++) {
      byte[] digit = images.toArray(new int[] {i});
      int[] again = fit(images.shape(), Picture.of(images.shape(), digit), WHOLE.withCentre(true));
      for (int at = 0; at < 784; at++) {
        off += Math.abs(again[at] - (digit[at] & 0xff)) / 255.0 / 784 / 50;
      }
    }
    assertThat(off).isLessThan(.001); // an image's mean is .13
  }

  @Test
  void aDrawingInACornerIsMovedAndScaledToTheBox() {
    ImageShape shape = new ImageShape(1, 28, 28);
    byte[] corner = new byte[100 * 100];
    for (int y = 0; y < 30; y++) {
      for (int x = 0; x < 10; x++) {
        corner[y * 100 + x] = (byte) 255;
      }
    }
    Picture picture = Picture.of(new ImageShape(1, 100, 100), corner);
    int[] made = fit(shape, picture, WHOLE.withCentre(true));
    for (int at = 0; at < 784; at++) {
      int row = at / 28;
      int col = at % 28;
      boolean inside = row >= 4 && row < 24 && col >= 11 && col < 18;
      assertThat(made[at]).isEqualTo(inside ? 255 : 0);
    }
    assertThat(fit(shape, Picture.of(shape, new byte[784]), WHOLE.withCentre(true)))
        .containsOnly(0);
  }

  @Test
  void anAspectIsKeptAndTheRestIsBackground() {
    byte[] wide = new byte[8 * 2];
    Arrays.fill(wide, (byte) 200);
    int[] made = fit(GREY, Picture.of(new ImageShape(1, 2, 8), wide), WHOLE, 9);
    assertThat(made).containsExactly(9, 9, 9, 9, 200, 200, 200, 200, 9, 9, 9, 9, 9, 9, 9, 9);
    int[] inverted =
        fit(GREY, Picture.of(new ImageShape(1, 2, 8), wide), WHOLE.withInvert(true), 9);
    assertThat(inverted[4]).isEqualTo(55);
    assertThat(inverted[0]).isEqualTo(9);
  }

  @Test
  void coloursBecomeLuminanceAndGreyBecomesColours() throws IOException {
    BufferedImage red = new BufferedImage(4, 4, BufferedImage.TYPE_INT_RGB);
    red.createGraphics().setPaint(Color.RED);
    for (int at = 0; at < 16; at++) {
      red.setRGB(at % 4, at / 4, 0xff0000);
    }
    assertThat(fit(GREY, Picture.decode("red", file(red, "png")), WHOLE)).containsOnly(76);
    ImageShape colours = new ImageShape(3, 4, 4);
    int[] three = fit(colours, Picture.decode("red", file(red, "bmp")), WHOLE);
    assertThat(Arrays.copyOf(three, 16)).containsOnly(255);
    assertThat(Arrays.copyOfRange(three, 16, 48)).containsOnly(0);
    byte[] grey = new byte[16];
    Arrays.fill(grey, (byte) 77);
    assertThat(fit(colours, Picture.of(GREY, grey), WHOLE)).containsOnly(77);
  }

  @Test
  void whatIsTransparentShowsTheBackground() throws IOException {
    BufferedImage clear = new BufferedImage(4, 4, BufferedImage.TYPE_INT_ARGB);
    clear.setRGB(0, 0, 0xff000000);
    int[] made = fit(GREY, Picture.decode("clear", file(clear, "png")), WHOLE, 250);
    assertThat(made[0]).isZero();
    assertThat(Arrays.copyOfRange(made, 1, 16)).containsOnly(250);
  }

  @Test
  void whatIsNoImageIsRefusedInASentence() throws IOException {
    assertThatThrownBy(() -> Picture.decode("notes.txt", "hello".getBytes("UTF-8")))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "notes.txt: found no image at its content, expected a whole PNG, JPEG, BMP or GIF"
                + " image; the file is cut or damaged, or of another kind");
    byte[] whole = file(new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB), "png");
    assertThatThrownBy(() -> Picture.decode("cut.png", Arrays.copyOf(whole, 60)))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith("cut.png: found");
    byte[] huge = whole.clone(); // the header says 100,000 x 100,000
    System.arraycopy(
        new byte[] {0, 1, (byte) 0x86, (byte) 0xa0, 0, 1, (byte) 0x86, (byte) 0xa0},
        0,
        huge,
        16,
        8);
    assertThatThrownBy(() -> Picture.decode("huge.png", huge))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith("huge.png: found");
  }
}
