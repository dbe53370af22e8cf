package io.inscape.bench;

import io.inscape.matrix.Progress;
import io.inscape.matrix.Workers;
import io.inscape.neighbors.ExactNeighbors;
import io.inscape.neighbors.Neighbors;
import io.inscape.projection.Layout;
import io.inscape.projection.ProjectionRun;
import io.inscape.projection.Projections;
import io.inscape.projection.params.PcaParams;
import io.inscape.projection.params.TsneParams;
import io.inscape.quality.NeighborhoodHit;
import io.inscape.quality.Trustworthiness;
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

/// What a projection and its quality cost on MNIST pixels, part by part.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 3, time = 2)
@Fork(1)
public class ProjectionBenchmark {
  private static final int NEIGHBORS = 90;

  /// Observations.
  @Param({"500", "2000"})
  public int observations;

  /// Worker threads.
  @Param({"1", "2"})
  public int threads;

  private Workers workers;
  private Digits digits;
  private Layout layout;
  private ProjectionRun tsne;

  /// Draws the digits and starts a run to step.
  @Setup
  public void draw() {
    workers = Workers.of(threads);
    digits = Digits.draw(observations, workers);
    layout = Projections.fit(digits.pixels(), PcaParams.defaults(), workers, Progress.none());
    tsne = start();
  }

  private ProjectionRun start() {
    return Projections.start(digits.pixels(), TsneParams.defaults(), workers, Progress.none());
  }

  /// Ends the threads.
  @TearDown
  public void close() {
    workers.close();
  }

  /// {@return the 90 exact nearest neighbours of every observation}
  @Benchmark
  public Neighbors neighbors() {
    return ExactNeighbors.find(digits.pixels(), NEIGHBORS, workers);
  }

  /// {@return the layout by principal components}
  @Benchmark
  public Layout pca() {
    return Projections.fit(digits.pixels(), PcaParams.defaults(), workers, Progress.none());
  }

  /// {@return the iteration reached by one more step of t-SNE}
  @Benchmark
  public int tsneStep() {
    if (tsne.done()) {
      tsne = start();
    }
    tsne.step(1);
    return tsne.iteration();
  }

  /// {@return the layout's neighborhood hit}
  @Benchmark
  public NeighborhoodHit neighborhoodHit() {
    return NeighborhoodHit.of(layout.positions(), digits.labels(), 6, workers);
  }

  /// {@return the layout's trustworthiness}
  @Benchmark
  public Trustworthiness trustworthiness() {
    return Trustworthiness.of(digits.pixels(), layout.positions(), 7, workers);
  }
}
