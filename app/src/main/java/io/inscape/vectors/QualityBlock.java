package io.inscape.vectors;

import io.inscape.quality.LayoutQuality;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The quality of a layout, as it is told: every figure with a line of explanation.
///
/// @param quality every figure by its flat name, as [LayoutQuality#toMap] has them
/// @param classNames the names of the classes; empty without labels
public record QualityBlock(Map<String, Object> quality, List<String> classNames) {
  private static final int MOST_CLASSES = 20; // in a table for a person

  /// Copies both.
  public QualityBlock {
    quality = Collections.unmodifiableMap(new LinkedHashMap<>(quality));
    classNames = List.copyOf(classNames);
  }

  /// The block of a layout that was judged.
  ///
  /// @param quality what was measured
  /// @param classNames the names of the classes; empty without labels
  /// @return the block
  public static QualityBlock of(LayoutQuality quality, List<String> classNames) {
    return new QualityBlock(quality.toMap(), classNames);
  }

  /// {@return the block for JSON}
  public Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>(quality);
    if (!classNames.isEmpty()) {
      map.put("classNames", classNames);
    }
    return map;
  }

  private double value(String name) {
    return Objects.requireNonNull(numberOf(name), name);
  }

  private @Nullable Double numberOf(String name) {
    return quality.get(name) instanceof Number number ? (Double) number.doubleValue() : null;
  }

  private long whole(String name) {
    return Math.round(value(name));
  }

  private List<Figure> figures() {
    List<Figure> figures = new ArrayList<>();
    if (numberOf("neighborhoodHit") != null) {
      addClasses(figures);
    }
    String nearest = "the " + whole("trustworthinessK") + " nearest";
    figures.add(
        new Figure(
            "trustworthiness",
            value("trustworthiness"),
            null,
            value("randomTrustworthiness"),
            "1 if " + nearest + " in the layout are near in the data: no false neighbors"));
    figures.add(
        new Figure(
            "continuity",
            value("continuity"),
            null,
            value("randomContinuity"),
            "1 if " + nearest + " in the data are near in the layout: no torn neighborhoods"));
    figures.add(
        new Figure(
            "neighborhood preservation",
            value("neighborhoodPreservation"),
            null,
            value("randomNeighborhoodPreservation"),
            "share of " + nearest + " that are the same in both"));
    addDistances(figures);
    return figures;
  }

  private void addClasses(List<Figure> figures) {
    figures.add(
        new Figure(
            "neighborhood hit",
            value("neighborhoodHit"),
            value("ownNeighborhoodHit"),
            value("baseline"),
            "share of a point's " + whole("k") + " nearest that have its class"));
    figures.add(
        new Figure(
            "distance consistency",
            value("distanceConsistency"),
            value("ownDistanceConsistency"),
            value("randomDistanceConsistency"),
            "share of points whose own class has the nearest center"));
  }

  private void addDistances(List<Figure> figures) {
    figures.add(
        new Figure(
            "Shepard goodness",
            value("shepardGoodness"),
            null,
            0.0,
            "rank correlation of the distances in data and layout; 1 is best"));
    figures.add(
        new Figure(
            "stress-1",
            value("stress1"),
            null,
            Math.sqrt(value("randomScaleOptimalStress")),
            "root of the next: error of the distances, layout scaled as fits best; 0 is best"));
    figures.add(
        new Figure(
            "stress, scale-optimal",
            value("scaleOptimalStress"),
            null,
            value("randomScaleOptimalStress"),
            "squared error of the distances over the squared distances"));
    figures.add(
        new Figure(
            "stress, max-normalized",
            value("maxNormalizedStress"),
            null,
            null,
            "the same after dividing both by their largest distance"));
    figures.add(
        new Figure(
            "stress, raw",
            value("rawStress"),
            null,
            null,
            "the same as the layout is; for methods that keep distances (PCA, MDS)"));
  }

  /// {@return the first figures in one line}
  String caption() {
    List<String> parts = new ArrayList<>();
    if (numberOf("neighborhoodHit") != null) {
      parts.add(
          "neighborhood hit "
              + number(value("neighborhoodHit"))
              + " (own space "
              + number(value("ownNeighborhoodHit"))
              + ")");
    }
    parts.add("trustworthiness " + number(value("trustworthiness")));
    return String.join(", ", parts);
  }

  /// {@return the block as lines of text}
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(
        Boolean.TRUE.equals(quality.get("exact"))
            ? "quality, all " + Words.count(whole("observations")) + " observations compared"
            : "quality, a sample of "
                + Words.count(whole("sampled"))
                + " of "
                + Words.count(whole("observations"))
                + " observations compared");
    TextTable table = new TextTable("", "layout", "own space", "at random", "");
    for (Figure figure : figures()) {
      table.add(
          figure.title(),
          number(figure.value()),
          number(figure.own()),
          number(figure.random()),
          figure.text());
    }
    lines.addAll(table.lines());
    addPerClass(lines);
    return lines;
  }

  private void addPerClass(List<String> lines) {
    if (classNames.size() < 2
        || classNames.size() > MOST_CLASSES
        || !(quality.get("neighborhoodHitPerClass") instanceof List<?> hits)
        || !(quality.get("ownNeighborhoodHitPerClass") instanceof List<?> own)) {
      return; // JSON has them all
    }
    lines.add("");
    TextTable table = new TextTable("neighborhood hit of class", "layout", "own space", "");
    for (int label = 0; label < classNames.size(); label++) {
      table.add(classNames.get(label), hit(hits, label), hit(own, label), "");
    }
    lines.addAll(table.lines());
  }

  /// A class that none of the sample has, has no figure.
  private static String hit(List<?> hits, int label) {
    return label < hits.size() && hits.get(label) instanceof Number value
        ? number(value.doubleValue())
        : "";
  }

  private static String number(@Nullable Double value) {
    return value == null ? "" : String.format(Locale.ROOT, "%.4f", value);
  }
}
