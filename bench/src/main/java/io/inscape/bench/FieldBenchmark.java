package io.inscape.bench;

import io.inscape.evolution.LayoutSequence;
import io.inscape.evolution.field.FieldParams;
import io.inscape.evolution.field.StreamlineParams;
import io.inscape.evolution.field.Streamlines;
import io.inscape.evolution.field.Trajectories;
import io.inscape.evolution.field.VectorFields;
import io.inscape.matrix.Progress;
import io.inscape.matrix.Rng;
import io.inscape.matrix.Workers;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
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

/// Vector fields fitted to trajectories of 20 segments each that rotate about a point with some
/// noise, and the lines drawn of them.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 3, time = 2)
@Fork(1)
public class FieldBenchmark {
  private static final int STEPS = 21;

  /// Trajectories.
  @Param({"2000"})
  public int observations;

  /// Worker threads.
  @Param({"1", "2"})
  public int threads;

  /// Fields that share the trajectories.
  @Param({"1", "6"})
  public int fields;

  private Workers workers;
  private Trajectories trajectories;
  private VectorFields fit;

  /// Makes the trajectories and fits once, for the lines.
  @Setup
  public void prepare() {
    workers = Workers.of(threads);
    trajectories = Trajectories.of(rotating());
    fit = fit();
  }

  private LayoutSequence rotating() {
    RandomGenerator random = Rng.of(0, "benchmark trajectories");
    float[] values = new float[STEPS * observations * 2];
    for (int i = 0; i < observations; i++) {
      double x = random.nextGaussian();
      double y = random.nextGaussian();
      for (int step = 0; step < STEPS; step++) {
        int at = (step * observations + i) * 2;
        values[at] = (float) x;
        values[at + 1] = (float) y;
        double across = -.1 * y + .05 * random.nextGaussian();
        y += .1 * x + .05 * random.nextGaussian();
        x += across;
      }
    }
    return LayoutSequence.of(STEPS, observations, 2, values);
  }

  /// Ends the threads.
  @TearDown
  public void close() {
    workers.close();
  }

  /// {@return fields on 50 x 50 vertices}
  @Benchmark
  public VectorFields fit() {
    return VectorFields.fit(
        trajectories, FieldParams.defaults().withFields(fields), workers, Progress.none());
  }

  /// {@return lines of the first field, a hundredth of the width apart}
  @Benchmark
  public float[] streamlines() {
    return Streamlines.of(fit, 0, StreamlineParams.defaults().withSeparation(.01)).points();
  }
}
