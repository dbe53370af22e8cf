package io.inscape.study.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inscape.study.SmallStudies;
import io.inscape.study.Study;
import io.inscape.study.file.StudyException;
import io.inscape.study.file.StudyException.Kind;
import io.inscape.study.run.RunEvent;
import io.inscape.study.run.RunInfo;
import io.inscape.study.run.RunState;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class BackgroundTrainingTest {
  @TempDir Path folder;
  private Study study;
  private BackgroundTraining training;
  private final List<Throwable> failures = new ArrayList<>();

  @BeforeEach
  void open() throws IOException {
    study = SmallStudies.create(folder);
    training = new BackgroundTraining(study, 2, failures::add);
  }

  @AfterEach
  void close() {
    training.close();
    study.close();
    assertThat(failures).isEmpty();
  }

  private static LikeRun shuffled(String like) {
    return new LikeRun(like, Optional.empty(), true, Optional.empty());
  }

  private RunInfo ended(LikeRun asked) throws InterruptedException {
    CountDownLatch over = new CountDownLatch(1);
    Runnable stop =
        study.listen(event -> {
          if (event instanceof RunEvent.Changed(var run) && run.state() != RunState.TRAINING) {
            over.countDown();
          }
        });
    RunInfo begun = training.start(asked);
    if (begun.state() == RunState.TRAINING) {
      over.await();
    }
    stop.run();
    return study.run(begun.name()).info();
  }

  @Test
  void aControlHasTheSameWeightsAndSettingsAndOtherLabels() throws InterruptedException {
    RunInfo real = study.train(SmallStudies.request("a", 0, 2), 2);
    RunInfo control = ended(shuffled("a"));
    assertThat(control.name()).isEqualTo("a-shuffled");
    assertThat(control.state()).isEqualTo(RunState.COMPLETE);
    assertThat(control.shuffledLabels()).isTrue();
    assertThat(control.training()).isEqualTo(real.training());
    assertThat(control.seed()).isEqualTo(real.seed());
    assertThat(control.snapshots()).isEqualTo(real.snapshots());
    assertThat(control.metrics().getLast().testAccuracy())
        .isLessThan(real.metrics().getLast().testAccuracy() - 0.2);
    assertThat(training.start(shuffled("a")).state()).isEqualTo(RunState.COMPLETE);
  }

  @Test
  void anotherArchitectureHasItsOwnNameAndWeights() throws InterruptedException {
    study.train(SmallStudies.request("rmlp-seed3", 0, 1), 2);
    RunInfo deep = ended(new LikeRun("rmlp-seed3", Optional.of("mlp"), false, Optional.empty()));
    assertThat(deep.name()).isEqualTo("mlp-seed3");
    assertThat(deep.architecture()).isEqualTo("mlp");
    assertThat(deep.layers()).extracting("name").contains("fc1", "fc4");
    assertThat(deep.training().batchSize()).isEqualTo(50);
    assertThat(deep.seed()).isEqualTo(3);
  }

  @Test
  void oneIsTrainedAtATimeAndWhatIsStoppedIsKept() throws InterruptedException {
    Thread trainer = Thread.currentThread();
    Runnable unsubscribe =
        study.listen(event -> {
          if (event instanceof RunEvent.Changed(var run) && !run.snapshots().isEmpty()) {
            trainer.interrupt(); // a run of 5,000 epochs that has one
          }
        });
    assertThat(study.train(SmallStudies.request("a", 0, 5000), 2).state())
        .isEqualTo(RunState.INTERRUPTED);
    assertThat(Thread.interrupted()).isTrue();
    unsubscribe.run();

    RunInfo control = training.start(shuffled("a"));
    assertThat(control.state()).isEqualTo(RunState.TRAINING);
    assertThat(control.plannedEpochs()).containsExactly(0, 5000);
    assertThatThrownBy(() -> training.start(shuffled("a")))
        .isInstanceOfSatisfying(
            StudyException.class, e -> assertThat(e.kind()).isEqualTo(Kind.IN_USE))
        .hasMessage(
            "run a-shuffled is being trained, and one is trained at a time; wait for it, or stop it");
    RunInfo stopped = training.stop("a-shuffled");
    assertThat(stopped.state()).isEqualTo(RunState.INTERRUPTED);
    assertThat(training.start(shuffled("a")).state()).isEqualTo(RunState.TRAINING); // it goes on
    training.close();
    assertThat(study.runs())
        .filteredOn(run -> run.name().equals("a-shuffled"))
        .allMatch(run -> run.info().state() == RunState.INTERRUPTED);
  }

  @Test
  void refusesWhatItCannotTrainWithASentence() {
    study.train(SmallStudies.request("a", 0, 1), 2);
    assertThatThrownBy(
            () -> training.start(new LikeRun("a", Optional.empty(), false, Optional.empty())))
        .hasMessage(
            "a run like a with nothing changed would be the same run; name another architecture than"
                + " rmlp, or shuffleLabels");
    assertThatThrownBy(
            () -> training.start(new LikeRun("a", Optional.of("vgg"), false, Optional.empty())))
        .hasMessage("architecture must be one of [mlp, rmlp, cnn], got \"vgg\"");
    assertThatThrownBy(() -> training.start(shuffled("z")))
        .hasMessage("there is no run z in the study; there are a");
    assertThatThrownBy(
            () -> training.start(new LikeRun("a", Optional.of("mlp"), false, Optional.of("a"))))
        .isInstanceOfSatisfying(
            StudyException.class, e -> assertThat(e.kind()).isEqualTo(Kind.OTHER_PARAMETERS));
    assertThatThrownBy(() -> training.stop("a"))
        .hasMessage("run a is not being trained, so there is nothing to stop");
    assertThatThrownBy(() -> training.stop("z")).hasMessageContaining("there is no run z");
    assertThat(study.runs()).hasSize(1);
  }
}
