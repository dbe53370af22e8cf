package io.inscape.dataset.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.inscape.dataset.InputException;
import io.inscape.dataset.Pipeline;
import io.inscape.dataset.source.Datasets;
import io.inscape.matrix.Progress;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Folders of images with something wrong in them, each with the sentence that says so.
final class BrokenImageTest {
  private static final String CUT =
      ": found the end of the file within the image at its content, expected a whole PNG, JPEG, BMP"
          + " or GIF image; the file is cut or damaged, put a whole one there or take it away";

  @TempDir Path folder;

  @BeforeEach
  void write() throws IOException {
    SamplePictures.grey(folder.resolve("train/a/1.png"), 30, 40, 1);
    SamplePictures.grey(folder.resolve("test/a/1.png"), 30, 40, 2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "jpg", "gif", "bmp"})
  void aCutFileIsNamedWhenTheFolderIsOpened(String ending) throws IOException {
    Path file = folder.resolve("train/a/2." + ending);
    SamplePictures.colours(file, 30, 40);
    assertThat(Datasets.open(folder.toString()).train().count()).isEqualTo(2);
    byte[] whole = Files.readAllBytes(file);
    for (int length : new int[] {whole.length / 2, whole.length - 300}) {
      Files.write(file, Arrays.copyOf(whole, length));
      refused(file + CUT);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "jpg", "gif", "bmp"})
  void anyBrokenByteIsRefusedOrRead(String ending) throws IOException {
    Path file = folder.resolve("train/a/2." + ending);
    SamplePictures.colours(file, 30, 40);
    byte[] whole = Files.readAllBytes(file);
    ImageDecoder decoder = new ImageDecoder();
    for (int at = 0; at < whole.length; at += at < 100 ? 1 : 53) {
      byte[] broken = whole.clone();
      broken[at] ^= (byte) 0xa5;
      try {
        ImageHeader header = ImageHeader.read("f", broken);
        assertThat(decoder.decode("f", header, broken, 3))
            .hasSize(3 * header.rows() * header.cols());
      } catch (InputException e) {
        assertThat(e.path()).isEqualTo("f");
      }
    }
  }

  @Test
  void aHeaderThatClaimsTooMuchIsRefused() throws IOException {
    Path file = folder.resolve("train/a/2.png");
    Files.write(file, SamplePictures.png(100_000, 100_000, 1000));
    assertThatThrownBy(() ->
            Datasets.open(
                io.inscape.dataset.DataRequest.of(
                    folder.toString(), Pipeline.parse("resize(30,40)"))))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(
            file + ": found 100000 x 100000 pixels at its size, expected at most ")
        .hasMessageContaining(" pixels; make it smaller, or ");
  }

  @Test
  void aBombIsUnpackedOnlyAsFarAsItsHeaderTells() throws IOException {
    Path file = folder.resolve("train/a/0.png");
    Files.write(file, SamplePictures.png(30, 40, 64 << 20));
    byte[] image = Datasets.open(folder.toString()).train().images().toArray(new int[] {0});
    assertThat(image).hasSize(30 * 40).containsOnly(0);
  }

  @Test
  void aFileThatEndsItsDataTooEarlyIsNamedWhenItIsRead() throws IOException {
    Path file = folder.resolve("train/a/0.png");
    Files.write(file, SamplePictures.png(30, 40, 100));
    var images = Datasets.open(folder.toString()).train().images();
    assertThatThrownBy(() -> images.toArray(new int[] {0}))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(file + ": found ")
        .hasMessageContaining(" at its content, expected a whole PNG, JPEG, BMP or GIF image");
  }

  @Test
  void aChangedOrVanishedFileIsNamedWhenItIsRead() throws IOException {
    Path file = folder.resolve("train/a/1.png");
    var images = Datasets.open(folder.toString()).train().images();
    SamplePictures.grey(file, 30, 40, 9);
    assertThatThrownBy(() -> images.toArray(new int[] {0}))
        .isInstanceOf(InputException.class)
        .hasMessage(
            file
                + ": found another image than when the data set was opened at its content, expected"
                + " the same; put the old file back, or open the data set again");
    Files.delete(file);
    assertThatThrownBy(() -> images.toArray(new int[] {0}))
        .isInstanceOf(InputException.class)
        .hasMessage(
            file
                + ": not found, expected an image of the data set; put it back, or take it out of"
                + " the set and open it again");
  }

