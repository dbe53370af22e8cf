package io.inscape.projection.umap;

import io.inscape.matrix.Rng;
import io.inscape.matrix.Workers;
import java.util.Arrays;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/// Where the descent starts.
///
/// @param positions `[observation * dimensions + dim]`, each dimension from 0 to 10
/// @param kind how they were found, for a reader: `spectral`, `pca`, `random`, or why not as asked
/// @param components connected parts of the graph
@SuppressWarnings("ArrayRecordComponent") // handed over, never compared
public record StartLayout(float[] positions, String kind, int components) {
  private static final double EXTENT = 10;
  private static final double NOISE = 1e-4;
  private static final double CONVERGED = 1; // residual over the distance of the eigenvalue from 1
  private static final int MOST_PARTS = 5000;
  private static final double LEAST_RADIUS = 1e-3; // of a part, over the extent of all centres

  /// A start from given positions, such as principal components.
  ///
  /// @param graph the graph
  /// @param given `[observation * dimensions + dim]`; not modified
  /// @param dimensions 2 or 3
  /// @param seed of a little noise that tells equal observations apart
  /// @return the start
  public static StartLayout principal(FuzzyGraph graph, float[] given, int dimensions, long seed) {
    float[] positions = scaled(given.clone(), dimensions, seed);
    return new StartLayout(positions, "pca", parts(graph, new int[graph.vertices()]));
  }

  /// A start at random.
  ///
  /// @param graph the graph
  /// @param dimensions 2 or 3
  /// @param seed of the positions
  /// @return the start
  public static StartLayout random(FuzzyGraph graph, int dimensions, long seed) {
    int count = graph.vertices();
    float[] positions = new float[count * dimensions];
    RandomGenerator random = Rng.of(seed, "umap random start");
    for (int at = 0; at < positions.length; at++) {
      positions[at] = (float) (EXTENT * random.nextDouble());
    }
    return new StartLayout(positions, "random", parts(graph, new int[count]));
  }

  /// A start from the eigenvectors of the graph's normalised Laplacian.
  ///
  /// A graph in several parts has each part laid out by its own eigenvectors, around the mean of
  /// its principal components, and as wide as half the way to the next part; parts with too few
  /// points for eigenvectors are scattered. Where the eigenvectors of a connected graph cannot be
  /// found, or the graph is in more than 5,000 parts, the principal components are the start, and
  /// `kind` says so.
  ///
  /// @param graph the graph
  /// @param dimensions 2 or 3
  /// @param seed of the search for the eigenvectors and of a little noise
  /// @param principal gives the principal components, if need be
  /// @param workers do the arithmetic
  /// @return the start
  public static StartLayout spectral(
      FuzzyGraph graph, int dimensions, long seed, Supplier<float[]> principal, Workers workers) {
    int[] part = new int[graph.vertices()];
    int parts = parts(graph, part);
    if (parts > MOST_PARTS) {
      float[] positions = scaled(principal.get().clone(), dimensions, seed);
      return new StartLayout(positions, "pca (too many parts for spectral)", parts);
    }
    if (parts > 1) {
      float[] positions = scattered(graph, part, parts, dimensions, seed, principal.get(), workers);
      return new StartLayout(scaled(positions, dimensions, seed), "spectral", parts);
    }
    if (graph.vertices() <= dimensions + 1) {
      float[] positions = scaled(principal.get().clone(), dimensions, seed);
      return new StartLayout(positions, "pca (too few observations for spectral)", 1);
    }
    Spectrum spectrum = new Spectrum(graph, dimensions, seed, workers);
    if (!(spectrum.solve() <= CONVERGED)) {
      float[] positions = scaled(principal.get().clone(), dimensions, seed);
      return new StartLayout(positions, "pca (spectral did not converge)", 1);
    }
    return new StartLayout(scaled(spectrum.vectors(), dimensions, seed), "spectral", 1);
  }

  /// Numbers the connected parts in the order of their first vertex; returns how many there are.
  static int parts(FuzzyGraph graph, int[] part) {
    Arrays.fill(part, -1);
    int[] queue = new int[part.length];
    int parts = 0;
    for (int first = 0; first < part.length; first++) {
      if (part[first] < 0) {
        int filled = 0;
        queue[filled++] = first;
        part[first] = parts;
        for (int taken = 0; taken < filled; taken++) {
          int i = queue[taken];
          for (int at = graph.rowStart()[i]; at < graph.rowStart()[i + 1]; at++) {
            int j = graph.index()[at];
            if (part[j] < 0) {
              part[j] = parts;
              queue[filled++] = j;
            }
          }
        }
        parts++;
      }
    }
    return parts;
  }

