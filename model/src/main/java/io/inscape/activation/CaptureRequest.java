package io.inscape.activation;

import io.inscape.dataset.Images;
import io.inscape.dataset.Pipeline;
import io.inscape.network.Layer;
import io.inscape.network.Network;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;

/// What to capture.
///
/// @param network the network to run
/// @param layers the layers whose values are kept; at least one, each once, all of this network
/// @param images where the observations come from
/// @param observations which images, in the order of the rows to write; copied
/// @param pipeline what is done to the pixels first
/// @param target the `.npy` file of each layer
@SuppressWarnings("ArrayRecordComponent") // copied in, copied out
public record CaptureRequest(
    Network network,
    List<Layer> layers,
    Images images,
    int[] observations,
    Pipeline pipeline,
    Function<Layer, Path> target) {
  /// Copies the collections.
  public CaptureRequest {
    layers = List.copyOf(layers);
    observations = observations.clone();
    if (layers.isEmpty()) {
      throw new IllegalArgumentException("a capture needs at least one layer");
    }
  }

  /// {@return a copy of the chosen observations}
  @Override
  public int[] observations() {
    return observations.clone();
  }
}
