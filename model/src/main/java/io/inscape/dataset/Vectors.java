package io.inscape.dataset;

import io.inscape.matrix.Matrix;
import java.util.List;
import java.util.Objects;

/// Observations that are vectors of numbers, `[observation, feature]`, read from wherever they lie;
/// safe for any number of threads.
public final class Vectors implements Content {
  /// Reads parts of rows.
  @FunctionalInterface
  public interface Rows {
    /// Copies a part of one row. May be called by several threads at once.
    ///
    /// @param observation which row
    /// @param from the first feature
    /// @param to one past the last feature
    /// @param target where the numbers go
    /// @param offset the index of the first number in the target
    void copy(int observation, int from, int to, float[] target, int offset);
  }

  private final int count;
  private final int columns;
  private final Rows rows;
  private final List<String> columnNames; // empty where they have none
  private final List<Feed.Slot> slots;

  private Vectors(
      int count, int columns, Rows rows, List<String> columnNames, List<Feed.Slot> slots) {
    this.count = count;
    this.columns = columns;
    this.rows = rows;
    this.columnNames = List.copyOf(columnNames);
    this.slots = List.copyOf(slots);
  }

  /// Vectors from a reader.
  ///
  /// @param count how many observations, at least 1
  /// @param columns how many features each has, at least 1
  /// @param rows reads them; gives the same numbers each time
  /// @return the vectors
  /// @throws IllegalArgumentException when there are none
  public static Vectors of(int count, int columns, Rows rows) {
    if (count < 1 || columns < 1) {
      throw new IllegalArgumentException(
          "vectors need at least 1 observation and 1 feature, got " + count + " x " + columns);
    }
    return new Vectors(
        count, columns, rows, List.of(), List.of(new Feed.Slot("", List.of(columns))));
  }

  /// The same vectors with a name for each feature.
  ///
  /// @param names of the features, in their order
  /// @return the named vectors
  /// @throws IllegalArgumentException when there is another number of them
  public Vectors named(List<String> names) {
    if (names.size() != columns) {
      throw new IllegalArgumentException(
          "vectors of " + columns + " features need as many names, got " + names.size());
    }
    return new Vectors(count, columns, rows, names, slots);
  }

  /// The same vectors, each made of parts that a network takes by separate inputs.
  ///
  /// @param slots the parts, one after the other
  /// @return the vectors in parts
  /// @throws IllegalArgumentException when the parts have another size in all
  public Vectors inParts(List<Feed.Slot> slots) {
    long size = slots.stream().mapToLong(Feed.Slot::size).sum();
    if (size != columns) {
      throw new IllegalArgumentException(
          "vectors of " + columns + " features need parts of that size in all, got " + slots);
    }
    return new Vectors(count, columns, rows, columnNames, slots);
  }

  /// One set of vectors followed by another.
  static Vectors joined(Vectors first, Vectors second) {
    if (first.columns != second.columns) {
      throw new IllegalArgumentException(
          "vectors of one length can be joined, got " + first.columns + " and " + second.columns);
    }
    return new Vectors(
        Math.addExact(first.count, second.count),
        first.columns,
        (observation, from, to, target, offset) -> {
          boolean head = observation < first.count;
          (head ? first : second)
              .copy(head ? observation : observation - first.count, from, to, target, offset);
        },
        first.columnNames,
        first.slots);
  }

  @Override
  public int count() {
    return count;
  }

  /// {@return how many features each observation has}
  public int columns() {
    return columns;
  }

  /// {@return the name of each feature, in order; empty where they have none}
  public List<String> columnNames() {
    return columnNames;
  }

  /// {@return the parts that a network takes by separate inputs, one after the other; usually one
  /// without a name}
  public List<Feed.Slot> slots() {
    return slots;
  }

  /// Copies some features of one observation.
  ///
  /// @param observation which one, in `[0, count)`
  /// @param from the first feature, at least 0
  /// @param to one past the last, at most [#columns()]
  /// @param target where the numbers go
  /// @param offset the index of the first number in the target
  public void copy(int observation, int from, int to, float[] target, int offset) {
    Objects.checkIndex(observation, count);
    Objects.checkFromToIndex(from, to, columns);
    rows.copy(observation, from, to, target, offset);
  }

  /// Reads chosen observations for mathematics.
  ///
  /// @param observations which ones, each in `[0, count)`; not modified
  /// @return a matrix, rows = observations in the order asked for, columns = features
  /// @throws IllegalArgumentException when they do not fit an array, or one holds NaN or infinity
  public Matrix matrix(int[] observations) {
    return Matrix.filled(
        observations.length,
        columns,
        values -> {
          for (int i = 0; i < observations.length; i++) {
            copy(observations[i], 0, columns, values, i * columns);
          }
        });
  }
}
