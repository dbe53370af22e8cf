package io.inscape.study.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.inscape.activation.NpyFile;
import io.inscape.evolution.field.FieldParams;
import io.inscape.evolution.field.Passage;
import io.inscape.evolution.field.StreamlineParams;
import io.inscape.evolution.params.IndependentParams;
import io.inscape.evolution.params.VffParams;
import io.inscape.evolution.trails.BundleParams;
import io.inscape.matrix.Progress;
import io.inscape.matrix.Workers;
import io.inscape.study.SmallStudies;
import io.inscape.study.Study;
import io.inscape.study.field.KeptFields;
import io.inscape.study.file.Digests;
import io.inscape.study.file.StudyException;
import io.inscape.study.sequence.SequenceSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class SequenceResultsTest {
  private static final SequenceSource EPOCHS =
      new SequenceSource.ByEpoch("a", "fc1", List.of(0, 1, 2));
  private static final int N = SmallStudies.SAMPLE;

  @TempDir static Path trained;
  @TempDir Path folder;
  private Path copied;
  private Study study;
  private Workers workers;
  private Results results;

  @BeforeAll
  static void train() throws IOException {
    try (Study study = SmallStudies.create(trained);
        Workers workers = Workers.of(2)) {
      study.train(SmallStudies.request("a", 0, 1, 2), 2);
      study.train(SmallStudies.request("b", 0, 1), 2);
      for (SequenceSource source :
          List.of(EPOCHS, new SequenceSource.ByEpoch("b", "fc1", List.of()))) {
        source
            .resolve(study)
            .steps()
            .forEach(step -> study.vectors(step.source(), workers, Progress.none()));
      }
    }
  }

  @BeforeEach
  void open() throws IOException {
    copied = folder.resolve("study");
    SmallStudies.copy(trained.resolve("study"), copied);
    study = Study.open(copied);
    workers = Workers.of(2);
    results = new Results(study);
  }

  @AfterEach
  void close() {
    workers.close();
    study.close();
  }

  private static SequenceAnalysis vff(SequenceSource source) {
    return SequenceAnalysis.of(source, VffParams.defaults().withSweeps(30));
  }

  private AnalysisResult compute(Analysis analysis) {
    return results.compute(analysis, workers, Progress.none());
  }

  private Path folderOf(AnalysisResult result) {
    return copied.resolve("results").resolve(result.kind()).resolve(result.digest());
  }

  @Test
  void aSequenceHasItsLayoutsItsTrailsAndWhatTheyAreWorth() {
    AnalysisResult result = compute(vff(EPOCHS));
    assertThat(result.quality()).isNull();
    assertThat(result.report().get("names")).isEqualTo(List.of("epoch 0", "epoch 1", "epoch 2"));
    assertThat(result.report()).containsEntry("observations", Digests.of(study.sample()));
    Map<?, ?> quality = (Map<?, ?>) result.report().get("quality");
    assertThat((List<?>) quality.get("steps")).hasSize(3);
    assertThat(quality.get("k")).isEqualTo(6);
    assertThat(result.seconds())
        .containsKeys("activations", "start", "layout", "unaligned", "quality");
    assertThat(shape(result, "layouts")).containsExactly(3, N, 2);
    assertThat(shape(result, "unaligned")).containsExactly(3, N, 2);
    float[] length = results.column(result.digest(), "length").floats();
    float[] steps = results.column(result.digest(), "stepLength").floats();
    assertThat(length).hasSize(N);
    for (int i = 0; i < N; i++) {
      assertThat(length[i]).isCloseTo(steps[i] + steps[N + i], within(1e-5f * length[i]));
    }
    float[] hits = results.column(result.digest(), "neighborhoodHit").floats();
    for (int step = 0; step < 3; step++) {
      double mean = 0;
      for (float hit : Arrays.copyOfRange(hits, step * N, (step + 1) * N)) {
        mean += hit / N;
      }
      Map<?, ?> judged = (Map<?, ?>) ((List<?>) quality.get("steps")).get(step);
      assertThat((Double) judged.get("alignedNeighborhoodHit")).isCloseTo(mean, within(1e-6));
    }
  }

  @Test
  void stepsLeftOutAreAllThereAreAndTheSameQuestionIsComputedOnce() throws IOException {
    AnalysisResult named = compute(vff(EPOCHS));
    var written = Files.getLastModifiedTime(folderOf(named).resolve("layouts.npy"));
    AnalysisResult all = compute(vff(new SequenceSource.ByEpoch("a", "fc1", List.of())));
    assertThat(all).isEqualTo(named);
    assertThat(all.source()).containsEntry("epochs", List.of(0, 1, 2));
    assertThat(Files.getLastModifiedTime(folderOf(named).resolve("layouts.npy")))
        .isEqualTo(written);
    assertThat(results.list("sequence", null)).containsExactly(named.summary());
    assertThat(results.list("sequence", "x")).isEmpty();
    assertThat(results.list(null, null, null)).isEmpty(); // those are projections
    assertThatThrownBy(() -> results.list("dance", null)).hasMessageContaining("got \"dance\"");
    AnalysisResult layers = compute(vff(new SequenceSource.ByLayer("a", 2, List.of())));
    assertThat(layers.source()).containsEntry("layers", List.of("input", "fc1"));
    AnalysisResult runs = compute(vff(new SequenceSource.ByRun(List.of("a", "b"), 1, "fc1")));
    assertThat(runs.report()).containsEntry("names", List.of("a", "b"));
  }

  @Test
  void whatIsDamagedOrHalfWrittenIsComputedAgainToTheSameBytesOnAnyNumberOfThreads()
      throws IOException {
    AnalysisResult sequence = compute(vff(EPOCHS));
    List<Analysis> analyses =
        List.of(
            vff(EPOCHS),
            BundleAnalysis.of(sequence.digest(), BundleParams.defaults()),
            FieldAnalysis.of(sequence.digest(), FieldParams.defaults().withGrid(9).withFields(2)));
    try (Workers one = Workers.of(1)) {
      for (Analysis analysis : analyses) {
        AnalysisResult kept = compute(analysis);
        var bytes = SmallStudies.digests(folderOf(kept));
        Files.delete(folderOf(kept).resolve("result.json")); // as a kill before the last write
        assertThat(results.find(analysis)).isEmpty();
        SmallStudies.cut(folderOf(kept).resolve(bytes.firstKey()));
        AnalysisResult again = results.compute(analysis, one, Progress.none());
        assertThat(again.digest()).isEqualTo(kept.digest());
        assertThat(SmallStudies.digests(folderOf(kept))).isEqualTo(bytes);
        SmallStudies.cut(folderOf(kept).resolve(bytes.firstKey()));
        assertThat(results.find(analysis)).isEmpty();
        results.compute(analysis, one, Progress.none());
        assertThat(SmallStudies.digests(folderOf(kept))).isEqualTo(bytes);
      }
    }
    assertThat(results.problems()).isEmpty();
  }

  @Test
  void aSequenceMovesBeforeItIsKeptAndACancelLeavesNothing() throws Exception {
    var endless = IndependentParams.defaults().withPerplexity(10).withIterations(90_000);
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
      Job job = queue.submit(SequenceAnalysis.of(EPOCHS, endless));
      moving.await();
      assertThat(job.layout().orElseThrow().shape()).containsExactly(3, N, 2);
      assertThat(
              queue.submit(
                  SequenceAnalysis.of(new SequenceSource.ByEpoch("a", "fc1", List.of()), endless)))
          .isSameAs(job);
      job.pause();
      paused.await();
      job.resume();
      job.cancel();
      assertThat(job.await().state()).isEqualTo(JobState.CANCELLED);
      assertThat(results.list("sequence", null)).isEmpty();
      assertThat(copied.resolve("results/sequence")).doesNotExist();
      Job done = queue.submit(vff(EPOCHS));
      assertThat(done.await().state()).isEqualTo(JobState.DONE);
      assertThat(done.info().energy()).isEqualTo(results.get(done.info().digest()).energy());
    }
  }

  @Test
  void bundlesKeepTheEndsAndFieldsAnswerForTheirRegions() {
    String of = compute(vff(EPOCHS)).digest();
    AnalysisResult bundle = compute(BundleAnalysis.of(of, BundleParams.defaults()));
    assertThat(bundle.source()).containsEntry("of", of).containsEntry("run", "a");
    int samples = (Integer) bundle.report().get("samples");
    assertThat(shape(bundle, "bundled")).containsExactly(N, samples, 2);
    assertThat((Map<?, ?>) bundle.report().get("ink"))
        .hasFieldOrProperty("straight")
        .hasFieldOrProperty("bundled80")
        .hasFieldOrProperty("classRight80");
    float[] layouts = results.column(of, "layouts").floats();
    float[] bundled = results.column(bundle.digest(), "bundled").floats();
    assertThat(bundled[0]).isEqualTo(layouts[0]);
    assertThat(bundled[2 * N * samples - 1]).isEqualTo(layouts[layouts.length - 1]);

    AnalysisResult field =
        compute(FieldAnalysis.of(of, FieldParams.defaults().withGrid(9).withFields(2)));
    assertThat(shape(field, "field")).containsExactly(2, 9, 9, 2);
    assertThat(shape(field, "coverage")).containsExactly(2, 9, 9);
    assertThat(field.columns().get("assignment").type()).isEqualTo("int32");
    int[] assignment = results.column(field.digest(), "assignment").ints();
    List<?> sizes = (List<?>) field.report().get("sizes");
    assertThat(sizes.get(0)).isEqualTo((int) Arrays.stream(assignment).filter(f -> f == 0).count());
    List<?> box = (List<?>) field.report().get("box");
    double left = (Double) box.get(0) - 1;
    double bottom = (Double) box.get(1) - 1;
    double right = (Double) box.get(2) + 1;
    double top = (Double) box.get(3) + 1;
    KeptFields fields = new KeptFields(results);
    double[] everything = {left, bottom, right, bottom, right, top, left, top};
    List<Passage> passages = fields.region(field.digest(), everything, OptionalInt.empty());
    assertThat(passages).hasSize(N);
    float[] speed = results.column(field.digest(), "speed").floats();
    float[] responsibility = results.column(field.digest(), "responsibility").floats();
    for (Passage passage : passages) {
      int row = passage.trajectory();
      assertThat(passage.duration()).isCloseTo(2, within(1e-6));
      assertThat((float) passage.speed()).isCloseTo(speed[row], within(1e-4f));
      assertThat((float) passage.responsibility()).isCloseTo(responsibility[row], within(1e-3f));
    }
    assertThat(fields.region(field.digest(), everything, OptionalInt.of(1)))
        .hasSize((Integer) sizes.get(1))
        .allMatch(passage -> assignment[passage.trajectory()] == 1);
    assertThat(fields.streamlines(field.digest(), 0, StreamlineParams.defaults()).length % 4)
        .isZero();
    assertThatThrownBy(() -> fields.streamlines(field.digest(), 2, StreamlineParams.defaults()))
        .hasMessage("field must be one of the 2 from 0 to 1, got 2");
    assertThatThrownBy(() -> fields.streamlines(of, 0, StreamlineParams.defaults()))
        .hasMessage("result " + of + " is a sequence, not a field");
    assertThat(results.list("field", of)).containsExactly(field.summary());
  }

  @Test
  void aStepThatIsAllTheSameIsKeptAndNamed() {
    overwrite(1, new float[N * 1000]);
    AnalysisResult result = compute(vff(EPOCHS));
    Map<?, ?> quality = (Map<?, ?>) result.report().get("quality");
    assertThat((List<?>) quality.get("warnings"))
        .anySatisfy(warning -> assertThat(String.valueOf(warning)).contains("epoch 1"));
  }

  @Test
  void aNumberThatIsNoneIsNamedByRunEpochLayerRowAndColumn() {
    float[] values = new float[N * 1000];
    values[3 * 1000 + 17] = Float.NaN;
    overwrite(1, values);
    assertThatThrownBy(() -> compute(vff(EPOCHS)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("run a, epoch 1, layer fc1 cannot be a step")
        .hasMessageContaining("NaN at row 3, column 17")
        .hasMessageContaining("leave this step out");
    assertThat(compute(vff(new SequenceSource.ByEpoch("a", "fc1", List.of(0, 2)))).columns())
        .containsKey("layouts");
  }

  private void overwrite(int epoch, float[] values) {
    NpyFile.writeFloats(
        copied.resolve("activations/a/epoch-000" + epoch + "/fc1.npy"), values, N, 1000);
  }

  @Test
  void refusesWhatIsNoSequenceWithASentence() {
    refused(
        new SequenceSource.ByEpoch("a", "fc1", List.of(1)),
        "a sequence needs at least 2 epochs, got 1 alone; run a keeps [0, 1, 2]");
    refused(
        new SequenceSource.ByEpoch("a", "fc7", List.of()),
        "run a has no layer fc7; there are fc1, logits, probabilities");
    refused(
        new SequenceSource.ByEpoch("a", "input", List.of()),
        "the input is the same in every epoch");
    refused(new SequenceSource.ByEpoch("a", "fc1", List.of(0, 7)), "run a keeps no epoch 7");
    refused(
        new SequenceSource.ByEpoch("z", "fc1", List.of()),
        "there is no run z in the study; there are a, b");
    refused(
        new SequenceSource.ByLayer("a", 2, List.of("fc1")),
        "a sequence needs at least 2 layers, got fc1 alone; run a has [input, fc1]");
    refused(new SequenceSource.ByLayer("a", 2, List.of("input", "fc3")), "run a has no layer fc3");
    refused(
        new SequenceSource.ByRun(List.of("a"), 1, "fc1"),
        "a sequence needs at least 2 runs, got a alone; the study has [a, b]");
    refused(new SequenceSource.ByRun(List.of(), 1, "fc1"), "got none; the study has [a, b]");
    refused(new SequenceSource.ByRun(List.of("a", "b"), 2, "fc1"), "run b keeps no epoch 2");
    assertThatThrownBy(() -> compute(BundleAnalysis.of("ab", BundleParams.defaults())))
        .isInstanceOf(StudyException.class)
        .hasMessage("there is no result ab in the study");
    String of = compute(vff(EPOCHS)).digest();
    String bundle = compute(BundleAnalysis.of(of, BundleParams.defaults())).digest();
    assertThatThrownBy(() -> compute(FieldAnalysis.of(bundle, FieldParams.defaults())))
        .hasMessage("trails are those of a sequence, but result " + bundle + " is a bundle");
  }

  private void refused(SequenceSource source, String sentence) {
    assertThatThrownBy(() -> results.find(vff(source)))
        .isInstanceOfAny(StudyException.class, IllegalArgumentException.class)
        .hasMessageContaining(sentence);
  }

  private int[] shape(AnalysisResult result, String column) {
    return results.column(result.digest(), column).shape();
  }
}
