package io.inscape.study.role;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The weights that a unit hears by.
///
/// @param layer of the unit
/// @param operator that makes the layer, such as `Gemm`
/// @param senders how many weights there are; 0 where the layer has none of its own
/// @param shape of an image of the weights, `[row, col]` or `[channel, row, col]`, where they come
///   from the input or are a kernel; else null
/// @param weights one for each sender, a kernel's `[channel, row, col]`
/// @param bias what is added; null where there is none
/// @param strongest the ten of the largest absolute weight, where the sender is a layer; of a
///   kernel the strongest weight of each channel
/// @param sender the layer that is heard, or `input`; null where that is not one value
/// @param senderPooling the pooling in which `strongest` counts the sender's units, where it has
///   maps; else null
/// @param why there are no weights; null where there are
public record IncomingWeights(
    String layer,
    String operator,
    int senders,
    @Nullable List<Integer> shape,
    List<Float> weights,
    @Nullable Float bias,
    List<Strongest> strongest,
    @Nullable String sender,
    @Nullable String senderPooling,
    @Nullable String why) {
  /// Copies the lists.
  public IncomingWeights {
    shape = shape == null ? null : List.copyOf(shape);
    weights = List.copyOf(weights);
    strongest = List.copyOf(strongest);
  }

  /// A sender with a large weight.
  ///
  /// @param unit of the sending layer; of a kernel the channel
  /// @param weight its weight
  public record Strongest(int unit, float weight) {}
}
