package io.inscape.vectors;

import io.inscape.dataset.Sample;
import io.inscape.matrix.Matrix;
import io.inscape.matrix.Progress;
import io.inscape.matrix.Workers;
import io.inscape.quality.NeighborhoodHit;
import io.inscape.quality.Trustworthiness;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// The quality of a layout, as it is told: every figure with a line of explanation.
///
/// @param observations how many there are
/// @param compared how many of them were compared with each other
/// @param figures what was measured
public record QualityBlock(int observations, int compared, List<Figure> figures) {
  /// Copies the figures.
  public QualityBlock {
    figures = List.copyOf(figures);
  }

  /// Measures a layout.
  ///
  /// @param input the data and, if known, their classes
  /// @param positions rows = the same observations, in the layout
  /// @param most how many observations are compared with each other at most
  /// @param workers do the arithmetic
  /// @param progress hears of stage `quality`
  /// @return the figures
  public static QualityBlock of(
      VectorInput input, Matrix positions, int most, Workers workers, Progress progress) {
    progress.report("quality", 0);
    int rows = input.matrix().rows();
    int[] sample = Sample.draw(rows, Math.min(rows, most), 0);
    Matrix data = input.matrix().selectRows(sample);
    Matrix layout = positions.selectRows(sample);
    List<Figure> figures = new ArrayList<>();
    input
        .classes()
        .ifPresent(classes -> {
          int[] labels = new int[sample.length];
          for (int i = 0; i < sample.length; i++) {
            labels[i] = classes[sample[i]];
          }
          int k = Math.min(6, sample.length - 1);
          if (k > 0) {
            figures.add(
                new Figure(
                    "neighborhoodHit",
                    "neighborhood hit",
                    NeighborhoodHit.of(layout, labels, k, workers).mean(),
                    NeighborhoodHit.of(data, labels, k, workers).mean(),
                    NeighborhoodHit.baseline(labels),
                    "how many of a point's " + k + " nearest have its class"));
          }
        });
    if (sample.length > 14) {
      figures.add(
          new Figure(
              "trustworthiness",
              "trustworthiness",
              Trustworthiness.of(data, layout, 7, workers).mean(),
              null,
              null,
              "1 when neighbours in the layout are neighbours in the data"));
    }
    return new QualityBlock(rows, sample.length, figures);
  }

  /// {@return the block for JSON}
  public Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("observations", observations);
    map.put("compared", compared);
    for (Figure figure : figures) {
      map.put(figure.name(), figure.value());
      if (figure.ownSpace() != null) {
        map.put(figure.name() + "OwnSpace", figure.ownSpace());
      }
      if (figure.baseline() != null) {
        map.put(figure.name() + "Baseline", figure.baseline());
      }
    }
    return map;
  }

  /// {@return the first figures in one line}
  String caption() {
    return figures.stream()
        .limit(3)
        .map(figure -> figure.title() + " " + Figure.number(figure.value()))
        .collect(Collectors.joining(", "));
  }

  /// {@return the block as lines of text}
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(
        compared == observations
            ? "quality, all " + TextTable.count(observations) + " observations compared"
            : "quality, a sample of "
                + TextTable.count(compared)
                + " of "
                + TextTable.count(observations)
                + " observations compared");
    TextTable table = new TextTable("", "layout", "own space", "at random", "");
    for (Figure figure : figures) {
      table.add(
          figure.title(),
          Figure.number(figure.value()),
          Figure.number(figure.ownSpace()),
          Figure.number(figure.baseline()),
          figure.text());
    }
    lines.addAll(table.lines());
    return lines;
  }
}
