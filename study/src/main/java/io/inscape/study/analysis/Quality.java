package io.inscape.study.analysis;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.inscape.quality.LayoutQuality;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;

/// How good a layout is: figures by name. Those that need labels are missing where there are none,
/// and results of older versions have fewer.
///
/// The first version called two of them otherwise, so both names are there: `ownNeighborhoodHit` is
/// `neighborhoodHitOwnSpace`, `baseline` is `neighborhoodHitBaseline`.
///
/// @param figures numbers, truth values and lists of them
public record Quality(@JsonValue Map<String, Object> figures) {
  /// What the first version called some figures, by their names now.
  public static final Map<String, String> FIRST_NAMES =
      Map.of(
          "ownNeighborhoodHit", "neighborhoodHitOwnSpace", "baseline", "neighborhoodHitBaseline");

  /// Copies the figures and gives those with two names both.
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public Quality {
    Map<String, Object> all = new LinkedHashMap<>(figures);
    FIRST_NAMES.forEach((now, before) -> {
      alias(all, now, before);
      alias(all, before, now);
    });
    figures = Collections.unmodifiableMap(all);
  }

  private static void alias(Map<String, Object> figures, String from, String to) {
    Object value = figures.get(from);
    if (value != null) {
      figures.putIfAbsent(to, value);
    }
  }

  /// A figure.
  ///
  /// @param name such as `neighborhoodHit`
  /// @return its value; empty where it was not measured, or is no number
  public OptionalDouble number(String name) {
    return figures.get(name) instanceof Number number
        ? OptionalDouble.of(number.doubleValue())
        : OptionalDouble.empty();
  }

  /// {@return mean share of an observation's k nearest in the layout that have its class, in [0,
  /// 1]; empty without labels}
  public OptionalDouble neighborhoodHit() {
    return number("neighborhoodHit");
  }

  /// {@return the same among the vectors that were projected}
  public OptionalDouble ownNeighborhoodHit() {
    return number("ownNeighborhoodHit");
  }

  /// {@return what a layout by chance would reach}
  public OptionalDouble baseline() {
    return number("baseline");
  }

  /// {@return trustworthiness of the layout, in [0, 1]}
  public OptionalDouble trustworthiness() {
    return number("trustworthiness");
  }

  /// What a layout's judgement says, without its columns.
  ///
  /// @param judged a layout's quality
  /// @return its figures
  public static Quality of(LayoutQuality judged) {
    return new Quality(judged.toMap());
  }
}
