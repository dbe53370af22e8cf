package io.inscape.matrix;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.LinkedBlockingQueue;

/// A fixed set of platform threads for arithmetic.
///
/// Work is cut into chunks of a fixed size, never one per thread, and partial sums are added in
/// chunk order: the same input gives the same bits on any number of threads. The calling thread
/// works too, so `Workers.of(1)` starts no thread, several callers may share one instance, and a
/// task may itself ask for chunks.
///
/// An interrupt of the calling thread ends the call: chunks not begun are dropped, those running
/// are waited for, the interrupt flag stays set and a [CancellationException] is thrown.
public final class Workers implements AutoCloseable {
  /// Work on one chunk.
  @FunctionalInterface
  public interface ChunkTask {
    /// Does the work of one chunk.
    ///
    /// @param chunk number of the chunk, from 0
    /// @param from first item
    /// @param to one past the last item
    void run(int chunk, int from, int to);
  }

  /// A sum over one chunk.
  @FunctionalInterface
  public interface ChunkSum {
    /// Sums one chunk.
    ///
    /// @param from first item
    /// @param to one past the last item
    /// @return the sum over the items in [from, to)
    double sum(int from, int to);
  }

  private final int threads;
  private final List<Thread> helpers = new ArrayList<>();
  private final LinkedBlockingQueue<ChunkBatch> queue = new LinkedBlockingQueue<>();
  private volatile boolean closed;

  private Workers(int threads) {
    this.threads = threads;
  }

  /// Starts the threads.
  ///
  /// @param threads how many chunks run at once, at least 1; the caller of a method is one of them
  /// @return workers to be closed when no longer needed (their threads are daemons)
  /// @throws IllegalArgumentException if `threads` is below 1
  public static Workers of(int threads) {
    if (threads < 1) {
      throw new IllegalArgumentException("workers need at least 1 thread, got " + threads);
    }
    Workers workers = new Workers(threads);
    for (int helper = 1; helper < threads; helper++) {
      workers.helpers.add(
          Thread.ofPlatform().daemon().name("inscape-worker-" + helper).start(workers::help));
    }
    return workers;
  }

  /// {@return how many chunks run at once}
  public int threads() {
    return threads;
  }

  /// Runs a task on the chunks [0, chunkSize), [chunkSize, 2 chunkSize), ... of [0, count) and
  /// waits for all.
  ///
  /// Chunks run in any order on any thread; each must write only what no other reads or writes.
  ///
  /// @param count number of items, at least 0
  /// @param chunkSize items per chunk, at least 1; the last chunk may be shorter
  /// @param task run once per chunk; what it throws is thrown here, once no chunk is running any
  ///   more
  /// @throws CancellationException if the calling thread is interrupted before all is done
  public void forEachChunk(int count, int chunkSize, ChunkTask task) {
    if (count < 0 || chunkSize < 1) {
      throw new IllegalArgumentException(
          "chunks need count >= 0 and size >= 1, got " + count + " and " + chunkSize);
    }
    if (closed) {
      throw new IllegalStateException("these workers are closed");
    }
    ChunkBatch batch = new ChunkBatch(count, chunkSize, task);
    int helping = Math.min(helpers.size(), batch.chunks() - 1);
    for (int helper = 0; helper < helping; helper++) {
      queue.add(batch);
    }
    batch.workAndAwait();
  }

  /// Adds up the chunks' sums in chunk order.
  ///
  /// @param count number of items, at least 0
  /// @param chunkSize items per chunk, at least 1
  /// @param sum called once per chunk, on any thread
  /// @return the sum, with the same bits on any number of threads
  /// @throws CancellationException if the calling thread is interrupted before all is done
  public double sumChunks(int count, int chunkSize, ChunkSum sum) {
    double[] partial = new double[Math.ceilDiv(count, chunkSize)];
    forEachChunk(count, chunkSize, (chunk, from, to) -> partial[chunk] = sum.sum(from, to));
    double total = 0;
    for (double part : partial) {
      total += part;
    }
    return total;
  }

  /// Ends the threads once their chunks are done. A second call does nothing.
  @Override
  public void close() {
    closed = true;
    for (Thread helper : helpers) {
      helper.interrupt();
    }
  }

  private void help() {
    while (!closed) {
      try {
        queue.take().work();
      } catch (InterruptedException _) {
        return; // close() is the only one to interrupt a helper
      }
    }
  }
}
