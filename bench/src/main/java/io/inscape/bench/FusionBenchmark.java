package io.inscape.bench;

import io.inscape.evolution.AlignmentRun;
import io.inscape.evolution.Alignments;
<<<<<<< HEAD
import io.inscape.evolution.LayoutSequence;
import io.inscape.evolution.Sequence;
import io.inscape.evolution.params.VffParams;
import io.inscape.matrix.Matrix;
import io.inscape.matrix.Progress;
import io.inscape.matrix.Workers;
=======
import io.inscape.evolution.Sequence;
import io.inscape.evolution.params.DynamicTsneParams;
import io.inscape.matrix.Matrix;
import io.inscape.matrix.Progress;
import io.inscape.matrix.Workers;
import io.inscape.projection.ProjectionRun;
import io.inscape.projection.Projections;
import io.inscape.projection.params.TsneParams;
>>>>>>> evo-dtsne
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

<<<<<<< HEAD
/// Visual Feature Fusion of MNIST digits that draw together class by class from step to step.
=======
/// One iteration of dynamic t-SNE over ten steps beside one of a single t-SNE, on MNIST pixels of
/// growing contrast.
>>>>>>> evo-dtsne
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 3, time = 2)
@Fork(1)
<<<<<<< HEAD:bench/src/main/java/io/inscape/bench/AlignmentBenchmark.java
public class AlignmentBenchmark {
<<<<<<< HEAD
=======
public class FusionBenchmark {
>>>>>>> evo-vff:bench/src/main/java/io/inscape/bench/FusionBenchmark.java
  private static final int CLASSES = 10;
  private static final double MOST_DRAWN = 0.8; // of the way to the class's mean
=======
  private static final int STEPS = 10;
>>>>>>> evo-dtsne

  /// Observations.
  @Param({"500", "2000"})
  public int observations;

<<<<<<< HEAD
  /// Steps of the sequence.
  @Param({"4", "20"})
  public int steps;

=======
>>>>>>> evo-dtsne
  /// Worker threads.
  @Param({"1", "2"})
  public int threads;

  private Workers workers;
  private Sequence sequence;
<<<<<<< HEAD
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
=======
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
>>>>>>> evo-dtsne
  }

  /// Ends the threads.
  @TearDown
  public void close() {
    workers.close();
  }

<<<<<<< HEAD
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
=======
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
>>>>>>> evo-dtsne
  }
}
