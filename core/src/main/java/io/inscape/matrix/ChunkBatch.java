package io.inscape.matrix;

import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// One call's chunks: taken by whoever is free, counted as they end.
final class ChunkBatch {
  private final int count;
  private final int chunkSize;
  private final int chunks;
  private final Workers.ChunkTask task;
  private final Thread caller = Thread.currentThread();
  private final AtomicInteger next = new AtomicInteger();
  private final AtomicInteger ended = new AtomicInteger();
  private volatile boolean stopped;
  private @Nullable Throwable failure; // guarded by this
  private int failedChunk = Integer.MAX_VALUE; // guarded by this

  ChunkBatch(int count, int chunkSize, Workers.ChunkTask task) {
    this.count = count;
    this.chunkSize = chunkSize;
    this.chunks = Math.ceilDiv(count, chunkSize);
    this.task = task;
  }

  int chunks() {
    return chunks;
  }

  /// Takes chunks until none is left. Called by helpers, also when all is long done.
  void work() {
    int chunk;
    while ((chunk = next.getAndIncrement()) < chunks) {
      if (!stopped) {
        runOne(chunk);
      }
      if (ended.incrementAndGet() == chunks) {
        LockSupport.unpark(caller);
      }
      if (Thread.currentThread().equals(caller) && caller.isInterrupted()) {
        stopped = true;
      }
    }
  }

  void workAndAwait() {
    boolean interrupted = false;
    if (caller.isInterrupted()) {
      stopped = true;
    }
    work();
    while (ended.get() < chunks) {
      LockSupport.park(this);
      if (Thread.interrupted()) { // cleared, or park would not wait any more
        interrupted = true;
        stopped = true;
      }
    }
    if (interrupted) {
      caller.interrupt();
    }
    rethrow();
    if (stopped && chunks > 0) {
      throw new CancellationException("interrupted");
    }
  }

  private void runOne(int chunk) {
    int from = chunk * chunkSize;
    try {
      task.run(chunk, from, (int) Math.min((long) from + chunkSize, count));
    } catch (RuntimeException | Error thrown) {
      stopped = true;
      synchronized (this) {
        if (chunk
            < failedChunk) { // the first in order, so that a failure reads the same every time
          failure = thrown;
          failedChunk = chunk;
        }
      }
    }
  }

  private synchronized void rethrow() {
    switch (failure) {
      case null -> {}
      case RuntimeException thrown -> throw thrown;
      case Error thrown -> throw thrown;
      case Throwable thrown -> throw new IllegalStateException(thrown);
    }
  }
}
