package io.inscape.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inscape.dataset.Images;
import io.inscape.dataset.source.Datasets;
import io.inscape.study.file.StudyException;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Studies of image folders from when one digest went over names and bytes of all files.
final class FormerImageFolderTest {
  private static final int PER_CLASS = 8;

  @TempDir private Path folder;
  private Path data;
  private Path study;

  @BeforeEach
  void makeFormerStudy() throws IOException, GeneralSecurityException {
    data = folder.resolve("pictures");
    study = folder.resolve("study");
    Images digits = Datasets.open("mnist").test().images();
    for (int i = 0; i < 2 * PER_CLASS; i++) {
      BufferedImage image = new BufferedImage(28, 28, BufferedImage.TYPE_BYTE_GRAY);
      byte[] pixels = digits.toArray(new int[] {i});
      image.getRaster().setDataElements(0, 0, 28, 28, pixels);
      Path file = file(i);
      Files.createDirectories(file.getParent());
      assertThat(ImageIO.write(image, "png", file.toFile())).isTrue();
    }
    Study.create(study, StudyConfig.of("old", data.toString()).withSampleCount(2)).close();
    Path description = study.resolve("study.json");
    String now = Datasets.open(data.toString()).digest();
    String written = Files.readString(description);
    assertThat(written).contains(now).contains("\"format\" : 1");
    Files.writeString(description, written.replace(now, formerDigest()));
  }

  private Path file(int i) {
    return data.resolve(i < PER_CLASS ? "left" : "right").resolve(i % PER_CLASS + ".png");
  }

  /// The sixth image of each class is held back.
  private String formerDigest() throws IOException, GeneralSecurityException {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    for (boolean heldBack : new boolean[] {false, true}) {
      for (int i = 0; i < 2 * PER_CLASS; i++) {
        if (heldBack == (i % PER_CLASS == 5)) {
          String name = data.relativize(file(i)).toString().replace('\\', '/');
          digest.update((name + "\n").getBytes(StandardCharsets.UTF_8));
          digest.update(Files.readAllBytes(file(i)));
        }
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  @Test
  void aStudyMadeThenOpensWithItsImages() {
    try (Study opened = Study.open(study)) {
      byte[] images = opened.images(0, 2);
      Images digits = Datasets.open("mnist").test().images();
      assertThat(images).isEqualTo(digits.toArray(new int[] {5, PER_CLASS + 5}));
    }
  }

  @Test
  void otherImagesAreRefusedAsEver() throws IOException {
    Files.copy(file(0), file(1), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    try (Study opened = Study.open(study)) {
      assertThatThrownBy(() -> opened.images(0, 2))
          .isInstanceOf(StudyException.class)
          .hasMessageContaining("must be the one the study was made with");
    }
  }
}
