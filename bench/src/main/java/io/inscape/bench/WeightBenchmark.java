package io.inscape.bench;

import io.inscape.matrix.Rng;
import io.inscape.matrix.Workers;
import io.inscape.weight.Distribution;
import io.inscape.weight.DistributionParams;
import io.inscape.weight.Distributions;
import io.inscape.weight.LatticeDistribution;
import io.inscape.weight.LatticeDistributions;
import io.inscape.weight.SampleDistance;
import java.util.ArrayList;
import java.util.List;
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

/// Distributions of all tensors of the papers' CNN on MNIST, 15 million weights.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class WeightBenchmark {
  private static final int[] SIZES = {
    288, 32, 9216, 32, 18_432, 64, 36_864, 64, 3136 * 4096, 4096, 4096 * 512, 512, 5120, 10
  };

  /// Worker threads.
  @Param({"1", "2"})
  public int threads;

  /// How the weights are distributed.
  @Param({"uniform", "bell", "narrow"})
  public String shape;

  private Workers workers;
  private List<float[]> tensors;
  private float[] moved;

  /// Draws the weights.
  @Setup
  public void draw() {
    workers = Workers.of(threads);
    RandomGenerator random = Rng.of(1, "weights");
    tensors = new ArrayList<>();
    for (int size : SIZES) {
      float[] weights = new float[size];
      for (int i = 0; i < size; i++) {
        weights[i] =
            (float)
                switch (shape) {
                  case "uniform" -> 0.0288 * (2 * random.nextDouble() - 1);
                  case "bell" -> 0.03 * random.nextGaussian();
                  default -> 0.97 + 0.001 * random.nextGaussian();
                };
      }
      tensors.add(weights);
    }
    moved = tensors.get(10).clone();
    for (int i = 0; i < moved.length; i++) {
      moved[i] += (float) (0.001 * random.nextGaussian());
    }
  }

  /// Ends the threads.
  @TearDown
  public void close() {
    workers.close();
  }

  /// {@return histogram, mean, variance and quartiles of every tensor}
  @Benchmark
  public List<Distribution> snapshot() {
    List<Distribution> distributions = new ArrayList<>();
    for (float[] weights : tensors) {
      distributions.add(Distributions.of(weights, DistributionParams.defaults(), workers));
    }
    return distributions;
  }

  /// {@return the same in bins of the lattice, as training keeps it after each epoch}
  @Benchmark
  public List<LatticeDistribution> lattice() {
    return LatticeDistributions.of(tensors, DistributionParams.defaults().nearZero(), workers);
  }

  /// {@return the distances of two tensors of two million weights}
  @Benchmark
  public SampleDistance distance() {
    return SampleDistance.of(tensors.get(10), moved, workers);
  }
}
