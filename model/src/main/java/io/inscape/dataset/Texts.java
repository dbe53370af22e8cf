package io.inscape.dataset;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Observations that are texts, one line each, with what makes numbers of them; immutable, safe for
/// any number of threads.
public final class Texts implements Content {
  private final int count;
  private final int @Nullable [] chosen; // the observations that are at hand, ascending; all: null
  private final List<String> lines;
  private final Encoder encoder;

  /// Makes numbers of a text. Safe for any number of threads.
  public interface Encoder {
    /// {@return what it makes, such as `input_ids` and `attention_mask`, each of one length for all
    /// texts}
    List<Feed.Slot> slots();

    /// Encodes one text: cut or filled up to the length of the parts.
    ///
    /// @param text any
    /// @param target where the numbers go, part after part
    /// @param offset the index of the first number in the target
    void encode(String text, float[] target, int offset);

    /// {@return its rules, as the content of a `tokenizer.json`: what makes the same encoder
    /// elsewhere}
    String rules();
  }

  private Texts(int count, int @Nullable [] chosen, List<String> lines, Encoder encoder) {
    this.count = count;
    this.chosen = chosen;
    this.lines = lines;
    this.encoder = encoder;
  }

  /// Texts with their encoder.
  ///
  /// @param lines the texts; copied
  /// @param encoder makes numbers of them
  /// @return the observations
  public static Texts of(List<String> lines, Encoder encoder) {
    return new Texts(lines.size(), null, List.copyOf(lines), encoder);
  }

  /// Some texts of many, under the numbers that they have there.
  ///
  /// @param count how many there are
  /// @param chosen which are at hand, ascending, each in `[0, count)`; copied
  /// @param lines these texts; copied
  /// @param encoder makes numbers of them
  /// @return the observations; the others are refused when they are asked for
  /// @throws IllegalArgumentException if there is not one text for each that is chosen
  public static Texts chosen(int count, int[] chosen, List<String> lines, Encoder encoder) {
    if (chosen.length != lines.size()) {
      throw new IllegalArgumentException(
          "there must be a text for each of "
              + chosen.length
              + " observations, got "
              + lines.size());
    }
    return new Texts(count, chosen.clone(), List.copyOf(lines), encoder);
  }

  /// One set of texts followed by another.
  static Texts joined(Texts first, Texts second) {
    if (first.chosen != null || second.chosen != null) {
      throw new IllegalArgumentException("only whole sets of texts can be joined");
    }
    return of(
        java.util.stream.Stream.concat(first.lines.stream(), second.lines.stream()).toList(),
        first.encoder);
  }

  @Override
  public int count() {
    return count;
  }

  /// One text.
  ///
  /// @param observation which one, in `[0, count)`
  /// @return the text
  public String text(int observation) {
    Objects.checkIndex(observation, count);
    int place = chosen == null ? observation : Arrays.binarySearch(chosen, observation);
    if (place < 0) {
      throw new IllegalArgumentException(
          "observation " + observation + " is not among the " + lines.size() + " at hand");
    }
    return lines.get(place);
  }

  /// {@return what makes numbers of the texts}
  public Encoder encoder() {
    return encoder;
  }
}
