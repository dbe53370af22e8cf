package io.inscape.bench;

import io.inscape.activation.ArrayFile;
import io.inscape.activation.NpyFile;
import io.inscape.matrix.Matrix;
import io.inscape.matrix.Progress;
import io.inscape.matrix.Workers;
import io.inscape.neighbors.ApproximateNeighbors;
import io.inscape.neighbors.Metric;
import io.inscape.neighbors.Neighbors;
import io.inscape.projection.Layout;
import io.inscape.projection.Projections;
import io.inscape.projection.params.PcaParams;
import io.inscape.quality.LayoutQuality;
import io.inscape.quality.QualityParams;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/// The inner loops of the engine on MNIST pixels: reading a file, approximate neighbours, the whole
/// quality block.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 3, time = 2)
@Fork(1)
public class EngineBenchmark {
  /// Observations.
  @Param({"500", "2000", "10000"})
  public int observations;

  /// Worker threads.
  @Param({"1", "2"})
  public int threads;

  private Workers workers;
  private Digits digits;
  private Layout layout;
  private Path file;

  /// Draws the digits and writes them.
  ///
  /// @throws IOException when the file cannot be written
  @Setup
  public void draw() throws IOException {
    workers = Workers.of(threads);
    digits = Digits.draw(observations, workers);
    layout = Projections.fit(digits.pixels(), PcaParams.defaults(), workers, Progress.none());
    file = Files.createTempFile("inscape-bench", ".npy");
    NpyFile.write(file, digits.pixels());
  }

  /// Ends the threads and removes the file.
  ///
  /// @throws IOException when it cannot be removed
  @TearDown
  public void close() throws IOException {
    workers.close();
    Files.delete(file);
  }

  /// {@return the matrix in a file}
  @Benchmark
  public Matrix read() {
    return ArrayFile.open(file.toString()).matrix();
  }

  /// {@return the 90 approximate nearest neighbours of every observation}
  @Benchmark
  public Neighbors approximateNeighbors() {
    return ApproximateNeighbors.find(digits.pixels(), 90, Metric.EUCLIDEAN, 0, workers);
  }

  /// {@return all measures of the layout}
  @Benchmark
  public LayoutQuality quality() {
    return LayoutQuality.of(
        digits.pixels(),
        layout.positions(),
        Optional.of(digits.labels()),
        QualityParams.defaults(),
        workers,
        Progress.none());
  }
}
