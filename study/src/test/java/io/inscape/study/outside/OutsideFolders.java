package io.inscape.study.outside;

import io.inscape.activation.NpyFile;
import io.inscape.dataset.Split;
import io.inscape.dataset.source.Datasets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;

/// Small folders of activations, as another program would write them: what a random layer and maps
/// make of real digits, clearer from epoch to epoch.
public final class OutsideFolders {
  public static final int COUNT = 120;
  static final int UNITS = 16;

  private OutsideFolders() {}

  /// Images, labels, and the run `jax` with the epochs 0, 1 and 5, the layers conv1 and fc1.
  public static Path digits(Path folder) throws IOException {
    Path root = Files.createDirectories(folder.resolve("elsewhere"));
    Split test = Datasets.open("mnist").test();
    int[] first = IntStream.range(0, COUNT).toArray();
    NpyFile.writeBytes(root.resolve("images.npy"), test.images().toArray(first), COUNT, 1, 28, 28);
    NpyFile.writeInts(root.resolve("labels.npy"), test.labels(first), COUNT);
    Files.writeString(
        root.resolve("classes.txt"),
        "zero\none\ntwo\nthree\nfour\nfive\nsix\nseven\neight\nnine\n");
    for (int epoch : new int[] {0, 1, 5}) {
      epoch(root, "jax", epoch, test.labels(first));
    }
    Files.writeString(
        root.resolve("jax/metrics.csv"),
        "epoch,train_loss,train_accuracy,test_loss,test_accuracy\n0,2.3,0.1,2.3,0.1\n5,0.2,0.9,0.3,0.85\n");
    return root;
  }

  static void epoch(Path root, String run, int epoch, int[] labels) throws IOException {
    Path target = root.resolve(run).resolve(String.format(Locale.ROOT, "epoch-%04d", epoch));
    Random random = new Random(epoch);
    float[] fc1 = new float[COUNT * UNITS];
    float[] maps = new float[COUNT * 3 * 4 * 4];
    float[] predictions = new float[COUNT * 10];
    for (int i = 0; i < COUNT; i++) {
      for (int unit = 0; unit < UNITS; unit++) {
        fc1[i * UNITS + unit] =
            (float) random.nextGaussian() + (unit == labels[i] ? epoch * 2f : 0);
      }
      for (int at = 0; at < 48; at++) {
        maps[i * 48 + at] = Math.max(0, (float) random.nextGaussian());
      }
      for (int c = 0; c < 10; c++) {
        predictions[i * 10 + c] = c == labels[i] ? .55f : .05f;
      }
    }
    NpyFile.writeFloats(target.resolve("fc1.npy"), fc1, COUNT, UNITS);
    NpyFile.writeFloats(target.resolve("conv1.npy"), maps, COUNT, 3, 4, 4);
    NpyFile.writeFloats(target.resolve("predictions.npy"), predictions, COUNT, 10);
  }
}
