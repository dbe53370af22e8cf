package io.inscape.activation;

import io.inscape.dataset.Feed;
import io.inscape.dataset.InputException;
import io.inscape.matrix.Matrix;
import io.inscape.matrix.Progress;
import io.inscape.network.Binding;
import io.inscape.network.Layer;
import io.inscape.network.OnnxExecutor;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Runs observations through a network and writes what chosen layers make of them, in one pass for
/// all layers.
///
/// Observations stream through in batches: while one batch is in the network, the one before is
/// written and the one after prepared. There are two batches in memory at any time, however many
/// observations there are. Each file appears under its name only when it is whole. The same request
/// gives the same bytes on any number of threads; capturing other layers along with a layer may
/// change its numbers by rounding.
public final class Capture {
  /// About how many bytes the values of one batch may take, and how many observations it has at
  /// most.
  private static final long BATCH_BYTES = 16L << 20;

  private static final int LARGEST_BATCH = 256;

  private final CaptureRequest request;
  private final OnnxExecutor executor;
  private final int[] observations;
  private final int batch;

  private Capture(CaptureRequest request, OnnxExecutor executor) {
    this.request = request;
    this.executor = executor;
    this.observations = request.observations();
    this.batch = executor.fixedBatch().orElse(batchSize(request, executor.inputSize()));
  }

  /// Captures.
  ///
  /// @param request what to capture, and where to
  /// @param threads how many threads the network may use, at least 1
  /// @param progress hears the fraction of observations that are through, in stage `capture`
  /// @throws InputException when the network cannot run, its input has another size than the
  ///   images, or the system refuses to write
  /// @throws CancellationException when the thread is interrupted; no file is left behind
  public static void run(CaptureRequest request, int threads, Progress progress) {
    try (OnnxExecutor executor = open(request, threads)) {
      new Capture(request, executor).run(progress);
    }
  }

  /// Captures into memory, for values that nobody needs to keep.
  ///
  /// @param request what to capture; its target is not asked for
  /// @param threads how many threads the network may use, at least 1
  /// @param progress hears the fraction of observations that are through, in stage `capture`
  /// @return one matrix for each layer, rows = observations of the request
  /// @throws InputException when the network cannot run, or its input has another size than the
  ///   images
  /// @throws IllegalArgumentException when a value is no finite number, naming layer, row and
  ///   column
  /// @throws CancellationException when the thread is interrupted
  public static List<Matrix> matrices(CaptureRequest request, int threads, Progress progress) {
    try (OnnxExecutor executor = open(request, threads)) {
      return new Capture(request, executor).inMemory(progress);
    }
  }

  /// Captures into memory with an executor that is open already, which takes most of the time of a
  /// few observations.
  ///
  /// @param request as in [#matrices(CaptureRequest, int, Progress)]
  /// @param executor that [#open] gave for a request of this network, these layers and a feed of
  ///   the same parts; stays open
  /// @param progress hears the fraction of observations that are through, in stage `capture`
  /// @return one matrix for each layer, rows = observations of the request
  public static List<Matrix> matrices(
      CaptureRequest request, OnnxExecutor executor, Progress progress) {
    return new Capture(request, executor).inMemory(progress);
  }

  private List<Matrix> inMemory(Progress progress) {
    List<MatrixSink> sinks =
        request.layers().stream().map(layer -> new MatrixSink(layer, observations.length)).toList();
    try (ExecutorService helper = Executors.newSingleThreadExecutor();
        ExecutorService disk = Executors.newSingleThreadExecutor()) {
      stream(sinks, helper, disk, () -> {}, progress);
    }
    return sinks.stream().map(MatrixSink::matrix).toList();
  }

  /// Opens the network of a request.
  ///
  /// @param request what to capture
  /// @param threads how many threads the network may use, at least 1
  /// @return an executor, to be closed
  /// @throws InputException when the network cannot run, or its input has another size
  public static OnnxExecutor open(CaptureRequest request, int threads) {
    Binding binding = Binding.of(request.network(), request.feed().slots());
    return OnnxExecutor.openLayers(request.network(), binding, request.layers(), threads);
  }

  /// How many observations go through at once: memory does not depend on how many there are in all.
  ///
  /// @param request what to capture
  /// @param inputSize how many numbers an observation has
  /// @return for a network that takes any batch
  public static int batchSize(CaptureRequest request, int inputSize) {
    long bytes = 4L * inputSize;
    for (Layer layer : request.layers()) {
      bytes += 4L * layer.units();
    }
    int fit = Math.clamp(BATCH_BYTES / bytes, 1, LARGEST_BATCH);
    return Math.max(1, Math.min(fit, request.observations().length));
  }

  private void run(Progress progress) {
    List<NpyWriter> writers = new ArrayList<>();
    try (ExecutorService helper = Executors.newSingleThreadExecutor();
        ExecutorService disk = Executors.newSingleThreadExecutor()) {
      for (Layer layer : request.layers()) {
        writers.add(
            NpyWriter.create(
                request.target().apply(layer),
                NpyType.FLOAT32,
                observations.length,
                layer.units()));
      }
      List<CaptureBatch.Sink> sinks = new ArrayList<>();
      writers.forEach(writer -> sinks.add(writer::write));
      stream(sinks, helper, disk, () -> writers.forEach(NpyWriter::sync), progress);
      writers.forEach(NpyWriter::commit);
    } finally {
      writers.forEach(NpyWriter::close);
    }
  }

  private void stream(
      List<? extends CaptureBatch.Sink> sinks,
      ExecutorService helper,
      ExecutorService disk,
      Runnable sync,
      Progress progress) {
    Future<?> syncing = CompletableFuture.completedFuture(null);
    CaptureBatch current = new CaptureBatch(batch, executor.inputSize(), request.layers());
    CaptureBatch other = new CaptureBatch(batch, executor.inputSize(), request.layers());
    prepare(current, 0);
    for (int from = 0; from < observations.length; from += batch) {
      CaptureBatch spare = other;
      int next = from + batch;
      Future<?> side =
          helper.submit(() -> {
            spare.writeTo(sinks);
            prepare(spare, next);
          });
      current.run(executor);
      await(side);
      if (syncing.isDone()) { // the disk works while the network computes
        await(syncing);
        syncing = disk.submit(sync);
      }
      other = current;
      current = spare;
      progress.report("capture", Math.min(1, (double) next / observations.length));
    }
    other.writeTo(sinks);
    await(syncing);
  }

  private void prepare(CaptureBatch target, int from) {
    Feed feed = request.feed();
    int to = Math.min(observations.length, from + batch);
    target.clear();
    for (int i = from; i < to; i++) {
      int observation = observations[i];
      target.add((row, offset) -> feed.fill(observation, row, offset));
    }
  }

  private static void await(Future<?> side) {
    try {
      side.get();
      if (Thread.currentThread().isInterrupted()) {
        throw new CancellationException("the capture was interrupted");
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new CancellationException("the capture was interrupted");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException("a capture failed on its helper thread", e);
    }
  }
}
