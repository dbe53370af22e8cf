package io.inscape.bench;

import io.inscape.activation.NpyType;
import io.inscape.activation.NpyWriter;
import io.inscape.dataset.Dataset;
import io.inscape.dataset.Pipeline;
import io.inscape.dataset.Split;
import io.inscape.dataset.source.Datasets;
import io.inscape.matrix.Workers;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/// Writes all of MNIST as one matrix for the comparison with other tools: 60,000 training images,
/// then the 10,000 test images, pixels from 0 to 1.
final class ComparisonData {
  private ComparisonData() {}

  /// Writes `mnist-70000x784.npy` and `mnist-70000-labels.npy`.
  ///
  /// @param args the folder
  public static void main(String[] args) {
    Path folder = Path.of(args[0]);
    Dataset mnist = Datasets.open("mnist");
    int count = mnist.train().count() + mnist.test().count();
    try (Workers workers = Workers.of(Runtime.getRuntime().availableProcessors());
        NpyWriter pixels =
            NpyWriter.create(
                folder.resolve("mnist-70000x784.npy"),
                NpyType.FLOAT32,
                count,
                mnist.shape().size());
        NpyWriter labels =
            NpyWriter.create(folder.resolve("mnist-70000-labels.npy"), NpyType.INT32, count)) {
      for (Split split : List.of(mnist.train(), mnist.test())) {
        int[] all = IntStream.range(0, split.count()).toArray();
        float[] values = Pipeline.defaults().apply(split.images(), all, workers).toArray();
        ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        pixels.write(bytes);
        ByteBuffer classes = ByteBuffer.allocate(4 * all.length).order(ByteOrder.LITTLE_ENDIAN);
        classes.asIntBuffer().put(split.labels(all));
        labels.write(classes);
      }
      pixels.commit();
      labels.commit();
    }
  }
}
