package io.inscape.dataset;

import java.util.List;
import java.util.Objects;

/// Observations that are texts, one line each, with what makes numbers of them; immutable, safe for
/// any number of threads.
public final class Texts implements Content {
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
  }

  private Texts(List<String> lines, Encoder encoder) {
    this.lines = lines;
    this.encoder = encoder;
  }

  /// Texts with their encoder.
  ///
  /// @param lines the texts; copied
  /// @param encoder makes numbers of them
  /// @return the observations
  public static Texts of(List<String> lines, Encoder encoder) {
    return new Texts(List.copyOf(lines), encoder);
  }

  /// One set of texts followed by another.
  static Texts joined(Texts first, Texts second) {
    return new Texts(
        java.util.stream.Stream.concat(first.lines.stream(), second.lines.stream()).toList(),
        first.encoder);
  }

  @Override
  public int count() {
    return lines.size();
  }

  /// One text.
  ///
  /// @param observation which one, in `[0, count)`
  /// @return the text
  public String text(int observation) {
    return lines.get(Objects.checkIndex(observation, lines.size()));
  }

  /// {@return what makes numbers of the texts}
  public Encoder encoder() {
    return encoder;
  }
}