  @Test
  void differentSizesNeedAStepThatFitsThem() throws IOException {
    Path other = folder.resolve("train/a/2.png");
    Path first = folder.resolve("train/a/1.png");
    SamplePictures.grey(other, 30, 60, 1);
    refused(
        other
            + ": found 30 x 60 pixels at its size, expected 30 x 40 pixels as "
            + first
            + "; images of different sizes need a step at the front of the preprocessing, such as"
            + " resize(30,40) or resize(256),crop(224)");
    assertThatThrownBy(() -> open("resize(15)"))
        .isInstanceOf(InputException.class)
        .hasMessage(
            other
                + ": found 30 x 60 pixels at its size, expected 30 x 40 pixels as "
                + first
                + "; resize(15) makes them 15 x 30 and 15 x 20, and all must be of one size; add"
                + " crop(15), or use resize(rows,cols)");
    assertThatThrownBy(() -> open("crop(35)"))
        .isInstanceOf(InputException.class)
        .hasMessage(
            first
                + ": found 30 x 40 pixels at its size, expected what crop(35) takes; crop(35) takes"
                + " images of at least 35 x 35 pixels, got 30 x 40; put a resize before it");
    open("resize(15),crop(15)");
  }

  private void open(String steps) {
    ImageFolder.open(folder, Pipeline.parse(steps), Optional.empty(), Progress.none());
  }

  @Test
  void coloursForPrintingAreRefused() throws IOException {
    Path file = folder.resolve("train/a/2.jpg");
    SamplePictures.colours(file, 30, 40);
    byte[] content = Files.readAllBytes(file);
    for (int i = 0; i < content.length - 9; i++) {
      if ((content[i] & 0xff) == 0xff && (content[i + 1] & 0xff) == 0xc0) {
        content[i + 9] = 4;
      }
    }
    Files.write(file, content);
    refused(
        file
            + ": found a JPEG in CMYK colours at its header, expected a baseline or progressive"
            + " JPEG of 8 bits, grey or RGB; convert it with PIL's convert('RGB')");
  }

  @Test
  void aClassWithoutImagesIsNamed() throws IOException {
    Path empty = Files.createDirectories(folder.resolve("test/b"));
    refused(
        empty
            + ": found no image at its files, expected at least one, for it is the folder of a"
            + " class; put some there, or take the folder away");
  }

  @Test
  void aLinkMustStayInTheFolder(@TempDir Path elsewhere) throws IOException {
    Path outside = elsewhere.resolve("x.png");
    SamplePictures.grey(outside, 30, 40, 3);
    Path link = folder.resolve("train/a/2.png");
    try {
      Files.createSymbolicLink(link, outside);
    } catch (IOException | UnsupportedOperationException e) {
      assumeTrue(false, "no links here");
    }
    refused(
        link
            + ": found a link that leads out of the data set's folder at its place, expected files"
            + " and folders inside it; copy what it leads to");
    Files.delete(link);
    Files.createSymbolicLink(link, folder.resolve("test/a/1.png"));
    assertThat(Datasets.open(folder.toString()).train().count()).isEqualTo(2);
    Files.createSymbolicLink(folder.resolve("train/b"), elsewhere);
    refused(
        folder.resolve("train/b")
            + ": found a link that leads out of the data set's folder at its place, expected files"
            + " and folders inside it; copy what it leads to");
  }

  @Test
  void namesMustBeUtf8() throws IOException, InterruptedException {
    Path script = Files.createTempFile("name", ".sh");
    try {
      Files.write(
          script, "cp \"$1\" \"$2/$(printf 'b\\377').png\"\n".getBytes(StandardCharsets.US_ASCII));
      Path file = folder.resolve("train/a/1.png");
      Process shell =
          new ProcessBuilder("sh", script.toString(), file.toString(), file.getParent().toString())
              .start();
      assumeTrue(shell.waitFor(20, TimeUnit.SECONDS) && shell.exitValue() == 0, "no such names");
    } catch (IOException e) {
      assumeTrue(false, "no shell");
    } finally {
      Files.delete(script);
    }
    refused(
        folder.resolve("train/a")
            + ": found the name 'b\ufffd.png' with bytes that are no UTF-8 at its files, expected"
            + " names in UTF-8; rename it");
  }

  private void refused(String message) {
    assertThatThrownBy(() -> Datasets.open(folder.toString()))
        .isInstanceOf(InputException.class)
        .hasMessage(message);
  }
}
