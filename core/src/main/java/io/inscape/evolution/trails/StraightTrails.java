package io.inscape.evolution.trails;

import io.inscape.evolution.LayoutSequence;

/// The polylines through the positions at the steps, with evenly spaced samples between any two.
///
/// @param layouts where the observations are
/// @param perSegment samples from one step to the next
record StraightTrails(LayoutSequence layouts, int perSegment) {
  int samples() {
    return (layouts.steps() - 1) * perSegment + 1;
  }

  /// A coordinate of a sample; at a step it is the layout's own value.
  float get(int trail, int sample, int dim) {
    int step = sample / perSegment;
    int past = sample - step * perSegment;
    float here = layouts.get(step, trail, dim);
    if (past == 0) {
      return here;
    }
    double next = layouts.get(step + 1, trail, dim);
    return (float) (here + (next - here) * past / perSegment);
  }

  /// {@return all samples, `[trail][sample][dim]`}
  float[] toArray() {
    int dimensions = layouts.dimensions();
    float[] values = new float[layouts.observations() * samples() * dimensions];
    int at = 0;
    for (int trail = 0; trail < layouts.observations(); trail++) {
      for (int sample = 0; sample < samples(); sample++) {
        for (int dim = 0; dim < dimensions; dim++) {
          values[at++] = get(trail, sample, dim);
        }
      }
    }
    return values;
  }

  /// The samples in pixels, trails in the order of their groups.
  Samples inPixels(Frame frame, Groups groups) {
    int count = samples();
    float[] x = new float[groups.trails() * count];
    float[] y = new float[x.length];
    int at = 0;
    for (int place = 0; place < groups.trails(); place++) {
      int trail = groups.trail(place);
      for (int sample = 0; sample < count; sample++) {
        x[at] = (float) frame.pixelX(get(trail, sample, 0));
        y[at++] = (float) frame.pixelY(get(trail, sample, 1));
      }
    }
    return Samples.of(count, x, y);
  }

  static void checkLabels(int[] labels, int trails) {
    if (labels.length != trails) {
      throw new IllegalArgumentException(
          "labels must be one per observation, got "
              + labels.length
              + " for "
              + trails
              + " observations");
    }
  }
}
