package io.inscape.bench;

import io.inscape.dataset.Dataset;
import io.inscape.dataset.Pipeline;
import io.inscape.dataset.Sample;
import io.inscape.dataset.source.Datasets;
import io.inscape.matrix.Matrix;
import io.inscape.matrix.Workers;

/// The real data that every benchmark here works on: a seeded sample of MNIST's test split.
record Digits(Matrix pixels, int[] labels) {
  static Digits draw(int count, Workers workers) {
    Dataset mnist = Datasets.open("mnist");
    int[] observations = Sample.draw(mnist.test().count(), count, 0);
    Matrix pixels = Pipeline.defaults().apply(mnist.test().images(), observations, workers);
    return new Digits(pixels, mnist.test().labels(observations));
  }
}
