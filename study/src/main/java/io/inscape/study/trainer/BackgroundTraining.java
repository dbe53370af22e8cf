package io.inscape.study.trainer;

import io.inscape.dataset.InputException;
import io.inscape.study.Study;
import io.inscape.study.file.StudyException;
import io.inscape.study.file.StudyException.Kind;
import io.inscape.study.run.Run;
import io.inscape.study.run.RunEvent;
import io.inscape.study.run.RunInfo;
import io.inscape.study.run.RunRequest;
import io.inscape.study.run.RunState;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Trains one run at a time on a thread of its own, while others look at the study. What happens is
/// told to those who listen to the study. Safe for use by several threads.
public final class BackgroundTraining implements AutoCloseable {
  private final Study study;
  private final int threads;
  private final Consumer<Throwable> failures;
  private final Object monitor = new Object();

  // Guarded by the monitor.
  private @Nullable Training current;
  private @Nullable RunInfo newest;
  private boolean closed;

  /// A trainer that does nothing yet.
  ///
  /// @param study open for writing where something is to be trained
  /// @param threads how many threads compute
  /// @param failures hears of our own faults
  public BackgroundTraining(Study study, int threads, Consumer<Throwable> failures) {
    this.study = study;
    this.threads = threads;
    this.failures = failures;
  }

  private record Training(String run, Thread thread) {}

  /// Begins a run, or goes on with it.
  ///
  /// @param asked what to train
  /// @return the run as it is once training has begun; complete where it was trained before
  /// @throws StudyException of kind [Kind#IN_USE] if a run is being trained already,
  ///   [Kind#OTHER_PARAMETERS] if there is another run of that name, [Kind#READ_ONLY],
  ///   [Kind#UNKNOWN] or [Kind#NOT_YET]
  /// @throws IllegalArgumentException if it cannot be trained
  /// @throws InputException if the data set is not there or damaged
  public RunInfo start(LikeRun asked) {
    study.requireWritable("train a run");
    RunRequest request = asked.request(study);
    CompletableFuture<RunInfo> begun = new CompletableFuture<>();
    synchronized (monitor) {
      requireIdle();
      Thread thread =
          Thread.ofPlatform()
              .daemon()
              .name("inscape-training-" + request.name())
              .unstarted(() -> train(request, begun));
      current = new Training(request.name(), thread);
      newest = null;
      thread.start();
    }
    return await(begun);
  }

  private void requireIdle() {
    if (closed) {
      throw new CancellationException("the study is being closed");
    }
    String busy = current == null ? null : current.run();
    for (Run run : study.runs()) {
      if (busy == null && run.info().state() == RunState.TRAINING) { // by another thread of ours
        busy = run.name();
      }
    }
    if (busy != null) {
      throw new StudyException(
          Kind.IN_USE,
          "run "
              + busy
              + " is being trained, and one is trained at a time; wait for it, or stop it");
    }
  }

  private void train(RunRequest request, CompletableFuture<RunInfo> begun) {
    Runnable unsubscribe =
        study.listen(event -> {
          if (event instanceof RunEvent.Changed(var run) && run.name().equals(request.name())) {
            synchronized (monitor) {
              newest = run;
            }
            begun.complete(run);
          }
        });
    RunInfo trained = null;
    Throwable failure = null;
    try {
      trained = study.train(request, threads);
    } catch (RuntimeException | Error e) { // whoever asked is told, and the next may be trained
      failure = e;
    }
    unsubscribe.run();
    synchronized (monitor) {
      current = null;
      monitor.notifyAll();
    }
    if (trained != null) {
      begun.complete(trained);
    } else if (failure != null && !begun.completeExceptionally(failure) && !told(failure)) {
      failures.accept(failure);
    }
  }

  /// Whether the run itself tells what was wrong.
  private static boolean told(Throwable failure) {
    return failure instanceof StudyException
        || failure instanceof InputException
        || failure instanceof IllegalArgumentException;
  }

  private static RunInfo await(CompletableFuture<RunInfo> begun) {
    try {
      return begun.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException("training failed on its thread", e);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted while training began");
    }
  }

  /// Ends the training of a run after the present batch, and waits for that; the epochs that are
  /// complete are kept.
  ///
  /// @param run the run
  /// @return the run as it is then; one that had nothing to keep yet is gone
  /// @throws StudyException of kind [Kind#UNKNOWN] if there is no such run, [Kind#IN_USE] if it is
  ///   not being trained, or not by this trainer
  public RunInfo stop(String run) {
    synchronized (monitor) {
      Training now = current;
      if (now == null || !now.run().equals(run)) {
        boolean elsewhere = study.run(run).info().state() == RunState.TRAINING;
        throw new StudyException(
            Kind.IN_USE,
            "run "
                + run
                + (elsewhere
                    ? " is trained by the command that was started, which Ctrl-C ends"
                    : " is not being trained, so there is nothing to stop"));
      }
      now.thread().interrupt();
      try {
        while (now.equals(current)) {
          monitor.wait();
        }
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
        throw new CancellationException("interrupted while training ended");
      }
      RunInfo last = newest;
      if (last != null && last.metrics().isEmpty()) {
        return last; // ended before there was anything to keep
      }
    }
    return study.run(run).info();
  }

  /// Ends what is being trained and waits for it; the epochs that are complete are kept. An
  /// interrupt of the calling thread does not shorten the wait, and stays set.
  @Override
  public void close() {
    boolean interrupted = false;
    synchronized (monitor) {
      closed = true;
      if (current != null) {
        current.thread().interrupt();
      }
      while (current != null) {
        try {
          monitor.wait();
        } catch (InterruptedException _) {
          interrupted = true;
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
