package io.inscape.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.inscape.matrix.Workers;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class ImagesTest {
  private static final ImageShape SHAPE = new ImageShape(1, 2, 3);

  private static void read(int observation, byte[] target, int offset) {
    for (int i = 0; i < SHAPE.size(); i++) {
      target[offset + i] = (byte) (7 * observation + i);
    }
  }

  private static Images stored(int count) {
    byte[] pixels = new byte[count * SHAPE.size()];
    for (int i = 0; i < count; i++) {
      read(i, pixels, i * SHAPE.size());
    }
    return Images.adopt(SHAPE, pixels);
  }

  @Test
  void allStoragesGiveTheSameImages() {
    Images stored = stored(40);
    int[] chosen = {39, 0, 7, 7};
    Pipeline pipeline = Pipeline.parse("scale,sobel");
    try (Workers workers = Workers.of(2)) {
      for (Images images :
          new Images[] {
            Images.read(SHAPE, 40, ImagesTest::read),
            Images.cached(SHAPE, 40, ImagesTest::read),
            Images.joined(Images.cached(SHAPE, 10, ImagesTest::read), stored.select(range(10, 40))),
            stored.select(range(0, 40))
          }) {
        assertThat(images.count()).isEqualTo(40);
        assertThat(images.toArray(chosen)).isEqualTo(stored.toArray(chosen));
        assertThat(pipeline.apply(images, chosen, workers).toArray())
            .isEqualTo(pipeline.apply(stored, chosen, workers).toArray());
        assertThat(Feed.of(images, pipeline).matrix(chosen, workers).toArray())
            .isEqualTo(Feed.of(stored, pipeline).matrix(chosen, workers).toArray());
        assertThat(InputStatistics.compute(images, "contrast", chosen))
            .isEqualTo(InputStatistics.compute(stored, "contrast", chosen));
      }
    }
  }

  @Test
  void joinsAndSelectsWithoutReading() {
    AtomicInteger reads = new AtomicInteger();
    Images counted =
        Images.cached(
            SHAPE,
            5,
            (observation, target, offset) -> {
              reads.incrementAndGet();
              read(observation, target, offset);
            });
    Images twice = Images.joined(counted.select(new int[] {4, 1}), counted);
    assertThat(twice.count()).isEqualTo(7);
    assertThat(reads).hasValue(0);
    assertThat(twice.toArray(new int[] {0, 6, 0}))
        .isEqualTo(stored(5).toArray(new int[] {4, 4, 4}));
    assertThat(reads).hasValue(1);
  }

  @Test
  void theCacheForgetsTheOneAskedForLongestAgo() {
    AtomicInteger reads = new AtomicInteger();
    Images.Reader reader =
        (observation, target, offset) -> {
          reads.incrementAndGet();
          read(observation, target, offset);
        };
    PixelCache cache = new PixelCache(SHAPE.size(), 3 * (SHAPE.size() + 96));
    for (int observation : new int[] {0, 1, 2, 0, 3, 0}) {
      assertThat(cache.get(observation, reader)[0]).isEqualTo((byte) (7 * observation));
    }
    assertThat(reads).hasValue(4);
    assertThat(cache.kept()).isEqualTo(3);
    cache.get(1, reader);
    assertThat(reads).hasValue(5);
    PixelCache none = new PixelCache(SHAPE.size(), 10);
    none.get(0, reader);
    assertThat(none.kept()).isZero();
  }

  @Test
  void refusesWhatDoesNotExist() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> stored(2).select(new int[] {2}))
        .withMessage("observation 2 does not exist; there are 2 images");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Images.read(SHAPE, -1, ImagesTest::read))
        .withMessage("there must be at least 0 images, got -1");
    Images large = Images.read(new ImageShape(3, 20_000, 20_000), 9, ImagesTest::read);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> large.toArray(range(0, 9)))
        .withMessage(
            "9 images of 3 x 20000 x 20000 take 10800000000 bytes, an array at most 2147483639;"
                + " ask for fewer at once");
  }

  private static int[] range(int from, int to) {
    return IntStream.range(from, to).toArray();
  }
}
