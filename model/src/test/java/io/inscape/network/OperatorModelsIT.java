package io.inscape.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.inscape.dataset.Feed;
import io.inscape.dataset.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/// Every model of ONNX's own operator tests goes through reading, layers and the executor: each
/// runs or is refused in a sentence, and the process lives on.
final class OperatorModelsIT {
  private static final Path FOLDER = Path.of("/usr/share/libonnx-testdata/data");

  @Test
  void everyOneRunsOrIsRefusedInASentence(TestReporter reporter) throws IOException {
    Assumptions.assumeTrue(Files.isDirectory(FOLDER), "no libonnx-testdata");
    List<Path> files;
    try (Stream<Path> all = Files.walk(FOLDER)) {
      files = all.filter(file -> file.toString().endsWith(".onnx")).sorted().toList();
    }
    Map<String, Integer> outcomes = new TreeMap<>();
    for (Path file : files) {
      outcomes.merge(outcome(file), 1, Integer::sum);
    }
    reporter.publishEntry(files.size() + " operator models", outcomes.toString());
    assertThat(files).hasSizeGreaterThan(500);
    assertThat(outcomes.getOrDefault("run", 0)).isGreaterThan(files.size() / 2);
  }

  private static String outcome(Path file) {
    Network network;
    try {
      network = Network.read(file);
    } catch (InputException refused) {
      return requireSentence(refused, "refused when read");
    }
    try {
      network.allLayers();
    } catch (InputException refused) {
      requireSentence(refused, "refused");
    }
    try {
      Binding binding = Binding.of(network, slots(network));
      int batch = binding.fixedBatch().orElse(2);
      List<String> values = network.values().stream().limit(1).toList();
      try (OnnxExecutor executor = OnnxExecutor.open(network, binding, values, 1)) {
        executor.run(new float[Math.multiplyExact(batch, binding.width())], batch);
        return "run";
      }
    } catch (InputException refused) {
      return requireSentence(refused, "refused to run");
    }
  }

  /// Parts that are as large as the inputs say, under their names.
  private static List<Feed.Slot> slots(Network network) {
    List<Feed.Slot> slots = new ArrayList<>();
    for (ValueInfo input : network.inputs()) {
      List<Integer> shape = new ArrayList<>();
      input.shape().orElse(List.of()).stream()
          .skip(1)
          .forEach(axis ->
              shape.add(axis instanceof Dimension.Fixed(long size) && size > 0 ? (int) size : 1));
      slots.add(new Feed.Slot(input.name(), shape));
    }
    return slots;
  }

  private static String requireSentence(InputException refused, String outcome) {
    assertThat(refused.getMessage()).isNotBlank().doesNotContain("\n");
    return outcome;
  }
}
