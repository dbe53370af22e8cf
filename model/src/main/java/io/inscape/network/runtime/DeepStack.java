package io.inscape.network.runtime;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/// Calls into ONNX Runtime on a thread with a deep stack: its native code needs more than the
/// megabyte that a thread has by itself, and ends the process where that is not enough.
public final class DeepStack {
  private static final long BYTES = 16L << 20;

  private DeepStack() {}

  /// Calls something and waits for it, which takes a moment; an interrupt meanwhile stays set.
  ///
  /// @param <T> what it gives
  /// @param task what to call
  /// @return what it gave
  public static <T> T call(Callable<T> task) {
    FutureTask<T> future = new FutureTask<>(task);
    Thread thread = new Thread(null, future, "inscape-shapes", BYTES);
    thread.setDaemon(true);
    thread.start();
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return future.get();
        } catch (InterruptedException _) {
          interrupted = true;
        } catch (ExecutionException e) {
          if (e.getCause() instanceof Error error) {
            throw error;
          }
          throw e.getCause() instanceof RuntimeException thrown
              ? thrown
              : new IllegalStateException(e);
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
