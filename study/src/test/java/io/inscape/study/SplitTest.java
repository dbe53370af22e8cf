package io.inscape.study;

import static org.assertj.core.api.Assertions.assertThat;

import io.inscape.activation.NpyFile;
import io.inscape.dataset.Dataset;
import io.inscape.dataset.Part;
import io.inscape.matrix.Progress;
import io.inscape.study.file.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Which part of a data set a study looks at.
final class SplitTest {
  @TempDir Path folder;

  private Study create(Part part, SampleSize size) throws IOException {
    return Study.create(
        folder.resolve("study"),
        SmallStudies.config(folder).withSplit(part).withObservations(size));
  }

  @Test
  void allObservationsAreTheTrainingSplitFollowedByTheTestSplit() throws IOException {
    try (Study study = create(Part.ALL, new SampleSize.All())) {
      Dataset data = study.dataset();
      assertThat(study.sample()).isEqualTo(IntStream.range(0, 500).toArray());
      assertThat(Arrays.copyOf(study.labels(), 300)).isEqualTo(data.train().labels());
      assertThat(Arrays.copyOfRange(study.labels(), 300, 500)).isEqualTo(data.test().labels());
      assertThat(study.images(299, 301)).isEqualTo(bothSidesOfTheSeam(data));
      assertThat(study.info().format()).isEqualTo(2);
      assertThat(study.info().dataset().count()).isEqualTo(500);
    }
    try (Study again = Study.open(folder.resolve("study"))) {
      assertThat(again.info().sample().split()).isEqualTo(Part.ALL);
      assertThat(again.images(0, 500)).hasSize(500 * 784);
    }
  }

  private static byte[] bothSidesOfTheSeam(Dataset data) {
    byte[] pixels = new byte[2 * 784];
    data.train().images().copy(299, pixels, 0);
    data.test().images().copy(0, pixels, 784);
    return pixels;
  }

  @Test
  void predictionsAndActivationsAreOfTheStudysSplit() throws IOException {
    try (Study study = create(Part.TRAIN, new SampleSize.Count(20))) {
      study.train(SmallStudies.request("a", 0), 2);
      assertThat(study.run("a").predictions(0)).hasSize(20 * 10);
      var order = new CaptureOrder("a", List.of(0), List.of("probabilities"), OptionalInt.empty());
      Path file = study.capture(order, 2, Progress.none()).getFirst();
      float[] captured = NpyFile.read(file).floats();
      float[] predicted = study.run("a").predictions(0);
      for (int i = 0; i < captured.length; i++) {
        assertThat(captured[i]).isCloseTo(predicted[i], org.assertj.core.data.Offset.offset(1e-5f));
      }
      var whole = new CaptureOrder("a", List.of(0), List.of("fc1"), OptionalInt.of(300));
      assertThat(study.capture(whole, 2, Progress.none()).getFirst().getParent())
          .endsWithRaw(Path.of("epoch-0000-train-300"));
    }
  }

  @Test
  void aStudyOfTheFirstVersionIsReadAsOneOfTestImages() throws IOException {
    create(Part.TEST, new SampleSize.Count(20)).close();
    Path file = folder.resolve("study/study.json");
    Map<String, Object> study = fields(Json.read(file, Map.class));
    assertThat(study.get("format")).isEqualTo(1); // so that the first version reads it too
    Map<String, Object> dataset = fields((Map<?, ?>) study.get("dataset"));
    List.of("kind", "labelsSource", "columns", "count").forEach(dataset::remove);
    study.put("dataset", dataset);
    study.put("version", "0.1.0");
    Files.write(file, Json.pretty(study));
    try (Study opened = Study.open(folder.resolve("study"))) {
      assertThat(opened.kind()).isEqualTo(StudyInfo.DataKind.IMAGES);
      assertThat(opened.info().dataset().columns()).isEqualTo(784);
      assertThat(opened.info().dataset().count()).isEqualTo(500);
      assertThat(opened.info().sample().split()).isEqualTo(Part.TEST);
      assertThat(opened.labels()).isEqualTo(opened.dataset().test().labels(opened.sample()));
    }
  }

  private static Map<String, Object> fields(Map<?, ?> map) {
    Map<String, Object> fields = new LinkedHashMap<>();
    map.forEach((key, value) -> fields.put(String.valueOf(key), value));
    return fields;
  }
}
