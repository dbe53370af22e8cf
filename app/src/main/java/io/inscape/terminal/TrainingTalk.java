package io.inscape.terminal;

import io.inscape.study.Study;
import io.inscape.study.run.RunEvent;
import io.inscape.study.run.RunInfo;
import io.inscape.study.run.TrainingProgress;
import io.inscape.training.EpochMetrics;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Tells the person who waits how training goes: a bar through each epoch, a line after it.
public final class TrainingTalk implements AutoCloseable {
  private final Console console;
  private Runnable unsubscribe = () -> {};
  private @Nullable Bar bar;
  private int barEpoch = -1;
  private int told = -1;

  private TrainingTalk(Console console) {
    this.console = console;
  }

  /// Begins to listen.
  ///
  /// @param study whose training is told
  /// @param console where
  /// @return to be closed when training has ended
  public static TrainingTalk listen(Study study, Console console) {
    TrainingTalk talk = new TrainingTalk(console);
    talk.unsubscribe = study.listen(talk::hear);
    return talk;
  }

  private synchronized void hear(RunEvent event) {
    switch (event) {
      case RunEvent.Changed(var run) -> tell(run);
      case RunEvent.Progressed(var progress) -> move(progress);
    }
  }

  private void move(TrainingProgress progress) {
    if (bar == null || barEpoch != progress.epoch()) {
      endBar();
      barEpoch = progress.epoch();
      bar = console.bar("epoch " + barEpoch, progress.imagesTotal());
    }
    bar.set(
        progress.imagesDone(),
        String.format(Locale.ROOT, "%,.0f images/s, ", progress.imagesPerSecond())
            + Bar.duration(progress.secondsLeft())
            + " left");
  }

  private void tell(RunInfo run) {
    for (EpochMetrics metrics : run.metrics()) {
      if (metrics.epoch() > told) {
        endBar();
        console.note(sentence(metrics));
        told = metrics.epoch();
      }
    }
  }

  /// `epoch 3: 97.31 % of the test images right, loss 0.0911 (training 98.80 %, 0.0401), 12.1 s,
  /// 4,960 images/s`.
  ///
  /// @param metrics of the epoch
  /// @return the sentence
  public static String sentence(EpochMetrics metrics) {
    String text =
        String.format(
            Locale.ROOT,
            "epoch %d: %.2f %% of the test images right, loss %.4f (training %.2f %%, %.4f)",
            metrics.epoch(),
            100 * metrics.testAccuracy(),
            metrics.testLoss(),
            100 * metrics.trainAccuracy(),
            metrics.trainLoss());
    return metrics.seconds() > 0
        ? text
            + String.format(
                Locale.ROOT,
                ", %.1f s, %,.0f images/s",
                metrics.seconds(),
                metrics.imagesPerSecond())
        : text;
  }

  private void endBar() {
    if (bar != null) {
      bar.close();
      bar = null;
    }
  }

  @Override
  public synchronized void close() {
    unsubscribe.run();
    endBar();
  }
}
