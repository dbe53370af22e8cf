package io.inscape.bench;

import io.inscape.matrix.Matrix;
import io.inscape.matrix.Progress;
import io.inscape.matrix.Rng;
import io.inscape.matrix.Workers;
import io.inscape.neuron.DiscriminativeScores;
import io.inscape.neuron.ForestParams;
import io.inscape.neuron.NeuronDissimilarity;
import io.inscape.neuron.NeuronMeasure;
import io.inscape.projection.Layout;
import io.inscape.projection.ProjectionRun;
import io.inscape.projection.params.SmacofParams;
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

/// The units of a layer: random ReLU units of MNIST pixels, compared, laid out and scored.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 3, time = 2)
@Fork(1)
public class NeuronBenchmark {
  /// Observations.
  @Param({"300", "2000"})
  public int observations;

  /// Units.
  @Param({"64", "512", "1000"})
  public int units;

  /// Worker threads.
  @Param({"1", "2"})
  public int threads;

  private Workers workers;
  private Matrix activations;
  private int[] labels;

  /// Draws the digits and passes them through random units.
  @Setup
  public void draw() {
    workers = Workers.of(threads);
    Digits digits = Digits.draw(observations, workers);
    labels = digits.labels();
    activations = randomUnits(digits.pixels());
  }

  private Matrix randomUnits(Matrix pixels) {
    RandomGenerator random = Rng.of(1, "units");
    int inputs = pixels.cols();
    float[] weights = new float[inputs * units];
    for (int at = 0; at < weights.length; at++) {
      weights[at] = (float) random.nextGaussian();
    }
    float[] values = new float[observations * units];
    for (int i = 0; i < observations; i++) {
      for (int input = 0; input < inputs; input++) {
        float pixel = pixels.get(i, input);
        for (int unit = 0; pixel != 0 && unit < units; unit++) {
          values[i * units + unit] += pixel * weights[input * units + unit];
        }
      }
    }
    for (int at = 0; at < values.length; at++) {
      values[at] = Math.max(0, values[at]);
    }
    return Matrix.of(observations, units, values);
  }

  /// Ends the threads.
  @TearDown
  public void close() {
    workers.close();
  }

  /// {@return the units in the plane}
  @Benchmark
  public Layout correlationAndSmacof() {
    NeuronDissimilarity map =
        NeuronDissimilarity.of(activations, NeuronMeasure.PEARSON, workers, Progress.none());
    ProjectionRun run = map.start(SmacofParams.defaults(), workers, Progress.none());
    while (!run.done()) {
      run.step(1);
    }
    return run.layout();
  }

  /// {@return scores of ten forests of 50 trees}
  @Benchmark
  public DiscriminativeScores fiftyTrees() {
    ForestParams params = ForestParams.defaults().withTrees(50);
    return DiscriminativeScores.of(activations, labels, 10, params, workers, Progress.none());
  }
}
