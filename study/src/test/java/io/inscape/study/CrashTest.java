package io.inscape.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inscape.matrix.Progress;
import io.inscape.matrix.Rng;
import io.inscape.matrix.Workers;
import io.inscape.projection.params.PcaParams;
import io.inscape.projection.params.TsneParams;
import io.inscape.study.analysis.ProjectionAnalysis;
import io.inscape.study.analysis.Results;
import io.inscape.study.file.SafeFiles;
import io.inscape.study.file.StudyException;
import io.inscape.study.run.RunState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A process may be killed at any moment, and the next one goes on to the same bytes.
final class CrashTest {
  /// Every fifth moment, so that the test stays short; the first one differs from stage to stage.
  private static final int STRIDE = 5;

  @TempDir Path folder;

  private static final class Kill extends Error {
    private static final long serialVersionUID = 1;
  }

  /// Everything the main job does: train, capture, project.
  static void work(Study study) {
    try (Workers workers = Workers.of(2)) {
      study.train(SmallStudies.request("a", 0, 2), 2);
      Results results = new Results(study);
      var pixels = new ActivationSource.Input();
      var params = TsneParams.defaults().withIterations(250).withPerplexity(10);
      results.compute(ProjectionAnalysis.of(pixels, params), workers, Progress.none());
      var layer = new ActivationSource.Layer("a", 2, "fc1");
      results.compute(ProjectionAnalysis.of(layer, PcaParams.defaults()), workers, Progress.none());
    }
  }

  private TreeMap<String, String> undisturbed() throws IOException {
    Path whole = folder.resolve("whole");
    try (Study study = Study.create(whole, SmallStudies.config(folder))) {
      work(study);
    }
    return SmallStudies.digests(whole);
  }

  @Test
  void aKillAtAnyMomentOfAnyWriteIsMadeGood() throws IOException {
    TreeMap<String, String> expected = undisturbed();
    Path torn = folder.resolve("torn");
    Study.create(torn, SmallStudies.config(folder)).close();
    int starts = 0;
    int moment = 0;
    int progress = 0;
    boolean finished = false;
    while (!finished) { // each start dies later than the one before, until one gets something done
      AtomicInteger left = new AtomicInteger(moment);
      SafeFiles.Watcher dying =
          (_, _, _) -> {
            if (left.getAndDecrement() == 0) {
              throw new Kill();
            }
          };
      starts++;
      try (Study study = SmallStudies.openWatched(torn, dying)) {
        work(study);
        finished = true;
      } catch (Kill _) {
        assertThat(Study.exists(torn)).isTrue();
      }
      try (Study reader = Study.openReadOnly(torn)) {
        assertThat(reader.problems()).isEmpty();
        assertThat(new Results(reader).problems()).isEmpty();
        int kept = kept(reader);
        moment = kept > progress ? starts % STRIDE : moment + STRIDE;
        progress = kept;
      }
    }
    assertThat(starts).isGreaterThan(8);
    Study.open(torn).close();
    assertThat(SmallStudies.digests(torn)).isEqualTo(expected);
  }

  /// How many epochs and results are complete.
  private static int kept(Study study) {
    int epochs = study.runs().stream().mapToInt(run -> run.info().metrics().size()).sum();
    return epochs + new Results(study).list(null, null, null).size();
  }

  @Test
  void aFullDiskAtAnyWriteIsOneSentenceAndTheNextStartGoesOn() throws IOException {
    TreeMap<String, String> expected = undisturbed();
    Path full = folder.resolve("full");
    Study.create(full, SmallStudies.config(folder)).close();
    for (int failing = 1; failing <= 7; failing += 3) {
      AtomicInteger left = new AtomicInteger(failing);
      SafeFiles.Watcher refusing =
          (now, _, _) -> {
            if (now == SafeFiles.Moment.ASIDE && left.decrementAndGet() < 0) {
              throw new IOException("No space left on device");
            }
          };
      try (Study study = SmallStudies.openWatched(full, refusing)) {
        assertThatThrownBy(() -> work(study))
            .isInstanceOf(StudyException.class)
            .hasMessageContaining("no space left on device; what was kept before is whole");
      }
    }
    try (Study study = Study.open(full)) {
      work(study);
    }
    assertThat(SmallStudies.digests(full)).isEqualTo(expected);
  }

  @Test
  void aProcessKilledAtRandomMomentsLeavesAStudyThatEndsWithTheSameBytes() throws Exception {
    long seed = Long.getLong("inscape.seed", 20260101);
    System.err.println("kills at the moments of seed " + seed + " (-Dinscape.seed repeats them)");
    RandomGenerator random = Rng.of(seed, "kill");
    TreeMap<String, String> expected = undisturbed();
    Path killed = folder.resolve("killed");
    Study.create(killed, SmallStudies.config(folder)).close();
    int kills = 0;
    for (int i = 0; i < 2; i++) {
      Process child = child(killed);
      assertThat(child.inputReader().readLine()).isEqualTo("ready");
      if (i == 0) {
        String holder = "pid " + child.pid();
        assertThatThrownBy(() -> Study.open(killed).close()).hasMessageContaining(holder);
      }
      if (child.waitFor(random.nextInt(50, 2500), TimeUnit.MILLISECONDS)) {
        break;
      }
      child.destroyForcibly().waitFor();
      kills++;
      try (Study reader = Study.openReadOnly(killed)) {
        assertThat(reader.problems()).isEmpty();
        reader
            .runs()
            .forEach(run -> assertThat(run.info().state()).isNotEqualTo(RunState.TRAINING));
      }
    }
    assertThat(kills).isPositive();
    try (Study study = Study.open(killed)) {
      work(study);
    }
    assertThat(SmallStudies.digests(killed)).isEqualTo(expected);
  }

  private static Process child(Path study) throws IOException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    return new ProcessBuilder(
            List.of(
                java,
                "--add-modules=jdk.incubator.vector",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Worker.class.getName(),
                study.toString()))
        .redirectError(Files.createTempFile("child", ".log").toFile())
        .start();
  }

  /// The process that is killed.
  static final class Worker {
    private Worker() {}

    public static void main(String[] args) {
      try (Study study = Study.open(Path.of(args[0]))) {
        System.out.println("ready");
        work(study);
      }
    }
  }
}
