package io.inscape.study.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.nn.Activation;
import ai.djl.nn.ParallelBlock;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import io.inscape.activation.outside.OutsideArray;
import io.inscape.activation.outside.OutsideFile;
import io.inscape.study.Study;
import io.inscape.study.file.StudyException;
import io.inscape.study.run.RunInfo;
import io.inscape.study.run.RunState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(240)
final class StudyListenerTest {
  @TempDir Path folder;

  @Test
  void theExampleOfTheDocsRecordsATrainingAndLooksAtIt() throws Exception {
    Path study = folder.resolve("study");
    double hit = LibraryExample.run(study);
    System.out.printf("neighborhood hit of the last hidden layer in the plane: %.3f%n", hit);
    assertThat(hit).isGreaterThan(.3); // by chance .1
    try (Study opened = Study.openReadOnly(study)) {
      RunInfo run = opened.run("mlp").info();
      assertThat(run.state()).isEqualTo(RunState.COMPLETE);
      assertThat(run.snapshots()).containsExactly(0, 1, 2, 3);
      assertThat(run.layers())
          .extracting(RunInfo.LayerInfo::name)
          .containsExactly("02LambdaBlock", "04LambdaBlock");
      assertThat(run.answers()).isEqualTo(RunInfo.Answers.CLASSES);
      assertThat(run.metrics()).hasSize(3);
      assertThat(run.metrics().getLast().trainAccuracy()).isBetween(.7, 1.0);
      float[] predictions = opened.run("mlp").predictions(3);
      int[] labels = opened.labels();
      int right = 0;
      for (int i = 0; i < labels.length; i++) {
        right += predictions[i * 10 + labels[i]] > .5f ? 1 : 0;
      }
      assertThat(right).isGreaterThan(labels.length / 2);
    }
    List<OutsideArray> parameters =
        OutsideFile.arrays(study.resolve("outside/mlp/epoch-0003/parameters.npz"));
    assertThat(parameters).hasSize(6);
    assertThat(parameters.getFirst().shape()).containsExactly(64L, 784L);
    assertThat(study.resolve("outside/mlp/epoch-0003.tmp")).doesNotExist();
    SampleOrder sample = new SampleOrder(new float[4], List.of(2L), new int[0], List.of());
    assertThatThrownBy(() -> StudyListener.of(study, "mlp", sample, List.of()))
        .isInstanceOf(StudyException.class)
        .hasMessageEndingWith("is there already; record the training under another run's name");
  }

  @Test
  void blocksThatCannotBeWatchedAreNamed() {
    SequentialBlock model =
        new SequentialBlock()
            .add(new SequentialBlock().add(Linear.builder().setUnits(3).build()))
            .add(Activation::relu);
    assertThat(Watched.names(model)).containsExactly("01SequentialBlock.01Linear", "02LambdaBlock");
    assertThatThrownBy(() -> new Watched(model, List.of("03Linear")))
        .hasMessage(
            "the model has no block 03Linear that can be watched; there are"
                + " 01SequentialBlock.01Linear, 02LambdaBlock (the children of sequential blocks)");
    assertThatThrownBy(() -> new Watched(new ParallelBlock(lists -> lists.getFirst()), List.of()))
        .hasMessageStartingWith("nothing of this model can be watched: its block is a Parallel");
    assertThatThrownBy(
            () -> new SampleOrder(new float[4], List.of(2L), new int[] {0, 7}, List.of("a", "b")))
        .hasMessage("label 7 of observation 1 is outside the 2 classes");
  }

  @Test
  void theDocsPrintTheExampleAsItRuns() throws Exception {
    Path root = Path.of("").toAbsolutePath();
    Path docs = root.resolve("../docs/library.md");
    if (!Files.exists(docs)) {
      docs = root.resolve("docs/library.md");
      root = root.resolve("study");
    }
    String source =
        Files.readString(root.resolve("src/test/java/io/inscape/study/djl/LibraryExample.java"));
    String example =
        source.substring(source.indexOf("// begin\n") + 9, source.indexOf("  // end")).strip();
    String text = Files.readString(docs);
    assertThat(text.replaceAll("\\s+", " ")).contains(example.replaceAll("\\s+", " "));
  }
}
