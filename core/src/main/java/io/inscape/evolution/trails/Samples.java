package io.inscape.evolution.trails;

/// The samples of all trails in pixels, `[trail * perTrail + sample]`: where they began, on the
/// straight trail, and where they are.
final class Samples {
  private final int perTrail;
  private final float[] startX;
  private final float[] startY;
  private final float[] x;
  private final float[] y;
  private final float[] lengths; // of the straight trails

  private Samples(int perTrail, float[] startX, float[] startY, float[] lengths) {
    this.perTrail = perTrail;
    this.startX = startX;
    this.startY = startY;
    this.x = startX.clone();
    this.y = startY.clone();
    this.lengths = lengths;
  }

  static Samples of(int perTrail, float[] startX, float[] startY) {
    float[] lengths = new float[startX.length / perTrail];
    for (int trail = 0; trail < lengths.length; trail++) {
      double sum = 0;
      for (int s = trail * perTrail; s < (trail + 1) * perTrail - 1; s++) {
        sum += Math.hypot(startX[s + 1] - startX[s], startY[s + 1] - startY[s]);
      }
      lengths[trail] = (float) sum;
    }
    return new Samples(perTrail, startX, startY, lengths);
  }

  int perTrail() {
    return perTrail;
  }

  float[] startX() {
    return startX;
  }

  float[] startY() {
    return startY;
  }

  float[] x() {
    return x;
  }

  float[] y() {
    return y;
  }

  /// Length of the straight trail.
  float length(int trail) {
    return lengths[trail];
  }

  /// The way from the sample before to the sample after, at an end from or to itself.
  double tangentX(int s) {
    return (double) x[after(s)] - x[before(s)];
  }

  double tangentY(int s) {
    return (double) y[after(s)] - y[before(s)];
  }

  /// Notes the first and last position of a trail, `[2 * sample + dim]`.
  void keepEnds(int trail, double[] moved) {
    int first = trail * perTrail;
    int last = first + perTrail - 1;
    moved[0] = x[first];
    moved[1] = y[first];
    moved[2 * perTrail - 2] = x[last];
    moved[2 * perTrail - 1] = y[last];
  }

  private int before(int s) {
    return s % perTrail == 0 ? s : s - 1;
  }

  private int after(int s) {
    return (s + 1) % perTrail == 0 ? s : s + 1;
  }
}
