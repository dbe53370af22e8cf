package io.inscape.training;

import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/// The platform thread that talks to the native engine, so that callers may be on any thread,
/// virtual ones included.
final class EngineThread implements AutoCloseable {
  private final ExecutorService executor =
      Executors.newSingleThreadExecutor(
          Thread.ofPlatform().daemon().name("inscape-training").factory());
  private volatile boolean stopping;

  /// Runs work and waits for it. An interrupt of the caller asks the work to stop and waits until
  /// it has.
  ///
  /// @throws CancellationException when the caller was interrupted, with its flag set again
  <T> T call(Callable<T> work) {
    stopping = false;
    Future<T> result = executor.submit(work);
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return result.get();
        } catch (InterruptedException _) {
          interrupted = true;
          stopping = true;
        } catch (ExecutionException e) {
          throw rethrown(e.getCause());
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /// Whether the work should end; to be asked between batches.
  boolean stopping() {
    return stopping;
  }

  private static RuntimeException rethrown(@Nullable Throwable cause) {
    if (cause instanceof Error error) {
      throw error;
    }
    return cause instanceof RuntimeException runtime
        ? runtime
        : new IllegalStateException("unexpected on the training thread: " + cause, cause);
  }

  @Override
  public void close() {
    executor.close();
  }
}
