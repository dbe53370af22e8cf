package io.inscape.terminal;

import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Ctrl-C while something is being made: it is told to stop, and gets the time to keep what is
/// complete.
public final class Interrupts {
  private static final long PATIENCE_SECONDS = 30;

  private Interrupts() {}

  /// Runs work that keeps what is complete when its thread is interrupted.
  ///
  /// @param console where the hint goes
  /// @param hint how to go on later, one sentence; empty when the work itself says what there is to
  ///   say
  /// @param work on the calling thread
  /// @param <T> what the work returns
  /// @return what the work returns
  /// @throws Exception what the work throws
  public static <T> T guard(Console console, String hint, Callable<T> work) throws Exception {
    Thread worker = Thread.currentThread();
    CountDownLatch ended = new CountDownLatch(1);
    Thread hook =
        new Thread(
            () -> {
              worker.interrupt();
              try {
                if (ended.await(PATIENCE_SECONDS, TimeUnit.SECONDS) && !hint.isEmpty()) {
                  console.note(System.lineSeparator() + "Stopped. " + hint);
                }
              } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
              }
            },
            "interrupt");
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      return work.call();
    } finally {
      ended.countDown();
      try {
        Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException _) {
        // The machine is going down already, and the hook is what waits for us.
      }
    }
  }
}
