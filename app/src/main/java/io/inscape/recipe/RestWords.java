package io.inscape.recipe;

import io.inscape.study.run.RunInfo;
import io.inscape.training.EpochMetrics;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Whether layers after the first add anything: the reduced network beside the whole one, and what
/// linear probes find in each layer.
///
/// @param findings what came out
/// @param epochs how long was trained
record RestWords(Cantareira2020.Findings findings, int epochs) {
  String markdown() {
    StringBuilder text =
        new StringBuilder(
            """
            The paper concludes from figure 4 that the perceptron's later layers are unnecessary on MNIST, and trains one with the
            first hidden layer only (rMLP).

            """);
    reduced(text);
    if (findings.probes().isEmpty()) {
      layers(text);
    } else {
      findings.probes().forEach(probed -> probed(text, probed));
    }
    return text.toString();
  }

  private void reduced(StringBuilder text) {
    Optional<RunInfo> whole = run("mlp");
    Optional<RunInfo> reduced = run("rmlp");
    if (whole.isPresent() && reduced.isPresent()) {
      double difference = accuracy(reduced.get()) - accuracy(whole.get());
      text.append(
          String.format(
              Locale.ROOT,
              "With %,d parameters instead of %,d, rmlp is right on %.2f %% of the test images, mlp on %.2f %%: %+.2f points.%n%n",
              reduced.get().parameterCount(),
              whole.get().parameterCount(),
              100 * accuracy(reduced.get()),
              100 * accuracy(whole.get()),
              100 * difference));
    }
  }

  private Optional<RunInfo> run(String architecture) {
    return findings.runs().stream()
        .filter(run -> run.architecture().equals(architecture) && !run.shuffledLabels())
        .findFirst();
  }

  private double accuracy(RunInfo run) {
    return run.metrics().stream()
        .filter(metrics -> metrics.epoch() == epochs)
        .mapToDouble(EpochMetrics::testAccuracy)
        .findFirst()
        .orElse(Double.NaN);
  }

  /// The neighborhood hit of the layers' own spaces, where nothing was probed.
  private void layers(StringBuilder text) {
    for (LearningSpace space : findings.overLayers()) {
      text.append("* ").append(space.title()).append(", neighborhood hit in the own space: ");
      List<String> layers =
          space.steps().stream()
              .map(step -> step.get("name") + " " + percent(step.get("ownNeighborhoodHit")))
              .toList();
      text.append(String.join(", ", layers)).append('\n');
    }
    text.append('\n');
  }

  private static void probed(StringBuilder text, Cantareira2020.Probed probed) {
    if (!(probed.report().get("layers") instanceof List<?> layers)) {
      return;
    }
    text.append("| ")
        .append(probed.run())
        .append(", layer | units | linear probe, test | linear probe, training | NH own |\n");
    text.append("|---|--:|--:|--:|--:|\n");
    for (Object layer : layers) {
      if (layer instanceof Map<?, ?> found) {
        text.append("| ").append(found.get("layer")).append(" | ").append(found.get("units"));
        for (String name : List.of("accuracy", "trainAccuracy", "ownNeighborhoodHit")) {
          text.append(" | ").append(percent(found.get(name)));
        }
        text.append(" |\n");
      }
    }
    Object advice = probed.report().get("advice");
    text.append('\n').append(advice == null ? "" : advice + "\n\n");
  }

  private static String percent(@Nullable Object value) {
    return value instanceof Number number ? Projector.percent(number.doubleValue()) : "-";
  }
}
