package io.inscape.training;

import io.inscape.dataset.Pipeline;
import io.inscape.dataset.Sample;
import io.inscape.matrix.Rng;
import io.inscape.matrix.Workers;
import java.lang.foreign.Arena;
import java.util.Arrays;

/// The data of a run, preprocessed once.
///
/// @param train features to learn from
/// @param trainLabels a class per row, permuted for a control run
/// @param trainSample the rows that training accuracy is measured on
/// @param test features to measure on
/// @param testLabels a class per row
/// @param testAll every row of the test split
/// @param pipeline what was done to the images
@SuppressWarnings("ArrayRecordComponent") // read only, never compared
record TrainingSet(
    Features train,
    int[] trainLabels,
    int[] trainSample,
    Features test,
    int[] testLabels,
    int[] testAll,
    Pipeline pipeline) {
  private static final int SAMPLE = 10_000;

  static TrainingSet of(TrainingData data, TrainingParams params, Arena arena, Workers workers) {
    int available = data.train().count();
    int[] chosen = Sample.draw(available, data.limit().orElse(available), params.seed());
    int[] all = all(data.test().count());
    int[] labels = data.train().labels(chosen);
    return new TrainingSet(
        Features.of(data.train().images(), chosen, data.pipeline(), arena, workers),
        params.shuffleLabels() ? permuted(labels, params.seed()) : labels,
        Sample.draw(chosen.length, Math.min(SAMPLE, chosen.length), params.seed()),
        Features.of(data.test().images(), all, data.pipeline(), arena, workers),
        data.test().labels(),
        all,
        data.pipeline());
  }

  /// Keeps how often each class occurs, and loses which image it belongs to.
  private static int[] permuted(int[] labels, long seed) {
    int[] order = Permutation.of(labels.length, Rng.of(seed, "shuffle-labels"));
    return Arrays.stream(order).map(row -> labels[row]).toArray();
  }

  private static int[] all(int count) {
    int[] rows = new int[count];
    Arrays.setAll(rows, row -> row);
    return rows;
  }
}
