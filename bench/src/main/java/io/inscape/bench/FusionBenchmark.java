package io.inscape.bench;

import io.inscape.evolution.AlignmentRun;
import io.inscape.evolution.Alignments;
import io.inscape.evolution.LayoutSequence;
import io.inscape.evolution.Sequence;
import io.inscape.evolution.params.VffParams;
import io.inscape.matrix.Matrix;
import io.inscape.matrix.Progress;
import io.inscape.matrix.Workers;
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

/// Visual Feature Fusion of MNIST digits that draw together class by class from step to step.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 3, time = 2)
@Fork(1)
public class FusionBenchmark {
  private static final int CLASSES = 10;
  private static final double MOST_DRAWN = 0.8; // of the way to the class's mean

  /// Observations.
  @Param({"500", "2000"})
  public int observations;

  /// Steps of the sequence.
  @Param({"4", "20"})
  public int steps;

  /// Worker threads.
  @Param({"1", "2"})
  public int threads;

  private Workers workers;
  private Sequence sequence;
  private AlignmentRun run;

  /// Draws the digits, makes the steps and starts a run.
  @Setup
  public void draw() {
    workers = Workers.of(threads);
    Digits digits = Digits.draw(observations, workers);
    float[] pixels = digits.pixels().toArray();
    float[] means = means(pixels, digits.pixels().cols(), digits.labels());
    List<Matrix> matrices = new ArrayList<>();
    for (int t = 0; t < steps; t++) {
      float drawn = (float) (MOST_DRAWN * t / (steps - 1));
      float[] values = new float[pixels.length];
      for (int at = 0; at < values.length; at++) {
        int row = at / digits.pixels().cols();
        int col = at % digits.pixels().cols();
        float mean = means[digits.labels()[row] * digits.pixels().cols() + col];
        values[at] = pixels[at] + drawn * (mean - pixels[at]);
      }
      matrices.add(Matrix.of(observations, digits.pixels().cols(), values));
    }
    sequence = Sequence.of(matrices);
    run = start();
  }

  private static float[] means(float[] pixels, int cols, int[] labels) {
    float[] means = new float[CLASSES * cols];
    int[] counts = new int[CLASSES];
    for (int row = 0; row < labels.length; row++) {
      int label = labels[row];
      counts[label]++;
      for (int col = 0; col < cols; col++) {
        float gap = pixels[row * cols + col] - means[label * cols + col];
        means[label * cols + col] += gap / counts[label];
      }
    }
    return means;
  }

  private AlignmentRun start() {
    return Alignments.start(sequence, VffParams.defaults(), workers, Progress.none());
  }

  /// Ends the threads.
  @TearDown
  public void close() {
    workers.close();
  }

  /// {@return the aligned layouts, from the matrices to convergence}
  @Benchmark
  public LayoutSequence fusion() {
    return Alignments.fit(sequence, VffParams.defaults(), workers, Progress.none());
  }

  /// {@return the tables of distances and the common start alone}
  @Benchmark
  public AlignmentRun fusionStart() {
    return start();
  }

  /// {@return the sweep reached by one more}
  @Benchmark
  public int fusionSweep() {
    if (run.done()) {
      run = start();
    }
    run.step(1);
    return run.iteration();
  }
}
