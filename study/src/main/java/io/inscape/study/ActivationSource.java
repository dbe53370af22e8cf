package io.inscape.study;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Where the vectors of the study's observations come from.
public sealed interface ActivationSource {
  /// The name that stands for the data set itself.
  String INPUT = "input";

  /// {@return the source as JSON has it: run, epoch and layer, or the layer `input` alone}
  Map<String, Object> describe();

  /// The preprocessed pixels.
  record Input() implements ActivationSource {
    @Override
    public Map<String, Object> describe() {
      return Map.of("layer", INPUT);
    }
  }

  /// What a layer makes of them.
  ///
  /// @param run the run
  /// @param epoch a kept epoch, 0 for the untrained network
  /// @param layer the layer's name
  record Layer(String run, int epoch, String layer) implements ActivationSource {
    @Override
    public Map<String, Object> describe() {
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("run", run);
      fields.put("epoch", epoch);
      fields.put("layer", layer);
      return fields;
    }
  }

  /// A source from its parts.
  ///
  /// @param run the run; null for the input
  /// @param epoch a kept epoch; null for the input
  /// @param layer the layer's name, or `input` where there is no run
  /// @return the source
  /// @throws IllegalArgumentException if a part is missing or too many
  static ActivationSource of(@Nullable String run, @Nullable Integer epoch, String layer) {
    if (run == null && epoch == null && layer.equals(INPUT)) {
      return new Input();
    }
    if (run == null || epoch == null) {
      throw new IllegalArgumentException(
          "a source is a run, an epoch and a layer, or the layer \"input\" alone, got run "
              + run
              + ", epoch "
              + epoch
              + ", layer "
              + layer);
    }
    return new Layer(run, epoch, layer);
  }
}
