package io.inscape.dataset.picture;

import static org.assertj.core.api.Assertions.assertThat;

import io.inscape.dataset.DataRequest;
import io.inscape.dataset.Dataset;
import io.inscape.dataset.Pipeline;
import io.inscape.dataset.source.Datasets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ImageIndexTest {
  @TempDir Path folder;
  @TempDir Path study;
  private Path index;
  private final List<String> said = new ArrayList<>();

  @BeforeEach
  void write() throws IOException {
    index = study.resolve("images.index");
    for (int i = 0; i < 7; i++) {
      SamplePictures.grey(folder.resolve("a/tab\t%" + i + ".png"), 4, 5, i);
    }
  }

  private Dataset open() {
    said.clear();
    return Datasets.open(
        DataRequest.of(folder.toString(), Pipeline.defaults()),
        Optional.of(index),
        (stage, fraction) -> said.add(stage + " " + fraction));
  }

  @Test
  void aKnownFolderIsOpenedWithoutReadingItsFiles() throws IOException {
    Dataset first = open();
    assertThat(said).contains("list images 0.0", "read images 0.0", "read images 1.0");
    assertThat(Files.readAllLines(index)).hasSize(8).startsWith("inscape image index 1");
    Path file = folder.resolve("a/tab\t%0.png");
    FileTime time = Files.getLastModifiedTime(file);
    byte[] whole = Files.readAllBytes(file);
    byte[] other = whole.clone();
    other[whole.length / 2] ^= 1;
    Files.write(file, other);
    Files.setLastModifiedTime(file, time);
    Dataset second = open(); // did not look into the file
    assertThat(second.digest()).isEqualTo(first.digest());
    assertThat(said).doesNotContain("read images 0.0");
    Files.setLastModifiedTime(file, FileTime.fromMillis(time.toMillis() + 5000));
    assertThat(open().digest()).isNotEqualTo(first.digest());
    Files.write(file, whole);
    assertThat(open().digest()).isEqualTo(first.digest());
    assertThat(Datasets.open(folder.toString()).digest()).isEqualTo(first.digest());
  }

  @Test
  void aBrokenIndexIsMadeAgain() throws IOException {
    Dataset first = open();
    String whole = Files.readString(index);
    for (String broken :
        List.of(
            "",
            "something else\n",
            whole.substring(0, whole.length() / 2),
            whole.replaceAll("\t[0-9a-f]{64}\t", "\t123\t"),
            whole.replaceAll("\t4\t5\t", "\t-4\tx\t"))) {
      Files.writeString(index, broken);
      assertThat(open().digest()).isEqualTo(first.digest());
      assertThat(Files.readString(index)).isEqualTo(whole);
    }
    Files.write(index, new byte[] {(byte) 0xff, 0, 1});
    assertThat(open().digest()).isEqualTo(first.digest());
  }

  @Test
  void aFolderThatTakesNoIndexIsNoHindrance() {
    index = study.resolve("missing/images.index");
    assertThat(open().train().count()).isEqualTo(6);
    assertThat(index).doesNotExist();
  }
}
