package io.inscape.study;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.inscape.study.StudyInfo.DataKind;
import io.inscape.study.run.RunInfo;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Studies that older versions kept: what they did not write is put in.
final class OlderStudyTest {
  @TempDir static Path shared;
  @TempDir Path folder;
  private Path study = Path.of("");

  @BeforeAll
  static void train() throws IOException {
    try (Study study = SmallStudies.create(shared)) {
      study.train(SmallStudies.request("a", 0, 1), 2);
    }
  }

  @BeforeEach
  void copy() throws IOException {
    study = folder.resolve("study");
    SmallStudies.copy(shared.resolve("study"), study);
  }

  private static void without(Path file, String part, List<String> names) throws IOException {
    ObjectMapper json = new ObjectMapper();
    ObjectNode whole = (ObjectNode) json.readTree(file.toFile());
    ObjectNode inner = part.isEmpty() ? whole : (ObjectNode) whole.get(part);
    for (String name : names) {
      assertThat(inner.has(name)).as("%s is written now", name).isTrue();
      inner.remove(name);
    }
    json.writerWithDefaultPrettyPrinter().writeValue(file.toFile(), whole);
  }

  private void assertWhole() {
    try (Study opened = Study.open(study)) {
      StudyInfo.DatasetInfo dataset = opened.info().dataset();
      assertThat(dataset.kind()).isEqualTo(DataKind.IMAGES);
      assertThat(dataset.labels()).isEqualTo(StudyInfo.LabelKind.CLASSES);
      assertThat(dataset.columns()).isEqualTo(784);
      assertThat(dataset.count()).isEqualTo(500);
      assertThat(opened.labels()).isEqualTo(opened.dataset().test().labels(opened.sample()));
      RunInfo run = opened.run("a").info();
      assertThat(run.answersClasses()).isTrue();
      assertThat(opened.run("a").predictions(1)).isNotEmpty();
      opened.train(SmallStudies.request("b", 0, 1), 2);
      assertThat(opened.run("b").info().metrics().getLast().testLoss())
          .isEqualTo(run.metrics().getLast().testLoss());
    }
  }

  @Test
  void theFirstVersionKnewImagesOnly() throws IOException {
    without(
        study.resolve("study.json"),
        "dataset",
        List.of("kind", "labelsSource", "columns", "count", "labels", "options"));
    without(study.resolve("runs/a/run.json"), "", List.of("brought", "answers"));
    assertWhole();
  }

  @Test
  void theSecondKnewClassesOnly() throws IOException {
    without(study.resolve("study.json"), "dataset", List.of("labels", "options"));
    without(study.resolve("runs/a/run.json"), "", List.of("brought", "answers"));
    assertWhole();
  }

  @Test
  void theSecondKnewVectorsToo() throws IOException {
    Path vectors = folder.resolve("vectors.npy");
    io.inscape.activation.NpyFile.writeFloats(vectors, new float[] {1, 2, 3, 4, 5, 6}, 3, 2);
    Path other = folder.resolve("other");
    Study.createVectors(other, VectorStudyConfig.of("v", vectors)).close();
    without(other.resolve("study.json"), "dataset", List.of("labels", "options"));
    try (Study opened = Study.open(other)) {
      assertThat(opened.info().dataset().labels()).isEqualTo(StudyInfo.LabelKind.NONE);
      assertThat(opened.sample()).containsExactly(0, 1, 2);
    }
  }
}
