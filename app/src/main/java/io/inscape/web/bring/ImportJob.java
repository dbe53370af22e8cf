package io.inscape.web.bring;

import io.inscape.dataset.InputException;
import io.inscape.http.EventHub;
import io.inscape.study.Study;
import io.inscape.study.file.Json;
import io.inscape.study.file.StudyException;
import io.inscape.study.run.RunInfo;
import io.inscape.web.bring.Importer.Work;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The import of one staging area, on a thread of its own.
final class ImportJob {
  /// How long whoever closes the server waits for an import to take back what it made.
  private static final long PATIENCE_SECONDS = 30;

  private final StagingArea area;
  private final ImportOrder order;
  private final Importer importer;
  private final EventHub hub;
  private final Consumer<Throwable> failures;
  private final CountDownLatch ended = new CountDownLatch(1);
  private final Thread thread;
  private @Nullable Work work; // set before the thread starts
  private volatile State state = State.RUNNING;

  /// How an import is.
  enum State {
    /// Going on.
    RUNNING,
    /// Told to end.
    CANCELLING,
    /// The run is there.
    DONE,
    /// It ended with a sentence that says why.
    FAILED,
    /// It ended as it was told.
    CANCELLED;

    String json() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// @param hub hears how it goes
  /// @param failures hears of our own faults
  /// @param whenDone told after the import has succeeded and all who listen were told
  ImportJob(
      StagingArea area,
      ImportOrder order,
      Importer importer,
      EventHub hub,
      Consumer<Throwable> failures,
      Consumer<RunInfo> whenDone) {
    this.area = area;
    this.order = order;
    this.importer = importer;
    this.hub = hub;
    this.failures = failures;
    this.thread =
        Thread.ofPlatform()
            .daemon()
            .name("inscape-import-" + area.id())
            .unstarted(() -> run(whenDone));
  }

  /// Begins, once the order is found to be possible.
  ///
  /// @throws StudyException if another one writes the run
  /// @throws IllegalArgumentException if the order cannot be carried out
  void start() {
    work = importer.prepare(order);
    tell("progress", new Importer.Step("waiting", 0, null, "Beginning"));
    thread.start();
  }

  State state() {
    return state;
  }

  boolean running() {
    return ended.getCount() > 0;
  }

  synchronized void cancel() {
    if (state == State.RUNNING) {
      state = State.CANCELLING;
      thread.interrupt();
    }
  }

  /// Waits a while for the end.
  void awaitEnd() {
    try {
      boolean _ = ended.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void run(Consumer<RunInfo> whenDone) {
    RunInfo run = null;
    try {
      run = bring();
      end(State.DONE);
    } catch (CancellationException _) {
      end(State.CANCELLED);
      tell("cancelled", Map.of());
    } catch (RuntimeException | Error e) { // whoever asked is told, and may try again
      fail(e);
    }
    if (run != null) {
      tell("done", Map.of("run", run.name(), "study", order.folder().toString()));
    }
    ended.countDown();
    if (run != null) {
      whenDone.accept(run);
    }
  }

  /// A study is not made in a folder that data were moved out of again, so they move first.
  private RunInfo bring() {
    boolean fresh = !Study.exists(order.folder());
    ImportOrder settled = fresh ? area.settle(order) : order;
    boolean brought = false;
    try {
      RunInfo run = Objects.requireNonNull(work).run(settled, step -> tell("progress", step));
      brought = true;
      return run;
    } finally {
      if (!brought && fresh && !Study.exists(order.folder())) {
        boolean interrupted = Thread.interrupted(); // or the files could not be moved
        area.unsettle(order, settled);
        if (interrupted) {
          Thread.currentThread().interrupt();
        }
      }
    }
  }

  private void fail(Throwable e) {
    if (state == State.CANCELLING) { // an interrupt comes out of the arithmetic in many ways
      end(State.CANCELLED);
      tell("cancelled", Map.of());
      return;
    }
    end(State.FAILED);
    tell("failed", Map.of("message", area.readable(sentence(e))));
    if (!isTheirs(e)) {
      failures.accept(e);
    }
  }

  private static boolean isTheirs(Throwable e) {
    return e instanceof StudyException
        || e instanceof InputException
        || e instanceof IllegalArgumentException;
  }

  private static String sentence(Throwable e) {
    @Nullable String message = e.getMessage();
    if (e instanceof OutOfMemoryError) {
      return "the memory is not enough for this import; bring a smaller network or fewer observations";
    }
    return isTheirs(e) && message != null
        ? message
        : "this is a fault of Inscape's, which has written about it where it was started";
  }

  private synchronized void end(State last) {
    state = last;
  }

  private void tell(String event, Object data) {
    hub.publish(event, area.id(), Json.write(data));
  }
}
