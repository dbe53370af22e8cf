package io.inscape.sequences;

import io.inscape.evolution.trails.Bundles;
import io.inscape.evolution.trails.Ink;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Bundled trails, at one strength.
///
/// @param strength from 0, straight, to 1
/// @param samples [trail][sample][dim] at that strength; not modified
/// @param perTrail how many samples each has
/// @param perSegment samples from one step to the next
/// @param ink what bundling did to the picture: `straight` and `bundled` are covered pixels,
///   `classRight` is the share of ink whose class can still be read, null without labels
@SuppressWarnings("ArrayRecordComponent") // written and drawn, never compared
public record BundledTrails(
    double strength,
    float[] samples,
    int perTrail,
    int perSegment,
    Map<String, @Nullable Object> ink) {
  static BundledTrails of(Bundles bundles, double strength, Optional<int[]> labels) {
    Ink ink = Ink.compare(bundles, strength, labels, Ink.RESOLUTION);
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("straight", ink.straight());
    map.put("bundled", ink.bundled());
    map.put("fall", ink.fall());
    map.put(
        "classRight",
        ink.classRight().isPresent() ? (Double) ink.classRight().getAsDouble() : null);
    return new BundledTrails(
        strength, bundles.at(strength), bundles.samples(), bundles.perSegment(), map);
  }

  /// {@return the trails for programs}
  Map<String, @Nullable Object> toMap() {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("strength", strength);
    map.put("samples", perTrail);
    map.put("perSegment", perSegment);
    map.put("ink", ink);
    return map;
  }
}
