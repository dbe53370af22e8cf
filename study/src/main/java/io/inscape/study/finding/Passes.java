package io.inscape.study.finding;

import io.inscape.activation.Capture;
import io.inscape.activation.CaptureRequest;
import io.inscape.dataset.Split;
import io.inscape.matrix.Matrix;
import io.inscape.matrix.Progress;
import io.inscape.matrix.Workers;
import io.inscape.network.Network;
import io.inscape.quality.NeighborhoodHit;
import io.inscape.study.Study;
import java.util.Arrays;

/// Sends images through snapshots of a run and measures what comes out; nothing is written.
final class Passes {
  /// As the papers have it.
  static final int K = 6;

  private final Study study;
  private final String run;
  private final Workers workers;
  private final Progress progress;

  Passes(Study study, String run, Workers workers, Progress progress) {
    this.study = study;
    this.run = run;
    this.workers = workers;
    this.progress = progress;
  }

  /// Images of one part of the data set.
  @SuppressWarnings("ArrayRecordComponent") // stays in this package
  record Some(Split split, int[] images) {
    int[] labels() {
      return split.labels(images);
    }
  }

  /// What a layer makes of images, rows = images.
  Matrix values(int epoch, String layer, Some some, String stage) {
    Network network = study.run(run).network(epoch);
    try {
      return Capture.matrices(
              CaptureRequest.inMemory(
                  network,
                  java.util.List.of(network.layer(layer)),
                  study.feed(some.split()),
                  some.images()),
              workers.threads(),
              (_, part) -> progress.report(stage, part))
          .getFirst();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "nothing can be found about run "
              + run
              + ", epoch "
              + epoch
              + ": "
              + e.getMessage()
              + "; a run that diverged keeps such numbers",
          e);
    }
  }

  /// The neighborhood hit of each image in a layer's own space.
  double[] hits(int epoch, String layer, Some some, String stage) {
    return hits(values(epoch, layer, some, stage), some);
  }

  /// The same in the space of the preprocessed pixels.
  double[] hitsOfPixels(Some some) {
    return hits(study.feed(some.split()).matrix(some.images(), workers), some);
  }

  private double[] hits(Matrix values, Some some) {
    int k = Math.min(K, values.rows() - 1);
    float[] hits = NeighborhoodHit.of(values, some.labels(), k, workers).perObservation();
    double[] wide = new double[hits.length];
    Arrays.setAll(wide, i -> hits[i]);
    return wide;
  }
}
