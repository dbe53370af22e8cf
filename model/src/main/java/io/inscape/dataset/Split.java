package io.inscape.dataset;

import java.util.Arrays;

/// Observations with what is known of each: the training or the test part of a data set; immutable.
public final class Split {
  private final Content content;
  private final Targets targets;
  private final int[] classes; // empty where there are none

  /// Puts images and classes together.
  ///
  /// @param images the images
  /// @param labels one class per image, at least 0; copied
  /// @throws IllegalArgumentException when the counts differ or a label is negative
  public Split(Images images, int[] labels) {
    this(images, new Targets.Classes(labels));
  }

  /// Puts observations and what is known of them together.
  ///
  /// @param content the observations
  /// @param targets what is known of each
  /// @throws IllegalArgumentException when the counts differ
  public Split(Content content, Targets targets) {
    if (content.count() != targets.count()) {
      throw new IllegalArgumentException(
          "a split needs one label per "
              + (content instanceof Images ? "image" : "observation")
              + ", got "
              + content.count()
              + " "
              + content.noun()
              + " and "
              + targets.count()
              + " labels");
    }
    this.content = content;
    this.targets = targets;
    this.classes = targets instanceof Targets.Classes known ? known.labels() : new int[0];
  }

  /// One split followed by another.
  static Split joined(Split first, Split second) {
    return new Split(
        Content.joined(first.content, second.content),
        Targets.joined(first.targets, second.targets));
  }

  /// {@return the observations}
  public Content content() {
    return content;
  }

  /// {@return what is known of each observation}
  public Targets targets() {
    return targets;
  }

  /// {@return the images}
  ///
  /// @throws IllegalArgumentException when the observations are none
  public Images images() {
    if (content instanceof Images images) {
      return images;
    }
    throw new IllegalArgumentException(
        "this needs a data set of images, but its observations are " + content.noun());
  }

  /// {@return how many observations there are}
  public int count() {
    return content.count();
  }

  /// {@return whether each observation has a class}
  public boolean labelled() {
    return targets instanceof Targets.Classes;
  }

  /// The class of one observation.
  ///
  /// @param observation which one, in `[0, count)`
  /// @return its class
  /// @throws IllegalArgumentException when there are no classes
  public int label(int observation) {
    requireClasses();
    return classes[observation];
  }

  /// {@return a copy of all labels, in the observations' order}
  ///
  /// @throws IllegalArgumentException when there are no classes
  public int[] labels() {
    requireClasses();
    return classes.clone();
  }

  /// The labels of chosen observations.
  ///
  /// @param observations which ones, each in `[0, count)`; not modified
  /// @return their classes, in the order asked for
  /// @throws IllegalArgumentException when there are no classes
  public int[] labels(int[] observations) {
    requireClasses();
    return Arrays.stream(observations).map(observation -> classes[observation]).toArray();
  }

  private void requireClasses() {
    if (!labelled()) {
      throw new IllegalArgumentException(
          "this needs a class for each observation, but the data set has "
              + (targets instanceof Targets.Values ? "numbers instead of classes" : "no labels"));
    }
  }
}
