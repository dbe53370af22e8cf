package io.inscape.projection.umap;

import io.inscape.matrix.Workers;
import io.inscape.neighbors.Neighbors;
import java.util.Arrays;

/// Places new observations into a finished layout, whose points stay where they are.
///
/// Each starts at the mean of its neighbours, weighted by how strongly it belongs to them, and
/// descends on its own: pulled by those neighbours, pushed by random points of the layout.
public final class UmapPlacement {
  private static final int POINTS_PER_CHUNK = 4 * SweepBlock.POINTS;
  private static final double RATE_SHARE = 0.25; // of the learning rate of the descent

  private UmapPlacement() {}

  /// Places.
  ///
  /// @param found the neighbours of each new observation among those of the layout
  /// @param layout positions, `[observation * dimensions + dim]`; not modified
  /// @param curve the membership strengths of the layout
  /// @param settings of the layout's descent, with the epochs to be taken here
  /// @param localConnectivity of the layout's graph, at least 1
  /// @param workers do the arithmetic
  /// @return positions of the new observations
  public static float[] place(
      Neighbors found,
      float[] layout,
      MembershipCurve curve,
      DescentSettings settings,
      double localConnectivity,
      Workers workers) {
    int dimensions = settings.dimensions();
    int known = layout.length / dimensions;
    int count = found.observations();
    float[][] position = new float[dimensions][known + count];
    for (int at = 0; at < layout.length; at++) {
      position[at % dimensions][at / dimensions] = layout[at];
    }
    int k = found.k();
    int[] rowStart = new int[count + 1];
    Arrays.setAll(rowStart, i -> i * k);
    ClockedEdges edges = new ClockedEdges(rowStart, new int[count * k], new int[count * k]);
    // A new observation has no place of its own among its neighbours: one less is fully connected.
    Memberships memberships = new Memberships(found, localConnectivity - 1, workers);
    float[] strength = new float[k];
    for (int i = 0; i < count; i++) {
      memberships.of(i, strength);
      begin(found, i, strength, edges, position, known);
    }
    descend(position, known, curve, settings, edges, workers);
    float[] placed = new float[count * dimensions];
    for (int at = 0; at < placed.length; at++) {
      placed[at] = position[at % dimensions][known + at / dimensions];
    }
    return placed;
  }

  private static void begin(
      Neighbors found, int i, float[] strength, ClockedEdges edges, float[][] position, int known) {
    double sum = 0;
    float largest = 0;
    for (float one : strength) {
      sum += one;
      largest = Math.max(largest, one);
    }
    double[] mean = new double[position.length];
    for (int m = 0; m < strength.length; m++) {
      int neighbor = found.index(i, m);
      edges.partner()[i * strength.length + m] = neighbor;
      edges.rate()[i * strength.length + m] = ClockedEdges.rate((double) strength[m] / largest);
      for (int dim = 0; dim < mean.length; dim++) {
        mean[dim] += strength[m] / sum * position[dim][neighbor];
      }
    }
    for (int dim = 0; dim < mean.length; dim++) {
      position[dim][known + i] = (float) mean[dim];
    }
  }

  private static void descend(
      float[][] position,
      int known,
      MembershipCurve curve,
      DescentSettings settings,
      ClockedEdges edges,
      Workers workers) {
    int points = edges.rowStart().length - 1;
    for (int epoch = 0; epoch < settings.epochs(); epoch++) {
      double rate = RATE_SHARE * settings.learningRate() * (1 - (double) epoch / settings.epochs());
      Sweep sweep = Sweep.of(known, rate, curve, settings, settings.negativeSamples(), epoch);
      int time = epoch + 1;
      workers.forEachChunk(
          points,
          POINTS_PER_CHUNK,
          (_, first, last) -> {
            SweepBlock block = new SweepBlock(edges, sweep, position);
            for (int i = first; i < last; i += SweepBlock.POINTS) {
              // In place: partners are points of the layout only, and those do not move.
              block.move(i, Math.min(SweepBlock.POINTS, last - i), known + i, time, position);
            }
          });
    }
  }
}
