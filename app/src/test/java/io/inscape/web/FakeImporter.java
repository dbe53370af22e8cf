package io.inscape.web;

import io.inscape.dataset.InputException;
import io.inscape.small.SmallStudy;
import io.inscape.study.Study;
import io.inscape.study.StudyConfig;
import io.inscape.study.run.RunInfo;
import io.inscape.web.bring.ImportOrder;
import io.inscape.web.bring.Importer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/// An importer that remembers what it was asked, and does as the run's name says: `endless` goes on
/// until it is interrupted, `broken` fails, `fault` fails by our own fault.
final class FakeImporter implements Importer {
  final List<ImportOrder> orders = new CopyOnWriteArrayList<>();
  final CountDownLatch begun = new CountDownLatch(1);
  private final RunInfo run;

  /// @param run what every import makes
  FakeImporter(RunInfo run) {
    this.run = run;
  }

  @Override
  public Object look(ImportOrder order) {
    orders.add(order);
    return Map.of("ready", true, "problems", List.of());
  }

  @Override
  public Examples examples(ImportOrder order) {
    return new Examples(new float[] {0, 1, 2, 3, 4, 5, 6, 7}, new int[] {2, 1, 2, 2});
  }

  @Override
  public Object graph(ImportOrder order) {
    return Map.of("nodes", List.of());
  }

  @Override
  public Work prepare(ImportOrder order) {
    orders.add(order);
    String name = order.keeping().run().orElse(SmallStudy.RUN);
    return (settled, listener) -> {
      listener.report(new Step("test images", 0.5, 1, "halfway"));
      begun.countDown();
      switch (name) {
        case "endless" -> {
          waitForever();
          throw new CancellationException("interrupted");
        }
        case "broken" ->
            throw InputException.unsupported(
                "model.onnx", "operator", "Foo", "a known one", "export it again");
        case "fault" -> throw new IllegalStateException("a secret");
        default -> {
          settled.data().ifPresent(data -> make(settled.folder(), data));
          return run;
        }
      }
    };
  }

  private static void make(Path folder, String data) {
    Study.create(folder, StudyConfig.of("brought", data)).close();
  }

  private static void waitForever() {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  ImportOrder last() {
    return orders.getLast();
  }

  static boolean isThere(ImportOrder order) {
    return Files.exists(order.model().orElseThrow());
  }
}
