package io.inscape.study;

import java.util.List;
import java.util.OptionalInt;

/// Activations to write to files.
///
/// @param run which run
/// @param epochs kept epochs; empty for all of them
/// @param layers names; empty for all layers
/// @param observations how many observations of the study's split, drawn with the study's seed;
///   empty for the study's sample
public record CaptureOrder(
    String run, List<Integer> epochs, List<String> layers, OptionalInt observations) {
  /// Copies the lists.
  public CaptureOrder {
    epochs = List.copyOf(epochs);
    layers = List.copyOf(layers);
  }
}
