package io.inscape.dataset.table;

import io.inscape.dataset.InputException;
import io.inscape.dataset.Targets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/// Collects what a column says of each observation, and then tells what it is: classes, where it
/// holds texts or a few whole numbers, else numbers to be predicted.
public final class LabelCollector {
  /// What columns of labels are usually called.
  public static final List<String> USUAL = List.of("label", "class", "target", "y");

  /// So many different whole numbers are classes, whatever the number of observations.
  private static final int FEW = 10;

  /// So many are, where each stands for two observations or more.
  private static final int MOST_NUMBERED = 100;

  private static final int MOST_CLASSES = 10_000;

  /// Names that are whole numbers by size, before all others by name.
  private static final Comparator<String> BY_NAME =
      Comparator.comparingInt((String name) -> isWhole(name) ? 0 : 1)
          .thenComparingLong(name -> isWhole(name) ? Long.parseLong(name) : 0)
          .thenComparing(Comparator.naturalOrder());

  private final String path;
  private final String column;
  private final boolean texts;
  private final boolean guessed;
  private final Map<String, Integer> codes = new HashMap<>();
  private final List<String> names = new ArrayList<>();
  private final Growing train = new Growing();
  private final Growing test = new Growing();

  /// A collector.
  ///
  /// @param path of the table, for messages
  /// @param column its name, for messages
  /// @param texts whether the column holds anything that is no number
  /// @param guessed whether nobody said that these are labels
  public LabelCollector(String path, String column, boolean texts, boolean guessed) {
    this.path = path;
    this.column = column;
    this.texts = texts;
    this.guessed = guessed;
  }

  /// What was found out.
  ///
  /// @param classNames in the order of their numbers; empty where there are no classes
  /// @param train of the training part
  /// @param test of the test part
  public record Found(List<String> classNames, Targets train, Targets test) {
    /// Copies the names.
    public Found {
      classNames = List.copyOf(classNames);
    }
  }

  /// Adds the label of one more observation.
  ///
  /// @param row where it stands
  /// @param index of the column
  /// @param held whether the observation belongs to the test part
  /// @throws InputException when nothing stands there, or no number that fits
  public void add(Row row, int index, boolean held) {
    String text = texts ? row.text(index) : "";
    double number = texts ? 0 : row.number(index);
    if (texts ? row.missing(index) : Double.isNaN(number)) {
      throw InputException.malformed(
          path,
          row.place() + ", column '" + column + "'",
          "no label",
          "a label for each row",
          "fill it in, or take the row out");
    }
    if (!Float.isFinite((float) number)) {
      throw InputException.malformed(
          path,
          row.place() + ", column '" + column + "'",
          row.text(index),
          "numbers that 32 bits can hold, up to " + Float.MAX_VALUE,
          "scale the column first");
    }
    (held ? test : train).add(texts ? code(text) : number);
  }

  /// The labels of observations whose texts are all there already.
  ///
  /// @param path of the file, for messages
  /// @param train those of the training part
  /// @param test those of the test part
  /// @return what they are
  /// @throws InputException when there are too many classes, or a number does not fit
  public static Found of(String path, List<String> train, List<String> test) {
    boolean texts =
        Stream.concat(train.stream(), test.stream())
            .anyMatch(label -> Double.isNaN(Numbers.parse(label)));
    LabelCollector collector = new LabelCollector(path, "label", texts, false);
    train.forEach(label -> collector.add(label, false));
    test.forEach(label -> collector.add(label, true));
    return collector.found();
  }

  private void add(String label, boolean held) {
    double number = texts ? code(label) : Numbers.parse(label);
    if (!Float.isFinite((float) number)) {
      throw InputException.malformed(
          path, "a label", label, "numbers that 32 bits can hold", "scale the labels first");
    }
    (held ? test : train).add(number);
  }

  void add(double number, boolean held) {
    (held ? test : train).add(number);
  }

  private int code(String name) {
    Integer known = codes.get(name);
    if (known != null) {
      return known;
    }
    if (codes.size() == MOST_CLASSES) {
      throw tooMany("more than " + MOST_CLASSES, "at most " + MOST_CLASSES + " classes");
    }
    codes.put(name, names.size());
    names.add(name);
    return names.size() - 1;
  }

  private InputException tooMany(String found, String expected) {
    return InputException.unsupported(
        path,
        "column '" + column + "'",
        found + " different texts",
        expected,
        "name the column of the labels with --label, or take this one out");
  }

  /// {@return what all labels together are}
  public Found found() {
    return texts ? byName() : byNumber();
  }

  private Found byName() {
    long rows = (long) train.count + test.count;
    if (guessed && names.size() > FEW && 2L * names.size() > rows) {
      throw tooMany(Integer.toString(names.size()), "classes of several of the " + rows + " rows");
    }
    List<String> sorted = names.stream().sorted(BY_NAME).toList();
    Map<String, Integer> places = new HashMap<>();
    sorted.forEach(name -> places.put(name, places.size()));
    int[] place = names.stream().mapToInt(places::get).toArray();
    return new Found(
        sorted,
        train.classes(number -> place[(int) number]),
        test.classes(number -> place[(int) number]));
  }

  private Found byNumber() {
    TreeSet<Double> distinct = new TreeSet<>();
    boolean whole = train.collect(distinct) && test.collect(distinct);
    long rows = (long) train.count + test.count;
    int count = distinct.size();
    boolean classes = whole && (count <= FEW || (count <= MOST_NUMBERED && 2L * count <= rows));
    if (!classes) {
      return new Found(List.of(), train.values(), test.values());
    }
    double[] sorted = distinct.stream().mapToDouble(value -> value).toArray();
    return new Found(
        Arrays.stream(sorted).mapToObj(value -> Long.toString((long) value)).toList(),
        train.classes(number -> Arrays.binarySearch(sorted, number)),
        test.classes(number -> Arrays.binarySearch(sorted, number)));
  }

  private static boolean isWhole(String name) {
    return name.matches("-?\\d{1,18}");
  }

  /// Numbers that come one after the other.
  private static final class Growing {
    private double[] numbers = new double[64];
    private int count;

    /// From a number to a class.
    private interface Place {
      int of(double number);
    }

    void add(double number) {
      if (count == numbers.length) {
        numbers = Arrays.copyOf(numbers, 2 * count);
      }
      numbers[count++] = number + 0.0; // the negative zero is no number of its own
    }

    /// Adds the different numbers to a set while there are few.
    ///
    /// @return whether all are whole
    boolean collect(Set<Double> distinct) {
      for (int i = 0; i < count; i++) {
        if (numbers[i] != Math.rint(numbers[i])) {
          return false;
        }
        if (distinct.size() <= MOST_NUMBERED) {
          distinct.add(numbers[i]);
        }
      }
      return true;
    }

    Targets classes(Place place) {
      int[] classes = new int[count];
      for (int i = 0; i < count; i++) {
        classes[i] = place.of(numbers[i]);
      }
      return new Targets.Classes(classes);
    }

    Targets values() {
      float[] values = new float[count];
      for (int i = 0; i < count; i++) {
        values[i] = (float) numbers[i];
      }
      return new Targets.Values(values);
    }
  }
}
