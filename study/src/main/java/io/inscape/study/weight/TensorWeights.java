package io.inscape.study.weight;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// One tensor after an epoch.
///
/// @param tensor its name in the graph
/// @param layer whose it is
/// @param kind `weights` or `biases`
/// @param shape the size of each axis
/// @param values what it holds
/// @param update the last step of the optimiser in the epoch, by which the values were reached;
///   null for the untrained network, and where nobody saw the training
/// @param ratio log10 of the update's standard deviation over the values'; null where there is no
///   update, or either has none
public record TensorWeights(
    String tensor,
    String layer,
    String kind,
    List<Long> shape,
    WeightFigures values,
    @Nullable WeightFigures update,
    @Nullable Double ratio) {
  /// Copies the shape.
  public TensorWeights {
    shape = List.copyOf(shape);
  }

  /// {@return what a person calls it, such as `fc1 weights`}
  public String title() {
    return layer + " " + kind;
  }

  static @Nullable Double ratio(WeightFigures values, @Nullable WeightFigures update) {
    if (update == null || update.deviation() == null || values.deviation() == null) {
      return null;
    }
    double ratio = Math.log10(update.deviation() / values.deviation());
    return Double.isFinite(ratio) ? ratio : null;
  }
}
