package io.inscape.recipe;

import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/// The test accuracies in tables 1 and 2 of Cantareira et al. 2020.
final class PublishedAccuracy {
  private static final List<Integer> EPOCHS = List.of(5, 10, 100);
  private static final Map<String, List<Double>> MNIST =
      Map.of(
          "mlp", List.of(0.9812, 0.9823, 0.9841),
          "cnn", List.of(0.9933, 0.9952, 0.9954),
          "rmlp", List.of(0.9806, 0.9823, 0.9849));
  private static final Map<String, List<Double>> CIFAR_10 =
      Map.of(
          "mlp", List.of(0.3260, 0.3555, 0.2803),
          "cnn", List.of(0.6673, 0.7538, 0.7344));

  private PublishedAccuracy() {}

  /// @param dataset such as `mnist`
  /// @param architecture such as `mlp`
  static OptionalDouble of(String dataset, String architecture, int epoch) {
    Map<String, List<Double>> table =
        switch (dataset) {
          case "mnist" -> MNIST;
          case "cifar-10" -> CIFAR_10;
          default -> Map.of();
        };
    List<Double> row = table.get(architecture);
    int column = EPOCHS.indexOf(epoch);
    return row == null || column < 0 ? OptionalDouble.empty() : OptionalDouble.of(row.get(column));
  }

  /// {@return which table of the paper has a data set; empty where none has}
  static String table(String dataset) {
    return switch (dataset) {
      case "mnist" -> "Table 1";
      case "cifar-10" -> "Table 2";
      default -> "";
    };
  }
}
