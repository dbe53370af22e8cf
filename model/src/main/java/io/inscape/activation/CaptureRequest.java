package io.inscape.activation;

import io.inscape.dataset.Feed;
import io.inscape.network.Layer;
import io.inscape.network.Network;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;

/// What to capture.
///
/// @param network the network to run
/// @param layers the layers whose values are kept; at least one, each once, all of this network
/// @param feed the numbers that the network takes of each observation
/// @param observations which ones, in the order of the rows to write; copied
/// @param target the `.npy` file of each layer
@SuppressWarnings("ArrayRecordComponent") // copied in, copied out
public record CaptureRequest(
    Network network,
    List<Layer> layers,
    Feed feed,
    int[] observations,
    Function<Layer, Path> target) {
  /// Copies the collections.
  public CaptureRequest {
    layers = List.copyOf(layers);
    observations = observations.clone();
    if (layers.isEmpty()) {
      throw new IllegalArgumentException("a capture needs at least one layer");
    }
  }

  /// A capture that stays in memory, for [Capture#matrices].
  ///
  /// @param network the network to run
  /// @param layers the layers whose values are wanted; at least one, each once
  /// @param feed the numbers that the network takes of each observation
  /// @param observations which ones, in the order of the rows
  /// @return the request
  public static CaptureRequest inMemory(
      Network network, List<Layer> layers, Feed feed, int[] observations) {
    return new CaptureRequest(
        network,
        layers,
        feed,
        observations,
        layer -> {
          throw new IllegalStateException("no file is written for " + layer.name());
        });
  }

  /// {@return a copy of the chosen observations}
  @Override
  public int[] observations() {
    return observations.clone();
  }
}
