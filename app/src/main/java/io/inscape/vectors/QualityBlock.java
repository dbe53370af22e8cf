package io.inscape.vectors;

import io.inscape.matrix.Matrix;
import io.inscape.matrix.Progress;
import io.inscape.matrix.Workers;
import io.inscape.quality.ClassQuality;
import io.inscape.quality.DistanceQuality;
import io.inscape.quality.LayoutQuality;
import io.inscape.quality.NeighborQuality;
import io.inscape.quality.QualityParams;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The quality of a layout, as it is told: every figure with a line of explanation.
///
/// @param quality what was measured
/// @param classNames the names of the classes; empty without labels
public record QualityBlock(LayoutQuality quality, List<String> classNames) {
  private static final int MOST_CLASSES = 20; // in a table for a person

  /// Copies the names.
  public QualityBlock {
    classNames = List.copyOf(classNames);
  }

  /// Measures a layout.
  ///
  /// @param input the data and, if known, their classes
  /// @param positions rows = the same observations, in the layout
  /// @param params options
  /// @param workers do the arithmetic
  /// @param progress hears of stage `quality`
  /// @return the figures
  public static QualityBlock of(
      VectorInput input,
      Matrix positions,
      QualityParams params,
      Workers workers,
      Progress progress) {
    return new QualityBlock(
        LayoutQuality.of(input.matrix(), positions, input.classes(), params, workers, progress),
        input.classNames());
  }

  /// {@return the block for JSON}
  public Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>(quality.toMap());
    if (!classNames.isEmpty()) {
      map.put("classNames", classNames);
    }
    return map;
  }

  private List<Figure> figures() {
    List<Figure> figures = new ArrayList<>();
    quality.classes().ifPresent(classes -> addClasses(classes, figures));
    NeighborQuality neighbors = quality.neighbors();
    String nearest = "the " + neighbors.k() + " nearest";
    figures.add(
        new Figure(
            "trustworthiness",
            neighbors.trustworthiness(),
            null,
            neighbors.randomRank(),
            "1 if " + nearest + " in the layout are near in the data: no false neighbors"));
    figures.add(
        new Figure(
            "continuity",
            neighbors.continuity(),
            null,
            neighbors.randomRank(),
            "1 if " + nearest + " in the data are near in the layout: no torn neighborhoods"));
    figures.add(
        new Figure(
            "neighborhood preservation",
            neighbors.preservation(),
            null,
            neighbors.randomPreservation(),
            "share of " + nearest + " that are the same in both"));
    addDistances(quality.distances(), figures);
    return figures;
  }

  private void addClasses(ClassQuality classes, List<Figure> figures) {
    figures.add(
        new Figure(
            "neighborhood hit",
            classes.neighborhoodHit(),
            classes.ownNeighborhoodHit(),
            classes.randomNeighborhoodHit(),
            "share of a point's " + quality.k() + " nearest that have its class"));
    figures.add(
        new Figure(
            "distance consistency",
            classes.distanceConsistency(),
            classes.centroids().own(),
            classes.centroids().random(),
            "share of points whose own class has the nearest center"));
  }

  private static void addDistances(DistanceQuality distances, List<Figure> figures) {
    figures.add(
        new Figure(
            "Shepard goodness",
            distances.shepardGoodness(),
            null,
            0.0,
            "rank correlation of the distances in data and layout; 1 is best"));
    figures.add(
        new Figure(
            "stress-1",
            distances.stress1(),
            null,
            Math.sqrt(distances.randomStress()),
            "root of the next: error of the distances, layout scaled as fits best; 0 is best"));
    figures.add(
        new Figure(
            "stress, scale-optimal",
            distances.scaleOptimalStress(),
            null,
            distances.randomStress(),
            "squared error of the distances over the squared distances"));
    figures.add(
        new Figure(
            "stress, max-normalized",
            distances.maxNormalizedStress(),
            null,
            null,
            "the same after dividing both by their largest distance"));
    figures.add(
        new Figure(
            "stress, raw",
            distances.rawStress(),
            null,
            null,
            "the same as the layout is; for methods that keep distances (PCA, MDS)"));
  }

  /// {@return the first figures in one line}
  String caption() {
    List<String> parts = new ArrayList<>();
    quality
        .classes()
        .ifPresent(classes ->
            parts.add(
                "neighborhood hit "
                    + number(classes.neighborhoodHit())
                    + " (own space "
                    + number(classes.ownNeighborhoodHit())
                    + ")"));
    parts.add("trustworthiness " + number(quality.neighbors().trustworthiness()));
    return String.join(", ", parts);
  }

  /// {@return the block as lines of text}
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(
        quality.exact()
            ? "quality, all " + TextTable.count(quality.observations()) + " observations compared"
            : "quality, a sample of "
                + TextTable.count(quality.sampled())
                + " of "
                + TextTable.count(quality.observations())
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
    quality.classes().ifPresent(classes -> addPerClass(classes, lines));
    return lines;
  }

  private void addPerClass(ClassQuality classes, List<String> lines) {
    if (classNames.size() < 2 || classNames.size() > MOST_CLASSES) {
      return; // JSON has them all
    }
    lines.add("");
    TextTable table = new TextTable("neighborhood hit of class", "layout", "own space", "");
    for (int label = 0; label < classNames.size(); label++) {
      table.add(
          classNames.get(label),
          number(classes.perClass().get(label)),
          number(classes.ownPerClass().get(label)),
          "");
    }
    lines.addAll(table.lines());
  }

  private static String number(@Nullable Double value) {
    return value == null ? "" : String.format(Locale.ROOT, "%.4f", value);
  }
}
