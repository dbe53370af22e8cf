package io.inscape.study;

import io.inscape.dataset.Part;
import io.inscape.study.file.Digests;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;

/// Where everything lies in a study's folder.
record StudyFolder(Path root) {
  Path description() {
    return root.resolve("study.json");
  }

  Path sample() {
    return root.resolve("sample.npy");
  }

  Path sampleLabels() {
    return root.resolve("sample-labels.npy");
  }

  Path runs() {
    return root.resolve("runs");
  }

  Path run(String run) {
    return runs().resolve(run);
  }

  Path runFile(String run) {
    return run(run).resolve("run.json");
  }

  Path state(String run) {
    return run(run).resolve("resume.npz");
  }

  Path snapshot(String run, int epoch) {
    return run(run).resolve(epochName(epoch) + ".onnx");
  }

  Path predictions(String run, int epoch) {
    return run(run).resolve(epochName(epoch).replace("epoch", "predictions") + ".npy");
  }

  Path activations(String run, int epoch) {
    return root.resolve("activations").resolve(run).resolve(epochName(epoch));
  }

  /// Activations for another number of observations than the sample has.
  Path activations(String run, int epoch, Part split, int observations) {
    return root.resolve("activations")
        .resolve(run)
        .resolve(
            epochName(epoch) + "-" + split.name().toLowerCase(Locale.ROOT) + "-" + observations);
  }

  static String epochName(int epoch) {
    return String.format(Locale.ROOT, "epoch-%04d", epoch);
  }

  /// A layer's file: its name where that is a safe file name, otherwise one made from it that no
  /// other layer has.
  static String layerFile(String layer) {
    boolean safe = layer.matches("[A-Za-z0-9_][A-Za-z0-9._-]{0,99}") && !layer.contains(".tmp-");
    if (safe) {
      return layer + ".npy";
    }
    String readable = layer.replaceAll("[^A-Za-z0-9_-]", "_");
    String digest = Digests.of(layer.getBytes(StandardCharsets.UTF_8));
    return readable.substring(0, Math.min(60, readable.length()))
        + "-"
        + digest.substring(0, 12)
        + ".npy";
  }
}
