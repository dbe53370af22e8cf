package io.inscape.bench;

import io.inscape.matrix.Progress;
import io.inscape.matrix.Workers;
import io.inscape.projection.ProjectionRun;
import io.inscape.projection.Projections;
import java.util.Map;
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

/// One iteration of each method that has iterations, on MNIST pixels.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 3, time = 2)
@Fork(1)
public class StepBenchmark {
  /// Observations.
  @Param({"500", "2000", "10000"})
  public int observations;

  /// Worker threads.
  @Param({"1", "2"})
  public int threads;

  /// The method that is stepped.
  @Param({"tsne", "umap", "smacof", "smds"})
  public String method;

  private Workers workers;
  private Digits digits;
  private ProjectionRun run;

  /// Draws the digits and starts a run.
  @Setup
  public void draw() {
    workers = Workers.of(threads);
    digits = Digits.draw(observations, workers);
    run = start();
  }

  private ProjectionRun start() {
    return Projections.start(
        digits.pixels(), Projections.method(method).params(Map.of()), workers, Progress.none());
  }

  /// Ends the threads.
  @TearDown
  public void close() {
    workers.close();
  }

  /// {@return the iteration reached by one more step}
  @Benchmark
  public int step() {
    if (run.done()) {
      run = start();
    }
    run.step(1);
    return run.iteration();
  }
}
