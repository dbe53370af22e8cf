package io.inscape.study.cluster;

import io.inscape.cluster.VisualClusters;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The clusters of one class in a layout.
///
/// @param label the class
/// @param name what it is called
/// @param observations how many it has
/// @param clusters what was found; null where it has too few to tell
/// @param effects how well each statistic of the input tells the clusters apart, by name; empty
///   where there is one cluster only
/// @param explained the statistic that explains them; null where none does
public record ClassSplit(
    int label,
    String name,
    int observations,
    @Nullable VisualClusters clusters,
    Map<String, Double> effects,
    @Nullable Explanation explained) {
  /// Copies the effects.
  public ClassSplit {
    effects = Collections.unmodifiableMap(new LinkedHashMap<>(effects));
  }

  /// The statistic of the input that tells the clusters of a class apart.
  ///
  /// @param statistic its name
  /// @param title as a person reads it
  /// @param effect probability of superiority: how often an observation of the one cluster has a
  ///   larger value than one of the other, ties counting half; from .5 to 1
  /// @param low mean value in the cluster with the lower ones
  /// @param high mean value in the cluster with the higher ones
  /// @param p how often chance does as well, corrected for all statistics and classes that were
  ///   tried
  /// @param lowCluster which cluster has the lower values
  /// @param highCluster which has the higher ones
  public record Explanation(
      String statistic,
      String title,
      double effect,
      double low,
      double high,
      double p,
      int lowCluster,
      int highCluster) {}

  /// {@return whether it has several clusters}
  public boolean split() {
    return clusters != null && clusters.count() > 1;
  }

  /// {@return it for JSON}
  Map<String, Object> toMap() {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("class", label);
    map.put("name", name);
    map.put("observations", observations);
    map.put("clusters", clusters == null ? null : clusters.count());
    if (clusters == null) {
      map.put("sizes", java.util.List.of());
      map.put(
          "why",
          observations
              + " observations are too few to tell clusters: at least "
              + VisualClusters.FEWEST
              + " are needed");
    } else {
      int[] sizes = clusters.sizes();
      map.put("sizes", Arrays.stream(sizes).boxed().toList());
      map.put("leftOver", observations - Arrays.stream(sizes).sum());
      map.put("separation", finite(clusters.separation()));
      map.put("limit", clusters.limit());
      map.put("silhouette", clusters.count() > 1 ? clusters.silhouette() : null);
    }
    map.put("statistics", effects);
    map.put("explained", explained);
    return Collections.unmodifiableMap(map);
  }

  private static @Nullable Double finite(double value) {
    return Double.isFinite(value) ? (Double) value : null;
  }
}
