package io.inscape.dataset.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inscape.dataset.Dataset;
import io.inscape.dataset.ImageShape;
import io.inscape.dataset.InputException;
import io.inscape.dataset.source.Datasets;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageFolderTest {
  @TempDir Path folder;

  @Test
  void readsPartsAndClassesAndEveryPixelAsItIsStored() throws IOException {
    byte[] seven = pixels(7);
    byte[] two = pixels(2);
    write("train/10/a.png", seven);
    write("train/2/b.png", two);
    write("test/2/c.png", seven);
    write("test/cat/d.PNG", two);
    Files.writeString(folder.resolve("train/2/.hidden"), "x");
    Dataset data = Datasets.open(folder.toString());
    assertThat(data.classNames()).containsExactly("2", "10", "cat");
    assertThat(data.shape()).isEqualTo(new ImageShape(1, 4, 5));
    assertThat(data.train().labels()).containsExactly(0, 1);
    assertThat(data.test().labels()).containsExactly(0, 2);
    assertThat(data.train().images().toArray(new int[] {0, 1})).isEqualTo(joined(two, seven));
    assertThat(data.test().images().toArray(new int[] {0, 1})).isEqualTo(joined(seven, two));
  }

  @Test
  void holdsBackEverySixthImageWhereThereAreNoParts() throws IOException {
    for (int i = 0; i < 13; i++) {
      write("yes/" + (char) ('a' + i) + ".png", pixels(i));
    }
    write("no/one.png", pixels(20));
    write("no/two.png", pixels(21));
    Dataset data = Datasets.open(folder.toString());
    assertThat(data.test().labels()).containsExactly(0, 1, 1);
    assertThat(data.train().count()).isEqualTo(12);
    assertThat(data.test().images().toArray(new int[] {1})).isEqualTo(pixels(5));
    assertThat(data.test().images().toArray(new int[] {2})).isEqualTo(pixels(11));
  }

  @Test
  void anotherNamePixelOrClassIsAnotherDigest() throws IOException {
    write("train/a/1.png", pixels(1));
    write("test/a/1.png", pixels(2));
    String before = Datasets.open(folder.toString()).digest();
    assertThat(Datasets.open(folder.toString()).digest()).isEqualTo(before);
    write("test/a/1.png", pixels(3));
    String after = Datasets.open(folder.toString()).digest();
    assertThat(after).isNotEqualTo(before);
    Files.move(folder.resolve("test/a"), folder.resolve("test/b"));
    assertThat(Datasets.open(folder.toString()).digest()).isNotEqualTo(after);
  }

  @Test
  void coloursAreThreeChannelsAndGreyAmongThemIsRepeated() throws IOException {
    BufferedImage colours = new BufferedImage(5, 4, BufferedImage.TYPE_INT_RGB);
    colours.setRGB(1, 2, 0x0a141e);
    Path file = folder.resolve("train/a/1.png");
    Files.createDirectories(file.getParent());
    ImageIO.write(colours, "png", file.toFile());
    write("test/a/1.png", pixels(9));
    Dataset data = Datasets.open(folder.toString());
    assertThat(data.shape()).isEqualTo(new ImageShape(3, 4, 5));
    byte[] image = data.train().images().toArray(new int[] {0});
    assertThat(image[2 * 5 + 1]).isEqualTo((byte) 10);
    assertThat(image[20 + 2 * 5 + 1]).isEqualTo((byte) 20);
    assertThat(image[40 + 2 * 5 + 1]).isEqualTo((byte) 30);
    byte[] grey = data.test().images().toArray(new int[] {0});
    assertThat(Arrays.copyOf(grey, 20)).isEqualTo(pixels(9));
    assertThat(Arrays.copyOfRange(grey, 40, 60)).isEqualTo(pixels(9));
  }

  @Test
  void sixteenBitsKeepTheUpperEightAndOneBitIsBlackAndWhite() throws IOException {
    BufferedImage deep = new BufferedImage(5, 4, BufferedImage.TYPE_USHORT_GRAY);
    deep.getRaster().setSample(3, 1, 0, 0x1234);
    BufferedImage flat = new BufferedImage(5, 4, BufferedImage.TYPE_BYTE_BINARY);
    flat.getRaster().setSample(0, 3, 0, 1);
    Files.createDirectories(folder.resolve("train/a"));
    Files.createDirectories(folder.resolve("test/a"));
    ImageIO.write(deep, "png", folder.resolve("train/a/1.png").toFile());
    ImageIO.write(flat, "png", folder.resolve("test/a/1.png").toFile());
    Dataset data = Datasets.open(folder.toString());
    assertThat(data.train().images().toArray(new int[] {0})[1 * 5 + 3]).isEqualTo((byte) 0x12);
    assertThat(data.test().images().toArray(new int[] {0})[3 * 5]).isEqualTo((byte) 255);
  }

  @Test
  void refusesWhatItCannotReadInOneSentence() throws IOException {
    write("train/a/1.png", pixels(1));
    assertRefused("test: not found, expected the images held back, beside train; put some");
    write("test/a/1.png", pixels(2));
    Path bad = folder.resolve("test/a/2.png");
    Files.write(bad, new byte[0]);
    assertRefused("2.png: found no image at its content, expected a whole PNG, JPEG, BMP or GIF");
    Files.writeString(bad, "GIF89a, not really");
    assertRefused("2.png: found");
    byte[] whole = Files.readAllBytes(folder.resolve("test/a/1.png"));
    Files.write(bad, Arrays.copyOf(whole, whole.length / 2));
    assertRefused("2.png: found");
    ImageIO.write(new BufferedImage(6, 4, BufferedImage.TYPE_BYTE_GRAY), "png", bad.toFile());
    assertRefused("2.png: found 4 x 6 pixels at its size, expected 4 x 5 pixels as ");
    Files.delete(bad);
    Files.writeString(folder.resolve("test/a/notes.txt"), "x");
    assertRefused("a: found notes.txt at its files, expected images only");
  }

  @Test
  void refusesAPictureThatIsCut() throws IOException {
    BufferedImage photo = new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 64 * 64; i++) {
      photo.setRGB(i % 64, i / 64, i * 7919);
    }
    Files.createDirectories(folder.resolve("train/a"));
    Path cut = folder.resolve("train/a/1.jpg");
    ImageIO.write(photo, "jpg", cut.toFile());
    byte[] whole = Files.readAllBytes(cut);
    Files.createDirectories(folder.resolve("test/a"));
    Files.write(folder.resolve("test/a/1.jpg"), whole);
    assertThat(Datasets.open(folder.toString()).shape()).isEqualTo(new ImageShape(3, 64, 64));
    Files.write(cut, Arrays.copyOf(whole, whole.length / 2));
    assertRefused("1.jpg: found the end of the file within the image at its content");
  }

  @Test
  void aHeaderThatPromisesTooMuchIsRefusedBeforeItIsUnpacked() throws IOException {
    write("train/a/1.png", pixels(1));
    write("test/a/1.png", pixels(2));
    Path bomb = folder.resolve("train/a/0.png");
    byte[] header = Files.readAllBytes(folder.resolve("train/a/1.png"));
    Arrays.fill(header, 16, 24, (byte) 0x7f); // width and height
    Files.write(bomb, header);
    assertThatThrownBy(() -> Datasets.open(folder.toString())).isInstanceOf(InputException.class);
  }

  private void assertRefused(String words) {
    assertThatThrownBy(() -> Datasets.open(folder.toString()))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(words);
  }

  /// 4 x 5 grey pixels of all kinds.
  private static byte[] pixels(int seed) {
    byte[] pixels = new byte[20];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (37 * i + 11 * seed);
    }
    return pixels;
  }

  private static byte[] joined(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }

  private void write(String name, byte[] pixels) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    BufferedImage image = new BufferedImage(5, 4, BufferedImage.TYPE_BYTE_GRAY);
    image.getRaster().setDataElements(0, 0, 5, 4, pixels);
    ImageIO.write(image, "png", file.toFile());
  }
}
