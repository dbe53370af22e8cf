package io.inscape.bench;

import io.inscape.evolution.LayoutSequence;
import io.inscape.evolution.trails.BundleParams;
import io.inscape.evolution.trails.Bundles;
import io.inscape.evolution.trails.Bundling;
import io.inscape.evolution.trails.Direction;
import io.inscape.evolution.trails.Ink;
import io.inscape.matrix.Progress;
import io.inscape.matrix.Rng;
import io.inscape.matrix.Workers;
import java.util.Optional;
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

/// Bundling of trails of ten classes that fan out over 20 steps.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2, time = 3)
@Measurement(iterations = 3, time = 3)
@Fork(1)
public class BundlingBenchmark {
  private static final int STEPS = 20;
  private static final int CLASSES = 10;

  /// Trails.
  @Param({"2000", "60000"})
  public int observations;

  /// Worker threads.
  @Param({"1", "2"})
  public int threads;

  private Workers workers;
  private LayoutSequence layouts;
  private Optional<int[]> labels;
  private Bundles bundles;

  /// Draws the trails and bundles them once.
  @Setup
  public void draw() {
    workers = Workers.of(threads);
    RandomGenerator random = Rng.of(1, "fan");
    int[] classes = new int[observations];
    float[] values = new float[STEPS * observations * 2];
    for (int i = 0; i < observations; i++) {
      classes[i] = i % CLASSES;
      double angle = 2 * Math.PI * classes[i] / CLASSES;
      double[] middle = {3 * Math.cos(angle), 3 * Math.sin(angle)};
      for (int dim = 0; dim < 2; dim++) {
        double start = .3 * random.nextGaussian();
        double end = middle[dim] + .3 * random.nextGaussian();
        for (int step = 0; step < STEPS; step++) {
          double left = Math.pow(1 - step / (STEPS - 1.0), 2);
          values[(step * observations + i) * 2 + dim] =
              (float) (end + (start - end) * left + .05 * random.nextGaussian());
        }
      }
    }
    layouts = LayoutSequence.of(STEPS, observations, 2, values);
    labels = Optional.of(classes);
    bundles = byClass();
  }

  /// Ends the threads.
  @TearDown
  public void close() {
    workers.close();
  }

  /// {@return the trails bundled per class, default options}
  @Benchmark
  public Bundles byClass() {
    return Bundling.bundle(layouts, labels, BundleParams.defaults(), workers, Progress.none());
  }

  /// {@return the same, opposite ways apart}
  @Benchmark
  public Bundles separated() {
    return Bundling.bundle(
        layouts,
        labels,
        BundleParams.defaults().withDirection(Direction.SEPARATED),
        workers,
        Progress.none());
  }

  /// {@return the trails at a strength, for drawing}
  @Benchmark
  public float[] atStrength() {
    return bundles.at(.8);
  }

  /// {@return how much ink bundling saves}
  @Benchmark
  public Ink ink() {
    return Ink.compare(bundles, .8, labels, Ink.RESOLUTION);
  }
}