  private static float[] scattered(
      FuzzyGraph graph,
      int[] part,
      int parts,
      int dimensions,
      long seed,
      float[] principal,
      Workers workers) {
    int[][] members = members(part, parts);
    double[][] centre = new double[parts][dimensions];
    for (int p = 0; p < parts; p++) {
      for (int i : members[p]) {
        for (int dim = 0; dim < dimensions; dim++) {
          centre[p][dim] += (double) principal[i * dimensions + dim] / members[p].length;
        }
      }
    }
    double extent = extent(centre);
    RandomGenerator random = Rng.of(seed, "umap parts");
    int[] number = new int[part.length];
    float[] positions = new float[principal.length];
    for (int p = 0; p < parts; p++) {
      double radius = Math.max(nearest(centre, p) / 2, LEAST_RADIUS * extent);
      float[] shape = shape(graph, members[p], number, dimensions, seed, random, workers);
      for (int m = 0; m < members[p].length; m++) {
        for (int dim = 0; dim < dimensions; dim++) {
          positions[members[p][m] * dimensions + dim] =
              (float) (centre[p][dim] + radius * shape[m * dimensions + dim]);
        }
      }
    }
    return positions;
  }

  /// One part's own layout within [-1, 1].
  private static float[] shape(
      FuzzyGraph graph,
      int[] members,
      int[] number,
      int dimensions,
      long seed,
      RandomGenerator random,
      Workers workers) {
    if (members.length > 2 * dimensions) {
      Spectrum spectrum = new Spectrum(graph.within(members, number), dimensions, seed, workers);
      if (spectrum.solve() <= CONVERGED) {
        float[] vectors = spectrum.vectors();
        float largest = 0;
        for (float value : vectors) {
          largest = Math.max(largest, Math.abs(value));
        }
        for (int at = 0; at < vectors.length && largest > 0; at++) {
          vectors[at] /= largest;
        }
        return vectors;
      }
    }
    float[] shape = new float[members.length * dimensions];
    for (int at = 0; at < shape.length; at++) {
      shape[at] = (float) (2 * random.nextDouble() - 1);
    }
    return shape;
  }

  private static int[][] members(int[] part, int parts) {
    int[] size = new int[parts];
    for (int p : part) {
      size[p]++;
    }
    int[][] members = new int[parts][];
    Arrays.setAll(members, p -> new int[size[p]]);
    int[] filled = new int[parts];
    for (int i = 0; i < part.length; i++) {
      members[part[i]][filled[part[i]]++] = i;
    }
    return members;
  }

  private static double extent(double[][] centre) {
    double largest = 0;
    for (double[] other : centre) {
      largest = Math.max(largest, distance(centre[0], other));
    }
    return largest;
  }

  private static double nearest(double[][] centre, int p) {
    double nearest = Double.POSITIVE_INFINITY;
    for (int other = 0; other < centre.length; other++) {
      if (other != p) {
        nearest = Math.min(nearest, distance(centre[p], centre[other]));
      }
    }
    return nearest;
  }

  private static double distance(double[] a, double[] b) {
    double squared = 0;
    for (int dim = 0; dim < a.length; dim++) {
      squared += (a[dim] - b[dim]) * (a[dim] - b[dim]);
    }
    return Math.sqrt(squared);
  }

  /// Adds noise of a hundred-thousandth of the extent, and makes each dimension run from 0 to 10.
  private static float[] scaled(float[] positions, int dimensions, long seed) {
    float largest = 0;
    for (float value : positions) {
      largest = Math.max(largest, Math.abs(value));
    }
    double scale = largest > 0 ? EXTENT / largest : 0;
    RandomGenerator random = Rng.of(seed, "umap noise");
    double[] low = new double[dimensions];
    double[] high = new double[dimensions];
    Arrays.fill(low, Double.POSITIVE_INFINITY);
    Arrays.fill(high, Double.NEGATIVE_INFINITY);
    for (int at = 0; at < positions.length; at++) {
      double value = positions[at] * scale + NOISE * random.nextGaussian();
      positions[at] = (float) value;
      low[at % dimensions] = Math.min(low[at % dimensions], positions[at]);
      high[at % dimensions] = Math.max(high[at % dimensions], positions[at]);
    }
    for (int at = 0; at < positions.length; at++) {
      int dim = at % dimensions;
      double range = high[dim] - low[dim];
      positions[at] = range > 0 ? (float) (EXTENT * (positions[at] - low[dim]) / range) : 0;
    }
    return positions;
  }
}
