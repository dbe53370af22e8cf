package io.inscape.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.inscape.small.SmallStudy;
import io.inscape.study.Study;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
final class ImportCommandTest {
  @TempDir private static Path folder;
  private static Path checkpoints;
  private static Path images;

  /// The networks of a small study as a person would have them, and its images as files by class.
  @BeforeAll
  static void export() throws IOException {
    checkpoints = Files.createDirectory(folder.resolve("check points"));
    images = folder.resolve("images");
    try (Study study = SmallStudy.create(folder)) {
      for (int epoch : study.run(SmallStudy.RUN).info().snapshots()) {
        Files.copy(
            study.run(SmallStudy.RUN).snapshot(epoch),
            checkpoints.resolve("net_epoch" + epoch + ".onnx"));
      }
      write("train", study.dataset().train());
      write("test", study.dataset().test());
    }
  }

  private static void write(String part, io.inscape.dataset.Split split) throws IOException {
    int rows = split.images().shape().rows();
    int cols = split.images().shape().cols();
    for (int i = 0; i < split.count(); i++) {
      Path target = images.resolve(part).resolve(String.valueOf(split.label(i)));
      Files.createDirectories(target);
      BufferedImage image = new BufferedImage(cols, rows, BufferedImage.TYPE_BYTE_GRAY);
      image.getRaster().setDataElements(0, 0, cols, rows, split.images().toArray(new int[] {i}));
      ImageIO.write(image, "png", target.resolve(String.format("%05d.png", i)).toFile());
    }
  }

  private static Typed bring(String study, String... more) {
    String[] words = {
      "import", "--study", folder.resolve(study).toString(), "--model", checkpoints.toString()
    };
    String[] all = java.util.Arrays.copyOf(words, words.length + more.length);
    System.arraycopy(more, 0, all, words.length, more.length);
    return Typed.run(all);
  }

  @Test
  void lookingNeedsNoStudyAndMakesNone() {
    Typed typed =
        Typed.run(
            "import", "--look", "--model", checkpoints.toString(), "--data", images.toString());
    assertThat(typed.code()).as(typed.err()).isZero();
    assertThat(typed.err() + typed.out()).contains("Projection").contains("available");
    assertThat(Path.of("inscape-study")).doesNotExist();
    Typed bare = Typed.run("import", "--model", checkpoints.toString(), "--data", "mnist");
    assertThat(bare.code()).isEqualTo(2);
    assertThat(bare.err()).contains("--study must name the study folder");
  }

  @Test
  void checkpointsAndImageFilesBecomeARunWithTheAccuraciesThatTheyHad() {
    Typed typed = bring("mine", "--data", images.toString(), "--json");
    assertThat(typed.code()).as(typed.err()).isZero();
    JsonNode run = typed.json();
    assertThat(run.get("name").asText()).isEqualTo("check-points");
    assertThat(run.get("state").asText()).isEqualToIgnoringCase("complete");
    try (Study trained = Study.openReadOnly(folder.resolve("study"));
        Study mine = Study.openReadOnly(folder.resolve("mine"))) {
      var before = trained.run(SmallStudy.RUN).info();
      var after = mine.run("check-points").info();
      assertThat(after.snapshots()).isEqualTo(before.snapshots());
      for (int i = 0; i < after.metrics().size(); i++) {
        int epoch = after.metrics().get(i).epoch();
        double accuracy =
            before.metrics().stream()
                .filter(metrics -> metrics.epoch() == epoch)
                .findFirst()
                .orElseThrow()
                .testAccuracy();
        assertThat(after.metrics().get(i).testAccuracy()).as("epoch %s", epoch).isEqualTo(accuracy);
      }
    }
    Typed again = bring("mine", "--data", images.toString());
    assertThat(again.code()).as(again.err()).isZero();
    assertThat(again.out()).contains("run check-points of ", "layers: fc1", "epoch    0: test");
  }

  @Test
  void refusesInOneSentence() {
    Typed data = bring("other", "--data", "mnist");
    assertThat(data.code()).isEqualTo(2);
    assertThat(data.err())
        .contains(
            "found the shape [batch, 1, 8, 8] at input 'input', expected [batch, 1, 28, 28], the shape",
            "a preprocessing that fits: resize(8,8),scale");
    Typed classes = bring("other", "--data", "mnist", "--preprocess", "resize(8,8),scale");
    assertThat(classes.code()).isEqualTo(2);
    assertThat(classes.err())
        .contains(
            "3 numbers for each image in 'logits' at the graph's output, expected 10, one for",
            "--without-predictions");
    Typed right = bring("other", "--data", images.toString(), "--quiet");
    assertThat(right.code()).as(right.err()).isZero();
    Typed nothing =
        Typed.run(
            "import",
            "--study",
            folder.resolve("x").toString(),
            "--model",
            "none.onnx",
            "--data",
            "mnist");
    nothing.refused(
        "none.onnx: not found, expected an ONNX file or a folder of them; check the path");
  }
}
