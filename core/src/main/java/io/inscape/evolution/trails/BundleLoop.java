package io.inscape.evolution.trails;

import io.inscape.matrix.Workers;

/// Samples that move up the density of samples, round by round, and back towards the mean of their
/// neighbours on the trail.
///
/// All lengths are pixels of a [Frame]. A sample moves across its trail only, never along it, so
/// that it keeps its time; the first and the last sample of a trail never move.
final class BundleLoop {
  static final double LAST_KERNEL = 2; // pixels, as in CUBu
  private static final double LARGEST_STEP = 0.5; // of the kernel, as in CUBu
  private static final double FLAT = 1e-9; // a slope below this share of the density is rounding
  private static final double WINDOW = 0.03; // of a trail's samples, to each side
  private static final double LANE = 1.5; // last kernels that a direction keeps to its right
  private static final double MOST_LANE = 0.05; // of the trail's length
  private static final int TRAILS_PER_CHUNK = 64;

  private final Samples samples;
  private final Groups groups;
  private final BundleParams params;
  private final double kernel; // at the first iteration
  private final Attraction attraction;
  private final Workers workers;
  private int iteration;

  BundleLoop(Samples samples, Groups groups, Frame frame, BundleParams params, Workers workers) {
    this.samples = samples;
    this.groups = groups;
    this.params = params;
    this.workers = workers;
    kernel = firstKernel(params);
    attraction = new Attraction(samples, frame, params.direction(), workers);
  }

  /// Pixels around the layout that kernels and steps need.
  static int margin(BundleParams params) {
    return (int) Math.ceil(firstKernel(params)) + 4;
  }

  private static double firstKernel(BundleParams params) {
    return Math.max(LAST_KERNEL, params.kernel() * params.resolution());
  }

  /// One round: the kernel shrinks from round to round, by the same factor each time.
  void iterate() {
    double h = kernel * Math.pow(LAST_KERNEL / kernel, iteration / (double) params.iterations());
    int radius = (int) Math.round(h);
    for (int group = 0; group < groups.count(); group++) {
      int first = groups.from(group);
      int last = groups.to(group);
      attraction.build(first, last, radius);
      workers.forEachChunk(
          last - first,
          TRAILS_PER_CHUNK,
          (_, from, to) -> {
            double[] moved = new double[2 * samples.perTrail()];
            for (int trail = first + from; trail < first + to; trail++) {
              if (samples.length(trail) > 0) {
                advance(trail, h, radius, moved);
                smooth(trail, moved);
                limit(trail);
              }
            }
          });
    }
    iteration++;
  }

  /// Moves every trail to its right, the more the farther from its ends, so that opposite ways lie
  /// side by side.
  void separate() {
    workers.forEachChunk(
        groups.trails(),
        TRAILS_PER_CHUNK,
        (_, from, to) -> {
          double[] moved = new double[2 * samples.perTrail()];
          for (int trail = from; trail < to; trail++) {
            toTheRight(trail, moved);
          }
        });
  }

  private void advance(int trail, double h, int radius, double[] moved) {
    int count = samples.perTrail();
    int first = trail * count;
    double[] pull = new double[3];
    samples.keepEnds(trail, moved);
    for (int k = 1; k < count - 1; k++) {
      int s = first + k;
      attraction.at(s, pull);
      double slope = Math.hypot(pull[0], pull[1]);
      double dx = 0;
      double dy = 0;
      if (slope > FLAT * pull[2]) {
        double toMode = slope * (radius + 1) * (radius + 1) / (2 * pull[2]); // mean shift
        double step = Math.min(LARGEST_STEP * h, toMode) / slope;
        dx = step * pull[0];
        dy = step * pull[1];
        double tx = samples.tangentX(s);
        double ty = samples.tangentY(s);
        double squared = tx * tx + ty * ty;
        double along = squared > 0 ? (dx * tx + dy * ty) / squared : 0;
        dx -= along * tx;
        dy -= along * ty;
      }
      moved[2 * k] = samples.x()[s] + dx;
      moved[2 * k + 1] = samples.y()[s] + dy;
    }
  }

  private void smooth(int trail, double[] moved) {
    int count = samples.perTrail();
    int first = trail * count;
    int widest = Math.max(1, (int) Math.round(WINDOW * count));
    double share = params.smoothing();
    for (int k = 1; k < count - 1; k++) {
      int half = Math.min(widest, Math.min(k, count - 1 - k)); // symmetric: lines stay lines
      double sumX = 0;
      double sumY = 0;
      for (int j = k - half; j <= k + half; j++) {
        sumX += moved[2 * j];
        sumY += moved[2 * j + 1];
      }
      double meanX = sumX / (2 * half + 1);
      double meanY = sumY / (2 * half + 1);
      samples.x()[first + k] = (float) (moved[2 * k] + share * (meanX - moved[2 * k]));
      samples.y()[first + k] = (float) (moved[2 * k + 1] + share * (meanY - moved[2 * k + 1]));
    }
  }

  /// Brings samples back that went farther from the straight trail than they may.
  private void limit(int trail) {
    int first = trail * samples.perTrail();
    double most = params.reach() * samples.length(trail);
    for (int s = first + 1; s < first + samples.perTrail() - 1; s++) {
      double dx = samples.x()[s] - samples.startX()[s];
      double dy = samples.y()[s] - samples.startY()[s];
      double far = Math.hypot(dx, dy);
      if (far > most) {
        samples.x()[s] = (float) (samples.startX()[s] + dx * most / far);
        samples.y()[s] = (float) (samples.startY()[s] + dy * most / far);
      }
    }
  }

  private void toTheRight(int trail, double[] moved) {
    int count = samples.perTrail();
    int first = trail * count;
    double lane = Math.min(LANE * LAST_KERNEL, MOST_LANE * samples.length(trail));
    samples.keepEnds(trail, moved);
    for (int k = 1; k < count - 1; k++) {
      int s = first + k;
      double tx = samples.tangentX(s);
      double ty = samples.tangentY(s);
      double norm = Math.hypot(tx, ty);
      double profile = Math.pow(1 - 2 * Math.abs(k / (count - 1.0) - 0.5), 0.4);
      double shift = norm > 0 ? lane * profile / norm : 0;
      moved[2 * k] = samples.x()[s] + shift * ty;
      moved[2 * k + 1] = samples.y()[s] - shift * tx;
    }
    for (int k = 1; k < count - 1; k++) {
      samples.x()[first + k] = (float) moved[2 * k];
      samples.y()[first + k] = (float) moved[2 * k + 1];
    }
  }
}
