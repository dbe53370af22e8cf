package io.inscape.cluster;

import java.util.Arrays;
import java.util.Comparator;

/// The minimum spanning tree of points under mutual reachability: the largest of a distance and the
/// core distances of its two ends, so that a thin bridge between two groups is as long as it is
/// sparse.
///
/// Prim's method: quadratic time, no distance is kept.
final class SpanningTree {
  /// An edge between two points.
  record Edge(int one, int other, double length) {}

  private SpanningTree() {}

  /// {@return the edges, shortest first}
  static Edge[] edges(Points points, double[] core) {
    int count = points.count();
    boolean[] inside = new boolean[count];
    double[] nearest = new double[count];
    int[] from = new int[count];
    Arrays.fill(nearest, Double.POSITIVE_INFINITY);
    Edge[] edges = new Edge[Math.max(0, count - 1)];
    int current = 0;
    for (int edge = 0; edge < edges.length; edge++) {
      inside[current] = true;
      int next = -1;
      for (int point = 0; point < count; point++) {
        if (inside[point]) {
          continue;
        }
        double reach =
            Math.max(points.distance(current, point), Math.max(core[current], core[point]));
        if (reach < nearest[point]) {
          nearest[point] = reach;
          from[point] = current;
        }
        if (next < 0 || nearest[point] < nearest[next]) {
          next = point;
        }
      }
      edges[edge] = new Edge(from[next], next, nearest[next]);
      current = next;
    }
    Arrays.sort(edges, Comparator.comparingDouble(Edge::length)); // stable
    return edges;
  }
}
