package io.inscape.dataset.picture;

import static org.assertj.core.api.Assertions.assertThat;

import io.inscape.dataset.DataRequest;
import io.inscape.dataset.Dataset;
import io.inscape.dataset.Images;
import io.inscape.dataset.Pipeline;
import io.inscape.dataset.source.Datasets;
import io.inscape.matrix.Workers;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A folder that is far larger than memory once it is unpacked, in a Java of its own with little.
final class ImageFolderMemoryIT {
  private static final int COUNT = 5000;
  private static final int READ = 800; // 600 MB of pixels

  @TempDir Path folder;

  @Test
  void fiveThousandLargeImagesFitIntoASmallHeap() throws IOException, InterruptedException {
    Path first = folder.resolve("a/0.png");
    Files.createDirectories(first.getParent());
    ImageIO.write(new BufferedImage(500, 500, BufferedImage.TYPE_INT_RGB), "png", first.toFile());
    byte[] content = Files.readAllBytes(first);
    for (int i = 1; i < COUNT; i++) {
      Files.write(folder.resolve("a/" + i + ".png"), content);
    }
    Path out = folder.resolve("../" + folder.getFileName() + ".out").normalize();
    try {
      Process java =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-Xmx256m",
                  "--add-modules=jdk.incubator.vector",
                  "-cp",
                  System.getProperty("java.class.path"),
                  Reading.class.getName(),
                  folder.toString())
              .redirectErrorStream(true)
              .redirectOutput(out.toFile())
              .start();
      assertThat(java.waitFor(10, TimeUnit.MINUTES)).isTrue();
      assertThat(java.exitValue()).as(Files.readString(out)).isZero();
    } finally {
      Files.deleteIfExists(out);
    }
  }

  /// What runs in the small Java.
  static final class Reading {
    private Reading() {}

    /// Opens a folder, as it is and fitted, and looks at many of its images.
    ///
    /// @param arguments the folder
    public static void main(String[] arguments) {
      Dataset plain = Datasets.open(arguments[0]);
      Dataset fitted =
          Datasets.open(DataRequest.of(arguments[0], Pipeline.parse("resize(64),scale")));
      read(plain.train().images());
      read(fitted.train().images());
    }

    private static void read(Images images) {
      try (Workers workers = Workers.of(2)) {
        workers.forEachChunk(
            READ,
            16,
            (_, from, to) -> {
              byte[] target = new byte[images.shape().size()];
              for (int i = from; i < to; i++) {
                images.copy(i, target, 0);
              }
            });
      }
    }
  }
}
