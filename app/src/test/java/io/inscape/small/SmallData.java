package io.inscape.small;

import io.inscape.matrix.Rng;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.random.RandomGenerator;

/// A data set that a network learns in a second: 8 x 8 images of three classes, each a bright
/// stripe in another place.
public final class SmallData {
  public static final int TRAIN = 300;
  public static final int TEST = 90;
  public static final int CLASSES = 3;
  public static final int SIDE = 8;

  private SmallData() {}

  /// Writes the four IDX files.
  public static Path write(Path folder) {
    try {
      Files.createDirectories(folder);
      part(folder, "train", TRAIN);
      part(folder, "t10k", TEST);
      return folder;
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static void part(Path folder, String name, int count) throws IOException {
    RandomGenerator random = Rng.of(7, name);
    ByteBuffer images = ByteBuffer.allocate(16 + count * SIDE * SIDE);
    images.putInt(0x803).putInt(count).putInt(SIDE).putInt(SIDE);
    ByteBuffer labels = ByteBuffer.allocate(8 + count).putInt(0x801).putInt(count);
    for (int i = 0; i < count; i++) {
      int label = i % CLASSES;
      labels.put((byte) label);
      for (int row = 0; row < SIDE; row++) {
        for (int col = 0; col < SIDE; col++) {
          boolean bright = col / 3 == label;
          images.put((byte) (random.nextInt(100) + (bright ? 120 : 0)));
        }
      }
    }
    Files.write(folder.resolve(name + "-images-idx3-ubyte"), images.array());
    Files.write(folder.resolve(name + "-labels-idx1-ubyte"), labels.array());
  }
}
