package io.inscape.matrix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class WorkersTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4})
  void visitsEveryItemOnce(int threads) {
    try (Workers workers = Workers.of(threads)) {
      for (int count : new int[] {0, 1, 6, 7, 8, 1000}) {
        AtomicIntegerArray visits = new AtomicIntegerArray(count);
        workers.forEachChunk(
            count,
            7,
            (chunk, from, to) -> {
              assertThat(from).isEqualTo(chunk * 7);
              for (int item = from; item < to; item++) {
                visits.incrementAndGet(item);
              }
            });
        for (int item = 0; item < count; item++) {
          assertThat(visits.get(item)).isEqualTo(1);
        }
      }
    }
  }

  @Test
  void sumsToTheSameBitsOnAnyNumberOfThreads() {
    double[] sums = new double[3];
    int at = 0;
    for (int threads : new int[] {1, 2, 4}) {
      try (Workers workers = Workers.of(threads)) {
        sums[at++] =
            workers.sumChunks(
                100_000,
                333,
                (from, to) -> {
                  double sum = 0;
                  for (int item = from; item < to; item++) {
                    sum += 1.0 / (item + 1);
                  }
                  return sum;
                });
      }
    }
    assertThat(sums[1]).isEqualTo(sums[0]);
    assertThat(sums[2]).isEqualTo(sums[0]);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void throwsWhatATaskThrowsAndGoesOnWorking(int threads) {
    try (Workers workers = Workers.of(threads)) {
      assertThatThrownBy(() ->
              workers.forEachChunk(
                  10,
                  1,
                  (chunk, _, _) -> {
                    if (chunk == 4) {
                      throw new ArithmeticException("chunk 4");
                    }
                  }))
          .isInstanceOf(ArithmeticException.class)
          .hasMessage("chunk 4");
      assertThat(workers.sumChunks(10, 1, (_, _) -> 1)).isEqualTo(10);
    }
  }

  @Test
  void allowsATaskToAskForChunks() {
    try (Workers workers = Workers.of(2)) {
      AtomicInteger items = new AtomicInteger();
      workers.forEachChunk(
          8,
          1,
          (_, _, _) -> workers.forEachChunk(5, 2, (_, from, to) -> items.addAndGet(to - from)));
      assertThat(items).hasValue(40);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void stopsWhenTheCallerIsInterrupted(int threads) {
    try (Workers workers = Workers.of(threads)) {
      Thread caller = Thread.currentThread();
      AtomicInteger ran = new AtomicInteger();
      assertThatThrownBy(() ->
              workers.forEachChunk(
                  1_000_000,
                  1,
                  (_, _, _) -> {
                    ran.incrementAndGet();
                    caller.interrupt();
                  }))
          .isInstanceOf(CancellationException.class);
      assertThat(Thread.interrupted()).isTrue();
      assertThat(ran.get()).isLessThan(1_000_000);
    }
  }

  @Test
  void refusesNoThreadsAndWorkAfterClosing() {
    assertThatThrownBy(() -> Workers.of(0)).hasMessage("workers need at least 1 thread, got 0");
    Workers workers = Workers.of(2);
    workers.close();
    workers.close();
    assertThatThrownBy(() -> workers.forEachChunk(1, 1, (_, _, _) -> {}))
        .isInstanceOf(IllegalStateException.class);
  }
}
