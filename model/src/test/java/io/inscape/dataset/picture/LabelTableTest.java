package io.inscape.dataset.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inscape.dataset.Dataset;
import io.inscape.dataset.InputException;
import io.inscape.dataset.Targets;
import io.inscape.dataset.source.Datasets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LabelTableTest {
  @TempDir Path folder;
  private Path table;

  @BeforeEach
  void write() throws IOException {
    table = folder.resolve("labels.csv");
    SamplePictures.grey(folder.resolve("a.png"), 4, 5, 0);
    SamplePictures.grey(folder.resolve("b.png"), 4, 5, 1);
    SamplePictures.grey(folder.resolve("c.png"), 4, 5, 2);
  }

  @Test
  void imagesAloneHaveNoLabels() {
    Dataset data = Datasets.open(folder.toString());
    assertThat(data.train().targets()).isEqualTo(new Targets.None(2));
    assertThat(data.test().targets()).isEqualTo(new Targets.None(1));
    assertThat(data.classNames()).isEmpty();
  }

  @Test
  void textsAndWholeNumbersAreClasses() throws IOException {
    Files.writeString(table, "\ufefffile,label\nb.png,\"dog, big\"\na.png,cat\nc.png,cat\n\n");
    Dataset data = Datasets.open(folder.toString());
    assertThat(data.classNames()).containsExactly("cat", "dog, big");
    assertThat(data.train().labels()).containsExactly(0, 1);
    assertThat(data.test().labels()).containsExactly(0);
    Files.writeString(table, "a.png,10\nb.png,9\nc.png,9\n");
    assertThat(Datasets.open(folder.toString()).classNames()).containsExactly("9", "10");
  }

  @Test
  void fractionsAndAColumnCalledValueAreNumbers() throws IOException {
    Files.writeString(table, "a.png,1\nb.png,2.5\nc.png,-3\n");
    Dataset data = Datasets.open(folder.toString());
    assertThat(((Targets.Values) data.train().targets()).values()).containsExactly(1f, 2.5f);
    Files.writeString(table, "image,value\na.png,1\nb.png,2\nc.png,3\n");
    data = Datasets.open(folder.toString());
    assertThat(((Targets.Values) data.test().targets()).values()).containsExactly(3f);
    Files.writeString(table, "image,class\na.png,1.5\nb.png,2.5\nc.png,1.5\n");
    assertThat(Datasets.open(folder.toString()).classNames()).containsExactly("1.5", "2.5");
  }

  @Test
  void imagesMayLieInFoldersBelow() throws IOException {
    for (String name : new String[] {"a", "b", "c"}) {
      Files.createDirectories(folder.resolve("images"));
      Files.move(folder.resolve(name + ".png"), folder.resolve("images/" + name + ".png"));
    }
    Files.writeString(table, "images/a.png,x\nimages/b.png,y\nimages/c.png,x\n");
    assertThat(Datasets.open(folder.toString()).train().labels()).containsExactly(0, 1);
  }

  @Test
  void refusesLabelsThatDoNotMatch() throws IOException {
    refused("a.png,1\nb.png,2\n", "its lines", "no label for c.png", "one for each image of the");
    refused("a.png,1\na.png,2\n", "line 2", "a.png a second time", "one line for each image");
    refused("a.png,1,2\n", "line 1", "3 fields", "two, the image's file and its label");
    refused("a.png,\"1\n", "line 1", "a quote that does not end", "two, the image's file and");
    refused("a.png,\n", "line 1", "no label for a.png", "a class or a number");
    refused("a.png,1\n../b.png,2\n", "line 2", "the file '../b.png'", "a file in the folder or");
    refused("a.png,1\n/b.png,2\n", "line 2", "the file '/b.png'", "a file in the folder or below");
    refused("f,value\na.png,x\n", "a.png", "the label 'x'", "a finite number, for the column is");
    Files.writeString(table, "a.png,1\nb.png,2\nc.png,1\nd.png,2\n");
    assertThatThrownBy(() -> Datasets.open(folder.toString()))
        .isInstanceOf(InputException.class)
        .hasMessage(
            folder.resolve("d.png")
                + ": not found, expected an image of the data set; put it back, or take it out of"
                + " the set and open it again");
    Files.write(table, new byte[] {'a', (byte) 0xff, ',', '1'});
    assertThatThrownBy(() -> Datasets.open(folder.toString()))
        .isInstanceOf(InputException.class)
        .hasMessage(
            table
                + ": found bytes that are no UTF-8 at the text, expected UTF-8; save it as UTF-8");
  }

  private void refused(String lines, String position, String found, String expected)
      throws IOException {
    Files.writeString(table, lines);
    assertThatThrownBy(() -> Datasets.open(folder.toString()))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(
            table + ": found " + found + " at " + position + ", expected " + expected);
  }
}
