package io.inscape.study.place;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inscape.dataset.Feed;
import io.inscape.dataset.ImageShape;
import io.inscape.dataset.Images;
import io.inscape.dataset.Pipeline;
import io.inscape.network.Architecture;
import io.inscape.network.Architectures;
import io.inscape.network.Layer;
import io.inscape.network.Network;
import io.inscape.study.SmallStudies;
import io.inscape.study.Study;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
final class OpenNetworksTest {
  private static final ImageShape SMALL = new ImageShape(1, 8, 8);
  private static final List<String> NAMES = List.of("fc1");

  @TempDir private Path folder;

  private Path file(String name, long seed) throws IOException {
    Network network = Architectures.build(Architecture.RMLP, SMALL, 3, seed);
    return Files.write(folder.resolve(name), network.toBytes());
  }

  private static Feed feed(int seed) {
    byte[] pixels = new byte[SMALL.size()];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (seed * i);
    }
    return Feed.of(Images.of(SMALL, pixels), Pipeline.defaults());
  }

  private static List<Layer> chosen(Network network) {
    return List.of(network.layer("fc1"), network.layer("logits"));
  }

  private static List<Float> values(OpenNetworks open, Path file, Feed feed) {
    List<Float> values = new ArrayList<>();
    for (var row : open.run(file, NAMES, OpenNetworksTest::chosen, feed).rows()) {
      for (float value : row.toArray()) {
        values.add(value);
      }
    }
    return values;
  }

  @Test
  void aNetworkStaysOpenAndAnswersAsOneThatWasJustOpened() throws IOException {
    Path first = file("first.onnx", 1);
    try (OpenNetworks open = new OpenNetworks(1)) {
      for (int seed = 1; seed < 4; seed++) {
        try (OpenNetworks fresh = new OpenNetworks(1)) {
          assertThat(values(open, first, feed(seed))).isEqualTo(values(fresh, first, feed(seed)));
        }
      }
      assertThat(open.count()).isEqualTo(1);
      List<Float> before = values(open, first, feed(1));
      Files.delete(first);
      file("first.onnx", 2); // trained again under the same name
      Files.setLastModifiedTime(first, java.nio.file.attribute.FileTime.fromMillis(7));
      assertThat(values(open, first, feed(1))).isNotEqualTo(before);
    }
  }

  @Test
  void fewStayOpenAndNoneBehindTheStudy() throws IOException {
    OpenNetworks open = new OpenNetworks(1);
    for (int i = 0; i < 20; i++) {
      values(open, file("net" + i + ".onnx", i), feed(1));
    }
    assertThat(open.count()).isEqualTo(16);
    try (Study study = SmallStudies.create(folder)) {
      study.whenClosed(open::close);
      assertThat(open.count()).isEqualTo(16);
    }
    assertThat(open.count()).isZero();
    assertThatThrownBy(() -> values(open, folder.resolve("net1.onnx"), feed(1)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageEndingWith("is closed");
  }

  @Test
  void severalThreadsGetTheSameAnswers() throws Exception {
    List<Path> files = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      files.add(file("net" + i + ".onnx", i));
    }
    try (OpenNetworks open = new OpenNetworks(1);
        ExecutorService threads = Executors.newFixedThreadPool(4)) {
      List<List<Float>> expected = new ArrayList<>();
      for (Path file : files) {
        expected.add(values(open, file, feed(5)));
      }
      List<Future<List<Float>>> answers =
          IntStream.range(0, 60)
              .mapToObj(i -> threads.submit(() -> values(open, files.get(i % 3), feed(5))))
              .toList();
      for (int i = 0; i < answers.size(); i++) {
        assertThat(answers.get(i).get()).isEqualTo(expected.get(i % 3));
      }
    }
  }
}
