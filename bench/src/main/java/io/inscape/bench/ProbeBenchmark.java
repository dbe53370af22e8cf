package io.inscape.bench;

import io.inscape.matrix.Matrix;
import io.inscape.matrix.Progress;
import io.inscape.matrix.Workers;
import io.inscape.probe.LinearProbe;
import io.inscape.probe.ProbeParams;
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

/// A linear probe on MNIST pixels: ten iterations of the fit, and its predictions.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 3, time = 2)
@Fork(1)
public class ProbeBenchmark {
  /// Observations.
  @Param({"500", "10000"})
  public int observations;

  /// Worker threads.
  @Param({"1", "2"})
  public int threads;

  private Workers workers;
  private Matrix pixels;
  private int[] labels;
  private LinearProbe probe;

  /// Draws the digits and fits a probe.
  @Setup
  public void draw() {
    workers = Workers.of(threads);
    Digits digits = Digits.draw(observations, workers);
    pixels = digits.pixels();
    labels = digits.labels();
    probe = tenIterations();
  }

  /// Ends the threads.
  @TearDown
  public void close() {
    workers.close();
  }

  /// {@return a probe after ten iterations}
  @Benchmark
  public LinearProbe tenIterations() {
    ProbeParams params = ProbeParams.defaults().withIterations(10).withTolerance(0);
    return LinearProbe.fit(pixels, labels, 10, params, workers, Progress.none());
  }

  /// {@return the classes that it reads}
  @Benchmark
  public int[] predict() {
    return probe.predict(pixels);
  }
}
