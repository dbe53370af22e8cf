package io.inscape.study.analysis;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.inscape.matrix.Matrix;
import io.inscape.matrix.Progress;
import io.inscape.matrix.Workers;
import io.inscape.quality.NeighborhoodHit;
import io.inscape.quality.Trustworthiness;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/// How good a layout is: figures by name. Those that need labels are missing where there are none,
/// and results of older versions have fewer.
///
/// The first version called two of them otherwise, so both names are there: `ownNeighborhoodHit` is
/// `neighborhoodHitOwnSpace`, `baseline` is `neighborhoodHitBaseline`.
///
/// @param figures numbers, truth values and lists of them
public record Quality(@JsonValue Map<String, Object> figures) {
  private static final int TRUSTWORTHINESS_K = 7;
  private static final Map<String, String> FIRST_NAMES =
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

  /// A quality with the numbers of each observation behind it.
  ///
  /// @param quality the figures
  /// @param columns numbers for each observation, by name
  record Judged(Quality quality, Map<String, float[]> columns) {}

  static Judged judge(
      Matrix data,
      Matrix positions,
      Optional<int[]> labels,
      int k,
      Workers workers,
      Progress progress) {
    Map<String, float[]> columns = new LinkedHashMap<>();
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("observations", data.rows());
    figures.put("sampled", data.rows());
    figures.put("exact", true);
    labels.ifPresent(classes -> {
      progress.report("neighborhood hit", 0);
      NeighborhoodHit hit = NeighborhoodHit.of(positions, classes, k, workers);
      figures.put("k", k);
      figures.put("neighborhoodHit", hit.mean());
      progress.report("neighborhood hit in the own space", 0.2);
      figures.put("ownNeighborhoodHit", NeighborhoodHit.of(data, classes, k, workers).mean());
      figures.put("baseline", NeighborhoodHit.baseline(classes));
      figures.put("neighborhoodHitPerClass", Arrays.stream(hit.perClass()).boxed().toList());
      columns.put("neighborhoodHit", hit.perObservation());
    });
    progress.report("trustworthiness", 0.5);
    Trustworthiness trust = Trustworthiness.of(data, positions, TRUSTWORTHINESS_K, workers);
    figures.put("trustworthinessK", TRUSTWORTHINESS_K);
    figures.put("trustworthiness", trust.mean());
    columns.put("trustworthiness", trust.perObservation());
    return new Judged(new Quality(figures), columns);
  }
}
