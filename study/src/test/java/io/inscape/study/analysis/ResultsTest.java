package io.inscape.study.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inscape.matrix.Progress;
import io.inscape.matrix.Workers;
import io.inscape.parameter.ParameterField;
import io.inscape.projection.ProjectionMethod;
import io.inscape.projection.Projections;
import io.inscape.projection.params.TsneParams;
import io.inscape.quality.NeighborhoodHit;
import io.inscape.study.ActivationSource;
import io.inscape.study.SmallStudies;
import io.inscape.study.Study;
import io.inscape.study.file.Digests;
import io.inscape.study.file.Json;
import io.inscape.study.file.StudyException;
import io.inscape.study.file.StudyException.Kind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

  /// Rewrites a result as an older version kept it: fewer options, figures and columns.
  private AnalysisResult asTheFirstVersion(AnalysisResult result, ProjectionAnalysis analysis)
      throws IOException {
    Path root = study.folder().resolve("results/projection");
    Map<String, Object> parameters = new LinkedHashMap<>(result.parameters());
    parameters.remove("perplexity");
    Map<String, Object> identity = new LinkedHashMap<>(analysis.describe());
    identity.put("parameters", parameters);
    identity.put("inputs", result.inputs());
    identity.put("version", Results.GENERATION);
    String digest = Digests.ofJson(identity);
    Path folder = Files.move(root.resolve(result.digest()), root.resolve(digest));
    Map<String, Object> kept = new LinkedHashMap<>();
    Map<?, ?> written = Json.read(folder.resolve("result.json"), Map.class);
    written.forEach((key, value) -> kept.put(String.valueOf(key), value));
    List.of("details", "energyHistory", "report").forEach(kept::remove);
    Map<String, Object> quality = new LinkedHashMap<>();
    quality.put("k", 6);
    quality.put("neighborhoodHit", 0.5);
    quality.put("neighborhoodHitOwnSpace", 0.75);
    quality.put("neighborhoodHitBaseline", 0.125);
    quality.put("neighborhoodHitPerClass", List.of(0.5));
    quality.put("trustworthiness", 0.875);
    quality.put("trustworthinessK", 7);
    Map<String, Object> columns = new LinkedHashMap<>(result.columns());
    columns.keySet().retainAll(List.of("layout", "neighborhoodHit", "trustworthiness"));
    kept.putAll(
        Map.of("digest", digest, "parameters", parameters, "quality", quality, "columns", columns));
    Files.write(folder.resolve("result.json"), Json.pretty(kept));
    for (String file :
        List.of("energy.json", "stress.npy", "continuity.npy", "neighborhood-preservation.npy")) {
      Files.delete(folder.resolve(file));
    }
    return results.get(digest);
  }

  @Test
  void aResultOfTheFirstVersionIsReadAndNotComputedAgain() throws IOException {
    var params = TsneParams.defaults().withIterations(250).withPerplexity(28);
    var usual = TsneParams.defaults().withIterations(250);
    AnalysisResult old =
        asTheFirstVersion(
            compute(ProjectionAnalysis.of(PIXELS, params)), ProjectionAnalysis.of(PIXELS, usual));
    assertThat(old.quality().ownNeighborhoodHit()).hasValue(0.75);
    assertThat(old.quality().baseline()).hasValue(0.125);
    assertThat(old.quality().number("continuity")).isEmpty();
    assertThat(old.details()).isEmpty();
    assertThat(old.energyHistory()).isEmpty();
    assertThat(results.column(old.digest(), "trustworthiness").shape())
        .containsExactly(SmallStudies.SAMPLE);
    assertThat(results.problems()).isEmpty();
    // made before the perplexity was an option: that of the default
    assertThat(results.find(ProjectionAnalysis.of(PIXELS, params))).isEmpty();
    assertThat(compute(ProjectionAnalysis.of(PIXELS, usual))).isEqualTo(old);
    try (JobQueue queue = JobQueue.start(study, workers)) {
      Job job = queue.submit(ProjectionAnalysis.of(PIXELS, usual));
      assertThat(job.info().state()).isEqualTo(JobState.DONE);
      assertThat(job.info().digest()).isEqualTo(old.digest());
    }
    assertThat(results.list(null, null, null)).containsExactly(old.summary());
  }

  @Test
  void everyMethodThereIsCanBeAskedFor() throws Exception {
    try (JobQueue queue = JobQueue.start(study, workers)) {
      for (ProjectionMethod method : Projections.methods()) {
        Map<String, Object> few = new LinkedHashMap<>();
        for (ParameterField field : method.parameters()) {
          switch (field.name()) {
            case "iterations", "epochs" -> few.put(field.name(), 20);
            case "perplexity", "neighbors" -> few.put(field.name(), 5);
            case "dimensions" -> few.put(field.name(), 3);
            default -> {}
          }
        }
        var analysis = ProjectionAnalysis.of(PIXELS, method.params(few));
        JobInfo info = queue.submit(analysis).await();
        assertThat(info.error()).as(method.name()).isNull();
        assertThat(info.details()).isEqualTo(results.get(info.digest()).details());
        assertThat(results.column(info.digest(), "layout").shape())
            .as(method.name())
            .containsExactly(SmallStudies.SAMPLE, 3);
        assertThat(Json.write(info)).contains("\"energyHistory\":[");
      }
    }
  }

  @Test
  void endedJobsHoldNoLayoutAndOnlySoManyRestHalfDone() throws Exception {
    JobQueue queue = JobQueue.start(study, workers);
    Job done = queue.submit(tsne(250, 0));
    assertThat(done.await().revision()).isPositive();
    assertThat(done.layout()).isEmpty();
    List<Job> resting = new ArrayList<>();
    for (int seed = 1; seed <= 8; seed++) {
      Job job = queue.submit(tsne(90_000, seed));
      CountDownLatch paused = new CountDownLatch(1);
      Runnable stop =
          queue.listen(info -> {
            if (info.id().equals(job.id()) && info.state() == JobState.PAUSED) {
              paused.countDown();
            }
          });
      job.pause();
      if (job.info().state() != JobState.PAUSED) {
        paused.await();
      }
      stop.run();
      resting.add(job);
    }
    Job ninth = queue.submit(tsne(90_000, 9));
    assertThatThrownBy(ninth::pause)
        .isInstanceOfSatisfying(
            StudyException.class, e -> assertThat(e.kind()).isEqualTo(Kind.QUEUE_FULL))
        .hasMessageContaining("at most 8 jobs can rest half done");
    resting.getFirst().cancel();
    resting.getFirst().await();
    ninth.pause();
    queue.close();
    assertThat(resting).allMatch(job -> job.layout().isEmpty());
  }
}
