package io.inscape.study.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inscape.matrix.Progress;
import io.inscape.matrix.Workers;
import io.inscape.projection.TsneParams;
import io.inscape.quality.NeighborhoodHit;
import io.inscape.study.ActivationSource;
import io.inscape.study.SmallStudies;
import io.inscape.study.Study;
import io.inscape.study.file.StudyException;
import io.inscape.study.file.StudyException.Kind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class ResultsTest {
  private static final ActivationSource PIXELS = new ActivationSource.Input();
  @TempDir Path folder;
  private Study study;
  private Workers workers;
  private Results results;

  @BeforeEach
  void open() throws IOException {
    study = SmallStudies.create(folder);
    workers = Workers.of(2);
    results = new Results(study);
  }

  @AfterEach
  void close() {
    workers.close();
    study.close();
  }

  private static ProjectionAnalysis tsne(int iterations, long seed) {
    return ProjectionAnalysis.of(
        PIXELS, TsneParams.defaults().withPerplexity(10).withIterations(iterations).withSeed(seed));
  }

  private AnalysisResult compute(Analysis analysis) {
    return results.compute(analysis, workers, Progress.none());
  }

  @Test
  void aResultHasItsLayoutAndTheQualityOfThatLayout() {
    AnalysisResult result = compute(tsne(600, 0));
    assertThat(result.iterations()).isEqualTo(600);
    assertThat(result.energy()).isPositive();
    assertThat(result.seconds()).containsKeys("activations", "start", "layout", "quality");
    Column layout = results.column(result.digest(), "layout");
    assertThat(layout.shape()).containsExactly(SmallStudies.SAMPLE, 2);
    float[] positions = new float[2 * SmallStudies.SAMPLE];
    ByteBuffer.wrap(layout.littleEndian())
        .order(ByteOrder.LITTLE_ENDIAN)
        .asFloatBuffer()
        .get(positions);
    var matrix = io.inscape.matrix.Matrix.of(SmallStudies.SAMPLE, 2, positions);
    var hit = NeighborhoodHit.of(matrix, study.labels(), 6, workers);
    Quality quality = result.quality();
    assertThat(quality.neighborhoodHit()).hasValue(hit.mean());
    assertThat(hit.mean()).isGreaterThan(quality.baseline().orElseThrow() + 0.2);
    assertThat(quality.trustworthiness().orElseThrow()).isBetween(0.8, 1.0);
    assertThat(results.list(null, null, "input")).singleElement().isEqualTo(result.summary());
    assertThat(results.list("a", null, null)).isEmpty();
  }

  @Test
  void askingTwiceComputesOnceAndADamagedResultIsComputedAgain() throws IOException {
    AnalysisResult first = compute(tsne(250, 0));
    Path kept = study.folder().resolve("results/projection").resolve(first.digest());
    var bytes = SmallStudies.digests(kept);
    var written = Files.getLastModifiedTime(kept.resolve("layout.npy"));
    assertThat(compute(tsne(250, 0))).isEqualTo(first);
    assertThat(Files.getLastModifiedTime(kept.resolve("layout.npy"))).isEqualTo(written);
    for (String file : bytes.keySet()) {
      SmallStudies.cut(kept.resolve(file));
      compute(tsne(250, 0));
      assertThat(SmallStudies.digests(kept)).isEqualTo(bytes);
    }
    Files.delete(kept.resolve("result.json")); // what a kill before the last write leaves
    assertThat(results.list(null, null, null)).isEmpty();
    assertThat(results.find(tsne(250, 0))).isEmpty();
    compute(tsne(250, 0));
    assertThat(SmallStudies.digests(kept)).isEqualTo(bytes);
  }

  @Test
  void aDamagedResultIsOneSentenceAndTheOthersStayUsable() throws IOException {
    AnalysisResult damaged = compute(tsne(250, 0));
    AnalysisResult good = compute(tsne(250, 1));
    SmallStudies.cut(
        study
            .folder()
            .resolve("results/projection")
            .resolve(damaged.digest())
            .resolve("result.json"));
    assertThat(results.problems()).singleElement().asString().contains("result.json is damaged");
    assertThat(results.list(null, null, null)).containsExactly(good.summary());
    assertThatThrownBy(() -> results.get(damaged.digest())).hasMessageContaining("is damaged");
    assertThatThrownBy(() -> results.get("../../x"))
        .isInstanceOfSatisfying(
            StudyException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNKNOWN));
  }

  @Test
  void oneAndTwoThreadsAndAnotherStudyGiveTheSameBytes() throws IOException {
    AnalysisResult two = compute(tsne(250, 5));
    Path other = folder.resolve("other");
    try (Study second = Study.create(other, SmallStudies.config(folder));
        Workers one = Workers.of(1)) {
      AnalysisResult result = new Results(second).compute(tsne(250, 5), one, Progress.none());
      assertThat(result.digest()).isEqualTo(two.digest());
    }
    String results = "results/projection/" + two.digest();
    assertThat(SmallStudies.digests(other.resolve(results)))
        .isEqualTo(SmallStudies.digests(study.folder().resolve(results)));
  }

  @Test
  void aJobShowsItsLayoutsPausesGoesOnAndIsKept() throws Exception {
    try (JobQueue queue = JobQueue.start(study, workers)) {
      CountDownLatch moving = new CountDownLatch(1);
      CountDownLatch paused = new CountDownLatch(1);
      queue.listen(info -> {
        if (info.revision() > 0) {
          moving.countDown();
        }
        if (info.state() == JobState.PAUSED) {
          paused.countDown();
        }
      });
      Job job = queue.submit(tsne(20_000, 0));
      assertThat(queue.submit(tsne(20_000, 0))).isSameAs(job);
      moving.await();
      assertThat(job.layout()).isPresent();
      job.pause();
      paused.await();
      long revision = job.revision();
      Job other = queue.submit(tsne(250, 0));
      assertThat(other.await().state())
          .isEqualTo(JobState.DONE); // a paused job gives its place away
      assertThat(job.revision()).isEqualTo(revision);
      job.resume();
      assertThat(job.info().state()).isEqualTo(JobState.RUNNING);
      job.cancel();
      assertThat(job.await().state()).isEqualTo(JobState.CANCELLED);
      assertThat(results.find(tsne(20_000, 0))).isEmpty();
      Job again = queue.submit(tsne(250, 0));
      assertThat(again.info().state()).isEqualTo(JobState.DONE);
      assertThat(results.get(other.info().digest()).quality()).isNotNull();
    }
  }

  @Test
  void pausedAndUndisturbedJobsGiveTheSameBytes() throws Exception {
    AnalysisResult undisturbed = compute(tsne(600, 2));
    Path other = folder.resolve("other");
    try (Study second = Study.create(other, SmallStudies.config(folder));
        JobQueue queue = JobQueue.start(second, workers)) {
      Job job = queue.submit(tsne(600, 2));
      for (int i = 0; i < 5; i++) {
        job.pause();
        job.resume();
      }
      assertThat(job.await().state()).isEqualTo(JobState.DONE);
    }
    String results = "results/projection/" + undisturbed.digest();
    assertThat(SmallStudies.digests(other.resolve(results)))
        .isEqualTo(SmallStudies.digests(study.folder().resolve(results)));
  }

  @Test
  void aFullQueueSaysSoAndClosingItEndsEverything() throws Exception {
    JobQueue queue = JobQueue.start(study, workers, 2, 1);
    Job running = queue.submit(tsne(50_000, 0));
    Job first = queue.submit(tsne(50_000, 1));
    Job second = queue.submit(tsne(50_000, 2));
    assertThatThrownBy(() -> queue.submit(tsne(50_000, 3)))
        .isInstanceOfSatisfying(
            StudyException.class, e -> assertThat(e.kind()).isEqualTo(Kind.QUEUE_FULL))
        .hasMessageContaining("at most 2 jobs wait");
    first.cancel();
    assertThat(first.await().state()).isEqualTo(JobState.CANCELLED);
    queue.submit(tsne(50_000, 3));
    queue.close();
    assertThat(running.info().state()).isEqualTo(JobState.CANCELLED);
    assertThat(second.info().state()).isEqualTo(JobState.CANCELLED);
    assertThat(queue.job(second.id())).isSameAs(second);
    assertThatThrownBy(() -> queue.job("job-99")).isInstanceOf(StudyException.class);
  }

  @Test
  void parametersThatDoNotFitTheDataFailTheJobWithASentence() throws Exception {
    try (JobQueue queue = JobQueue.start(study, workers)) {
      var params = TsneParams.defaults().withPerplexity(80);
      JobInfo info = queue.submit(ProjectionAnalysis.of(PIXELS, params)).await();
      assertThat(info.state()).isEqualTo(JobState.FAILED);
      assertThat(info.error()).contains("perplexity");
      assertThatThrownBy(() ->
              queue.submit(ProjectionAnalysis.of(ActivationSource.of("no", 0, "fc1"), params)))
          .isInstanceOf(StudyException.class)
          .hasMessageContaining("there is no run no");
    }
  }
}
