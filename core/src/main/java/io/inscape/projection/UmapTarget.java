package io.inscape.projection;

/// Labels that a supervised UMAP shall keep together.
public final class UmapTarget {
  private final int[] labels;
  private final double weight;

  private UmapTarget(int[] labels, double weight) {
    this.labels = labels;
    this.weight = weight;
  }

  /// Labels with the usual weight, 0.5.
  ///
  /// @param labels one per observation; a negative one means that it is not known; copied
  /// @return the target
  public static UmapTarget of(int[] labels) {
    return of(labels, 0.5);
  }

  /// Labels with a weight.
  ///
  /// @param labels one per observation; a negative one means that it is not known; copied
  /// @param weight how much the labels count against the data, from 0 to 1
  /// @return the target
  /// @throws IllegalArgumentException if the weight is out of range
  public static UmapTarget of(int[] labels, double weight) {
    if (!(weight >= 0 && weight <= 1)) {
      throw new IllegalArgumentException("the weight of labels must be from 0 to 1, got " + weight);
    }
    return new UmapTarget(labels.clone(), weight);
  }

  /// The labels, once they fit the data; not to be modified.
  int[] labels(int observations) {
    if (labels.length != observations) {
      throw new IllegalArgumentException(
          "there must be one label per observation, "
              + observations
              + ", got "
              + labels.length
              + " labels");
    }
    return labels;
  }

  double weight() {
    return weight;
  }
}
