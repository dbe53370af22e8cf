package io.inscape.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inscape.activation.NpyFile;
import io.inscape.dataset.InputException;
import io.inscape.dataset.Vectors;
import io.inscape.matrix.Progress;
import io.inscape.matrix.Rng;
import io.inscape.matrix.Workers;
import io.inscape.projection.Projections;
import io.inscape.projection.params.PcaParams;
import io.inscape.quality.LayoutQuality;
import io.inscape.study.analysis.AnalysisResult;
import io.inscape.study.analysis.FinishedProjection;
import io.inscape.study.analysis.JobQueue;
import io.inscape.study.analysis.JobState;
import io.inscape.study.analysis.ProjectionAnalysis;
import io.inscape.study.analysis.Results;
import io.inscape.study.file.Digests;
import io.inscape.study.file.StudyException;
import io.inscape.study.file.StudyException.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class VectorStudyTest {
  private static final int ROWS = 120;
  private static final int COLS = 5;
  private static final ActivationSource INPUT = new ActivationSource.Input();

  @TempDir Path folder;
  private Path vectors = Path.of("");
  private Path labels = Path.of("");
  private final float[] values = new float[ROWS * COLS];

  /// Three clusters in five dimensions.
  @BeforeEach
  void write() {
    RandomGenerator random = Rng.of(1, "clusters");
    int[] classes = new int[ROWS];
    for (int i = 0; i < ROWS; i++) {
      classes[i] = i % 3;
      for (int col = 0; col < COLS; col++) {
        values[i * COLS + col] = (float) random.nextGaussian() + (col == classes[i] ? 9 : 0);
      }
    }
    vectors = folder.resolve("clusters.npy");
    labels = folder.resolve("classes.npy");
    NpyFile.writeFloats(vectors, values, ROWS, COLS);
    NpyFile.writeInts(labels, classes, ROWS);
  }

  private Study create(VectorStudyConfig config) {
    return Study.createVectors(folder.resolve("study"), config);
  }

  private VectorStudyConfig plain() {
    return VectorStudyConfig.of("clusters", vectors);
  }

  @Test
  void allRowsAreLookedAtAndNothingIsCopied() throws IOException {
    create(plain().withLabels(labels)).close();
    try (Study study = Study.open(folder.resolve("study"))) {
      StudyInfo info = study.info();
      assertThat(info.format()).isEqualTo(2);
      assertThat(info.dataset().kind()).isEqualTo(StudyInfo.DataKind.VECTORS);
      assertThat(info.dataset().name()).isEqualTo("clusters");
      assertThat(info.dataset().source()).isEqualTo(vectors.toString());
      assertThat(info.dataset().digest()).isEqualTo(Digests.ofFiles(vectors, labels));
      assertThat(info.dataset().shape()).isNull();
      assertThat(info.dataset().columns()).isEqualTo(COLS);
      assertThat(info.dataset().classNames()).containsExactly("0", "1", "2");
      assertThat(info.sample().classCounts()).containsExactly(40, 40, 40);
      assertThat(study.count()).isEqualTo(ROWS);
      assertThat(study.labels()).startsWith(0, 1, 2, 0);
      try (Workers workers = Workers.of(1)) {
        assertThat(study.vectors(INPUT, workers, Progress.none()).toArray()).isEqualTo(values);
      }
    }
    assertThat(folder.resolve("study").toFile().list())
        .containsExactlyInAnyOrder("study.json", "sample.npy", "sample-labels.npy", ".lock");
  }

  @Test
  void withoutLabelsThereAreNoneAndTheQualityHasWhatNeedsNone() {
    try (Study study = create(plain());
        Workers workers = Workers.of(2)) {
      assertThat(study.labelled()).isFalse();
      assertThatThrownBy(study::labels).hasMessageContaining("has no labels");
      assertThat(study.info().dataset().classNames()).isEmpty();
      AnalysisResult result =
          new Results(study)
              .compute(
                  ProjectionAnalysis.of(INPUT, PcaParams.defaults()), workers, Progress.none());
      assertThat(result.quality().neighborhoodHit()).isEmpty();
      assertThat(result.quality().trustworthiness().orElseThrow()).isBetween(0.7, 1.0);
      assertThat(result.columns()).containsKeys("layout", "trustworthiness");
      assertThat(result.columns()).doesNotContainKey("neighborhoodHit");
    }
  }

  @Test
  void aSampleOfRowsIsSeeded() {
    try (Study study =
        create(plain().withLabels(labels).withObservations(new SampleSize.Count(30)))) {
      int[] sample = study.sample();
      assertThat(sample).hasSize(30).isSorted();
      for (int i = 0; i < 30; i++) {
        assertThat(study.labels()[i]).isEqualTo(sample[i] % 3);
      }
      float[] row = new float[COLS];
      ((Vectors) study.content()).copy(sample[7], 0, COLS, row, 0);
      assertThat(row)
          .isEqualTo(Arrays.copyOfRange(values, sample[7] * COLS, sample[7] * COLS + COLS));
    }
  }

  @Test
  void networksAndImagesAreRefusedInASentence() {
    try (Study study = create(plain())) {
      assertThatThrownBy(() -> study.train(SmallStudies.request("a", 0), 1))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("is about the vectors of " + vectors + ", and a network needs");
      assertThatThrownBy(study::images)
          .isInstanceOfSatisfying(
              StudyException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNKNOWN))
          .hasMessageContaining("which have no images");
      assertThatThrownBy(() ->
              study.capture(
                  new CaptureOrder("mlp", List.of(), List.of(), OptionalInt.empty()),
                  1,
                  Progress.none()))
          .hasMessageContaining("a network needs a data set with");
      assertThat(study.runs()).isEmpty();
      assertThatThrownBy(() -> study.run("mlp"))
          .hasMessage(
              "there is no run mlp in the study, which has none yet; ./inscape train DATASET --model"
                  + " mlp --study "
                  + study.folder()
                  + " trains one");
    }
  }

  @Test
  void aMovedOrChangedFileIsOneSentence() throws IOException {
    create(plain()).close();
    byte[] bytes = Files.readAllBytes(vectors);
    bytes[bytes.length - 2] ^= 1;
    Files.write(vectors, bytes);
    try (Study study = Study.open(folder.resolve("study"))) {
      assertThatThrownBy(study::content)
          .isInstanceOfSatisfying(
              StudyException.class, e -> assertThat(e.kind()).isEqualTo(Kind.OTHER_PARAMETERS))
          .hasMessageContaining(vectors + " must be the one the study was made with");
      Files.delete(vectors);
      assertThatThrownBy(study::content)
          .isInstanceOf(InputException.class)
          .hasMessageContaining(vectors + ": not found");
    }
  }

  @Test
  void whatIsNoMatrixOfFiniteNumbersIsRefusedBeforeAnythingIsWritten() {
    values[7 * COLS + 2] = Float.NaN;
    NpyFile.writeFloats(vectors, values, ROWS, COLS);
    assertRefused(plain(), "row 7, column 2");
    NpyFile.writeFloats(vectors, values, ROWS * COLS);
    assertRefused(plain(), "an array of shape [600]");
    NpyFile.writeFloats(vectors, new float[ROWS * COLS], ROWS, COLS);
    NpyFile.writeInts(labels, new int[7], 7);
    assertRefused(
        plain().withLabels(labels), "7 labels at the header, expected 120, one for each row");
    NpyFile.writeFloats(labels, halves(), ROWS);
    assertRefused(plain().withLabels(labels), "expected whole numbers");
    assertThat(folder.resolve("study")).doesNotExist();
  }

  private static float[] halves() {
    float[] classes = new float[ROWS];
    classes[0] = 0.5f;
    return classes;
  }

  @Test
  void labelsAreAnyWholeNumbers() {
    int[] years = new int[ROWS];
    Arrays.setAll(years, i -> i % 2 == 0 ? 1999 : -5);
    NpyFile.writeInts(labels, years, ROWS);
    try (Study study = create(plain().withLabels(labels))) {
      assertThat(study.info().dataset().classNames()).containsExactly("-5", "1999");
      assertThat(study.labels()).startsWith(1, 0, 1, 0);
    }
  }

  private void assertRefused(VectorStudyConfig config, String words) {
    assertThatThrownBy(() -> create(config).close())
        .isInstanceOf(InputException.class)
        .hasMessageContaining(words);
  }

  @Test
  void aLayoutFromElsewhereIsKeptAsIfTheQueueHadComputedIt() throws Exception {
    ProjectionAnalysis analysis = ProjectionAnalysis.of(INPUT, PcaParams.defaults());
    try (Study study = create(plain().withLabels(labels));
        Workers workers = Workers.of(2)) {
      var data = study.vectors(INPUT, workers, Progress.none());
      var run = Projections.start(data, PcaParams.defaults(), workers, Progress.none());
      var judged =
          LayoutQuality.of(
              data,
              run.layout().positions(),
              Optional.of(study.labels()),
              analysis.qualityParams(),
              workers,
              Progress.none());
      Results results = new Results(study);
      AnalysisResult stored =
          results.store(
              analysis, FinishedProjection.of(run, judged, List.of(), Map.of("start", 1.5)));
      assertThat(stored.seconds()).containsEntry("start", 1.5);
      assertThat(results.find(analysis)).contains(stored);
      try (JobQueue queue = JobQueue.start(study, workers)) {
        var job = queue.submit(analysis);
        assertThat(job.info().state()).isEqualTo(JobState.DONE);
        assertThat(job.info().digest()).isEqualTo(stored.digest());
      }
      Path other = folder.resolve("other");
      try (Study second = Study.createVectors(other, plain().withLabels(labels))) {
        AnalysisResult computed = new Results(second).compute(analysis, workers, Progress.none());
        assertThat(computed.digest()).isEqualTo(stored.digest());
      }
      String kept = "results/projection/" + stored.digest();
      assertThat(SmallStudies.digests(other.resolve(kept)))
          .isEqualTo(SmallStudies.digests(study.folder().resolve(kept)));
    }
  }
}
