package io.inscape.web.bring;

import io.inscape.study.run.ImportProgress;
import io.inscape.web.bring.Importer.Step;

/// Says how far an import is, in words for the person who waits.
final class ImportWords {
  private ImportWords() {}

  /// Such as `Run mlp, epoch 5 (2 of 10): measuring on test observations`.
  static Step of(ImportProgress.Step step) {
    String place = step.count() == 1 ? "" : " (" + step.number() + " of " + step.count() + ")";
    String message =
        "Run " + step.run() + ", epoch " + step.epoch() + place + ": " + doing(step.stage());
    return new Step(step.stage(), step.fraction(), step.epoch(), message);
  }

  private static String doing(String stage) {
    return switch (stage) {
      case "network" -> "reading the network";
      case "training images" -> "measuring on training observations";
      case "test images" -> "measuring on test observations";
      case "predictions" -> "predicting the sample";
      case "activations" -> "taking in the activations";
      default -> stage;
    };
  }
}
