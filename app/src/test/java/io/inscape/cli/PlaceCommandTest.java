package io.inscape.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.inscape.dataset.ImageShape;
import io.inscape.small.SmallStudy;
import io.inscape.study.Study;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
final class PlaceCommandTest {
  private static final int ROW = 4;

  @TempDir private static Path folder;
  private static Path study;
  private static Path image;

  @BeforeAll
  static void makeStudy() throws IOException {
    try (Study made = SmallStudy.create(folder)) {
      ImageShape shape = Objects.requireNonNull(made.info().dataset().shape());
      byte[] pixels = made.images(ROW, ROW + 1);
      BufferedImage drawn =
          new BufferedImage(shape.cols(), shape.rows(), BufferedImage.TYPE_BYTE_GRAY);
      for (int at = 0; at < shape.rows() * shape.cols(); at++) {
        drawn.getRaster().setSample(at % shape.cols(), at / shape.cols(), 0, pixels[at] & 0xff);
      }
      image = folder.resolve("one.png");
      ImageIO.write(drawn, "png", image.toFile());
    }
    study = folder.resolve("study");
  }

  private static Typed place(String... more) {
    List<String> words = new ArrayList<>(List.of("place", "--study", study.toString()));
    words.addAll(List.of(more));
    return Typed.run(words.toArray(String[]::new));
  }

  @Test
  void saysWhereAnImageLiesAndWhatItIsLike() {
    Typed text = place("--run", "small", "--layer", "fc1", "--method", "pca", image.toString());
    assertThat(text.err()).isEmpty();
    assertThat(text.code()).isZero();
    assertThat(text.out())
        .contains("one.png:", "  position    ", "  prediction  ", "  neighbours  4 (", "  units ")
        .contains("placed as if they were new, half of");
    Typed again =
        place(
            "--run",
            "small",
            "--layer",
            "fc1",
            "--method",
            "pca",
            "--json",
            image.toString(),
            image.toString());
    JsonNode both = again.json();
    assertThat(both).hasSize(2);
    assertThat(both.at("/0/placement")).isEqualTo(both.at("/1/placement"));
    assertThat(both.at("/0/placement/neighbours/0/observation").asInt()).isEqualTo(ROW);
    String digest = both.at("/0/placement/digest").asText();
    Typed named = place("--result", digest.substring(0, 12), "--json", image.toString());
    assertThat(named.json())
        .isEqualTo(place("--result", digest, "--json", image.toString()).json());
  }

  @Test
  void refusesInASentence() throws IOException {
    Path broken = Files.writeString(folder.resolve("broken.png"), "nothing");
    place("--method", "pca", broken.toString())
        .refused(
            broken
                + ": found no image at its content, expected a whole PNG, JPEG, BMP or GIF image;"
                + " the file is cut or damaged, or of another kind");
    place("--run", "small", image.toString())
        .refused("--run needs --layer, one of fc1, logits, probabilities");
    place("--layer", "fc1", image.toString())
        .refused("--epoch and --layer need --run, the run they are of");
    place("--result", "feed", image.toString())
        .refused(
            "--result must be the beginning of one kept projection or sequence, but 0 begin with"
                + " \"feed\"");
  }
}
