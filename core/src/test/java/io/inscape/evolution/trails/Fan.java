package io.inscape.evolution.trails;

import io.inscape.evolution.LayoutSequence;
import io.inscape.matrix.Rng;
import java.util.random.RandomGenerator;

/// Ten classes that start mixed in the middle and fan out, as those of a network in training do.
record Fan(LayoutSequence layouts, int[] labels) {
  static Fan of(int observations, int steps, long seed) {
    RandomGenerator random = Rng.of(seed, "fan");
    float[] values = new float[steps * observations * 2];
    int[] labels = new int[observations];
    for (int i = 0; i < observations; i++) {
      labels[i] = i % 10;
      double angle = 2 * Math.PI * labels[i] / 10;
      double[] start = {.3 * random.nextGaussian(), .3 * random.nextGaussian()};
      double[] end = {
        3 * Math.cos(angle) + .3 * random.nextGaussian(),
        3 * Math.sin(angle) + .3 * random.nextGaussian()
      };
      for (int step = 0; step < steps; step++) {
        double left = 1 - step / (steps - 1.0);
        for (int dim = 0; dim < 2; dim++) {
          double here = end[dim] + (start[dim] - end[dim]) * left * left;
          values[(step * observations + i) * 2 + dim] =
              (float) (here + .05 * random.nextGaussian());
        }
      }
    }
    return new Fan(LayoutSequence.of(steps, observations, 2, values), labels);
  }
}
