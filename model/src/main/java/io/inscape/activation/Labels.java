package io.inscape.activation;

import java.util.List;

/// The classes of observations, numbered from 0 in the order of the values that stand for them in
/// the file.
///
/// @param classes the class of each observation, an index into `names`; copied in and out
/// @param names the value of each class as a text, ascending; every one has an observation
@SuppressWarnings("ArrayRecordComponent") // copied in, copied out
public record Labels(int[] classes, List<String> names) {
  /// Copies the collections.
  public Labels {
    classes = classes.clone();
    names = List.copyOf(names);
  }

  /// {@return a copy of the class of each observation}
  @Override
  public int[] classes() {
    return classes.clone();
  }

  /// {@return how many observations there are}
  public int count() {
    return classes.length;
  }
}
