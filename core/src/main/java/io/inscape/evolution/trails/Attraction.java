package io.inscape.evolution.trails;

import io.inscape.matrix.Workers;
import java.util.Arrays;

/// What draws a sample: one density of all samples, or four, one for each way along an axis.
///
/// With four, a sample whose trail runs in the direction `t` counts in the image of the axis `e` by
/// `max(0, t.e)^2` (which adds up to 1) and is drawn by that image by the same share: trails draw
/// those of their own direction and not at all those of the opposite one.
final class Attraction {
  private static final int WAYS = 4;

  private final Samples samples;
  private final Density[] densities;

  Attraction(Samples samples, Frame frame, Direction direction, Workers workers) {
    this.samples = samples;
    densities =
        new Density
            [switch (direction) {
              case MIXED -> 1;
              case SEPARATED -> WAYS;
            }];
    Arrays.setAll(densities, _ -> new Density(frame, workers));
  }

  /// Makes the images of some trails.
  void build(int firstTrail, int lastTrail, int radius) {
    int from = firstTrail * samples.perTrail();
    int to = lastTrail * samples.perTrail();
    for (int way = 0; way < densities.length; way++) {
      int axis = way;
      densities[way].build(
          samples.x(),
          samples.y(),
          from,
          to,
          densities.length == 1 ? _ -> 1 : s -> share(s, axis),
          radius);
    }
  }

  /// The slope of the density where a sample is, by x and by y, and the density.
  ///
  /// @param s the sample
  /// @param pull receives the three
  void at(int s, double[] pull) {
    Arrays.fill(pull, 0);
    float x = samples.x()[s];
    float y = samples.y()[s];
    for (int way = 0; way < densities.length; way++) {
      float share = densities.length == 1 ? 1 : share(s, way);
      if (share > 0) {
        pull[0] += share * densities[way].slopeX(x, y);
        pull[1] += share * densities[way].slopeY(x, y);
        pull[2] += share * densities[way].at(x, y);
      }
    }
  }

  private float share(int s, int way) {
    double tx = samples.tangentX(s);
    double ty = samples.tangentY(s);
    double squared = tx * tx + ty * ty;
    if (squared == 0) {
      return 1f / WAYS;
    }
    double part = (way & 1) == 0 ? tx : ty;
    double positive = Math.max(0, (way & 2) == 0 ? part : -part);
    return (float) (positive * positive / squared);
  }
}
