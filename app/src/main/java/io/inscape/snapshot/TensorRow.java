package io.inscape.snapshot;

import io.inscape.network.LayerTensor;
import io.inscape.weight.Distribution;
import io.inscape.weight.Histogram;
import io.inscape.weight.Summary;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One tensor of one snapshot, described.
///
/// @param snapshot whose tensor it is
/// @param tensor which
/// @param distribution of its weights
record TensorRow(Snapshot snapshot, LayerTensor tensor, Distribution distribution) {
  /// What tensors of several snapshots have in common.
  String key() {
    return tensor.name();
  }

  Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    Summary summary = distribution.summary();
    Histogram histogram = distribution.histogram();
    map.put("tensor", tensor.name());
    map.put("layer", tensor.layer());
    map.put("kind", tensor.kind().title());
    map.put("shape", tensor.shape());
    map.put("count", distribution.count());
    map.put("nan", distribution.nan());
    map.put("infinite", distribution.infinite());
    map.put("nearZero", distribution.nearZero());
    map.put("nearZeroShare", distribution.nearZeroShare());
    map.put("mean", summary == null ? null : summary.mean());
    map.put("variance", summary == null ? null : summary.variance());
    map.put("sd", summary == null ? null : summary.sd());
    map.put("min", summary == null ? null : summary.min());
    map.put("lowerQuartile", summary == null ? null : summary.lowerQuartile());
    map.put("median", summary == null ? null : summary.median());
    map.put("upperQuartile", summary == null ? null : summary.upperQuartile());
    map.put("max", summary == null ? null : summary.max());
    map.put("edges", histogram == null ? null : histogram.bins().edges());
    map.put("counts", histogram == null ? null : histogram.counts());
    return map;
  }

  String[] cells() {
    Summary summary = distribution.summary();
    return new String[] {
      tensor.title(),
      String.format(Locale.ROOT, "%,d", distribution.count()),
      number(summary == null ? null : summary.mean()),
      number(summary == null ? null : summary.sd()),
      number(summary == null ? null : (double) summary.min()),
      number(summary == null ? null : summary.lowerQuartile()),
      number(summary == null ? null : summary.median()),
      number(summary == null ? null : summary.upperQuartile()),
      number(summary == null ? null : (double) summary.max()),
      String.format(Locale.ROOT, "%.1f %%", 100 * distribution.nearZeroShare()),
      String.format(Locale.ROOT, "%,d", distribution.nan() + distribution.infinite()),
      tensor.name()
    };
  }

  private static String number(@Nullable Double value) {
    return value == null ? "-" : String.format(Locale.ROOT, "%.4g", value);
  }
}
