package io.inscape.bench;

import io.inscape.evolution.AlignmentRun;
import io.inscape.evolution.Alignments;
import io.inscape.evolution.Sequence;
import io.inscape.evolution.params.DynamicTsneParams;
import io.inscape.matrix.Matrix;
import io.inscape.matrix.Progress;
import io.inscape.matrix.Workers;
import io.inscape.projection.ProjectionRun;
import io.inscape.projection.Projections;
import io.inscape.projection.params.TsneParams;
import java.util.ArrayList;
import java.util.List;
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

/// One iteration of dynamic t-SNE over ten steps beside one of a single t-SNE, on MNIST pixels of
/// growing contrast.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 3, time = 2)
@Fork(1)
public class AlignmentBenchmark {
  private static final int STEPS = 10;

  /// Observations.
  @Param({"500", "2000"})
  public int observations;

  /// Worker threads.
  @Param({"1", "2"})
  public int threads;

  private Workers workers;
  private Sequence sequence;
  private ProjectionRun one;
  private AlignmentRun all;

  /// Draws the digits and starts both.
  @Setup
  public void draw() {
    workers = Workers.of(threads);
    Matrix pixels = Digits.draw(observations, workers).pixels();
    List<Matrix> steps = new ArrayList<>();
    for (int step = 0; step < STEPS; step++) {
      float[] values = pixels.toArray();
      for (int at = 0; at < values.length; at++) {
        values[at] = (float) Math.pow(values[at], 1 + 0.1 * step);
      }
      steps.add(Matrix.of(pixels.rows(), pixels.cols(), values));
    }
    sequence = Sequence.of(steps);
    startOne();
    startAll();
  }

  private void startOne() {
    one = Projections.start(sequence.step(0), TsneParams.defaults(), workers, Progress.none());
  }

  private void startAll() {
    all = Alignments.start(sequence, DynamicTsneParams.defaults(), workers, Progress.none());
  }

  /// Ends the threads.
  @TearDown
  public void close() {
    workers.close();
  }

  /// {@return the iteration reached by one more of the single t-SNE}
  @Benchmark
  public int tsne() {
    if (one.done()) {
      startOne();
    }
    one.step(1);
    return one.iteration();
  }

  /// {@return the iteration reached by one more of all ten steps}
  @Benchmark
  public int dynamicTsne() {
    if (all.done()) {
      startAll();
    }
    all.step(1);
    return all.iteration();
  }
}
