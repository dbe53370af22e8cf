package io.inscape.autograd;

import java.util.List;

/// What is wanted of a pass.
///
/// @param values names of the values to keep
/// @param gradients what the tape is kept for
/// @param masks what dropout keeps; [DropoutMask#NONE] for inference
public record PassRequest(List<String> values, Gradients gradients, DropoutMask masks) {
  /// Copies the names.
  public PassRequest {
    values = List.copyOf(values);
  }

  /// A pass without dropout.
  ///
  /// @param values names of the values to keep
  /// @param gradients what the tape is kept for
  /// @return the request
  public static PassRequest of(List<String> values, Gradients gradients) {
    return new PassRequest(values, gradients, DropoutMask.NONE);
  }
}
