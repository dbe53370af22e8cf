package io.inscape.study.run;

import io.inscape.dataset.Content;
import io.inscape.dataset.Dataset;
import io.inscape.dataset.Images;
import io.inscape.dataset.Pipeline;
import java.util.function.Supplier;

/// What the runs of a study are trained on and looked at with.
///
/// @param dataset to learn from; read only if there is something to train
/// @param pipeline the preprocessing
/// @param observed what the sample's indices point into
/// @param sample the observations whose predictions are kept; not modified
@SuppressWarnings(
    "ArrayRecordComponent") // handed from the study to its training, compared by nobody
public record TrainingGround(
    Supplier<Dataset> dataset, Pipeline pipeline, Supplier<Content> observed, int[] sample) {
  /// The images that are looked at.
  Images images() {
    if (observed.get() instanceof Images images) {
      return images;
    }
    throw new IllegalStateException("only studies of images are trained");
  }
}
