package io.inscape.cluster;

import io.inscape.cluster.SpanningTree.Edge;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Joins points along a spanning tree, shortest edges first, and notes where two groups meet that
/// are both large enough to be clusters.
final class ClusterTree {
  private final double[] core;
  private final int least;
  private final double gap;
  private final int[] parent;
  private final List<List<Integer>> members = new ArrayList<>();
  private final List<List<List<Integer>>> apart =
      new ArrayList<>(); // none: one cluster, or too few
  private double narrowestSplit = Double.POSITIVE_INFINITY;
  private double widestRefused;

  /// @param core how far each point's k-th nearest is
  /// @param least points of a cluster
  /// @param gap how many times the usual core distance of the sparser group they must be apart
  ClusterTree(double[] core, int least, double gap) {
    this.core = core;
    this.least = least;
    this.gap = gap;
    this.parent = new int[core.length];
    for (int point = 0; point < core.length; point++) {
      parent[point] = point;
      members.add(new ArrayList<>(List.of(point)));
      apart.add(List.of());
    }
  }

  /// The clusters: the members of each, or of the only one all that are not far from all others.
  List<List<Integer>> clusters(Edge[] edges) {
    for (Edge edge : edges) {
      join(edge);
    }
    List<List<Integer>> split = apart.get(root(0));
    return split.isEmpty() ? List.of(together(edges)) : split;
  }

  /// How many times the usual core distance the clusters are apart: the narrowest gap that was
  /// taken for one; where there is one cluster only, the widest that was not.
  double separation() {
    return Double.isFinite(narrowestSplit) ? narrowestSplit : widestRefused;
  }

  private void join(Edge edge) {
    int one = root(edge.one());
    int other = root(edge.other());
    List<List<Integer>> clusters = new ArrayList<>(apart.get(one));
    clusters.addAll(apart.get(other));
    if (members.get(one).size() >= least && members.get(other).size() >= least) {
      clusters = meet(one, other, edge.length());
    }
    boolean first = members.get(one).size() >= members.get(other).size();
    int larger = first ? one : other;
    int smaller = first ? other : one;
    members.get(larger).addAll(members.get(smaller));
    members.set(smaller, List.of());
    parent[smaller] = larger;
    apart.set(larger, clusters);
  }

  /// The clusters of two groups of which each is large enough to be one.
  private List<List<Integer>> meet(int one, int other, double length) {
    double usual = Math.max(median(members.get(one)), median(members.get(other)));
    double separation = length == 0 ? 0 : length / usual; // infinite where the groups are points
    boolean within = !apart.get(one).isEmpty() || !apart.get(other).isEmpty();
    if (separation < gap && !within) {
      widestRefused = Math.max(widestRefused, separation);
      return List.of();
    }
    if (separation >= gap) {
      narrowestSplit = Math.min(narrowestSplit, separation);
    }
    List<List<Integer>> clusters = new ArrayList<>(clustersOf(one));
    clusters.addAll(clustersOf(other));
    return clusters;
  }

  private List<List<Integer>> clustersOf(int group) {
    List<List<Integer>> split = apart.get(group);
    return split.isEmpty() ? List.of(List.copyOf(members.get(group))) : split;
  }

  /// Everything that no gap separates from the rest.
  private List<Integer> together(Edge[] edges) {
    double limit = gap * median(members.get(root(0)));
    int[] group = new int[core.length];
    Arrays.setAll(group, point -> point);
    for (Edge edge : edges) {
      if (edge.length() <= limit) {
        group[find(group, edge.one())] = find(group, edge.other());
      }
    }
    int[] sizes = new int[core.length];
    for (int point = 0; point < core.length; point++) {
      sizes[find(group, point)]++;
    }
    List<Integer> kept = new ArrayList<>();
    for (int point = 0; point < core.length; point++) {
      if (sizes[find(group, point)] >= least) {
        kept.add(point);
      }
    }
    return kept;
  }

  private double median(List<Integer> points) {
    double[] values = new double[points.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = core[points.get(i)];
    }
    Arrays.sort(values);
    return values[values.length / 2];
  }

  private int root(int point) {
    return find(parent, point);
  }

  private static int find(int[] parent, int point) {
    int at = point;
    while (parent[at] != at) {
      parent[at] = parent[parent[at]];
      at = parent[at];
    }
    return at;
  }
}
