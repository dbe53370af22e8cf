package io.inscape.snapshot;

import io.inscape.network.LayerTensor;
import io.inscape.weight.SampleDistance;
import java.util.LinkedHashMap;
import java.util.Map;

/// A tensor of two snapshots, compared.
///
/// @param one the first snapshot
/// @param other another
/// @param tensor of both
/// @param distance between its weights in the one and in the other
record Comparison(Snapshot one, Snapshot other, LayerTensor tensor, SampleDistance distance) {
  Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("one", one.title());
    map.put("other", other.title());
    map.put("tensor", tensor.name());
    map.put("kolmogorovSmirnov", distance.kolmogorovSmirnov());
    map.put("wasserstein", distance.wasserstein());
    return map;
  }
}
