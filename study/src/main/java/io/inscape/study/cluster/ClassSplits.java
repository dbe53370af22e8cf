package io.inscape.study.cluster;

import io.inscape.cluster.ClusterParams;
import io.inscape.cluster.SplitExplanation;
import io.inscape.cluster.VisualClusters;
import io.inscape.dataset.InputStatistic;
import io.inscape.dataset.InputStatistics;
import io.inscape.matrix.Matrix;
import io.inscape.matrix.Progress;
import io.inscape.matrix.Workers;
import io.inscape.study.Study;
import io.inscape.study.cluster.ClassSplit.Explanation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Finds the clusters of each class, and what explains them.
public final class ClassSplits {
  /// Of two observations drawn from the two clusters, the statistic must order this share alike: a
  /// weaker one may be no accident, but it is no explanation either.
  static final double LEAST_EFFECT = .75;

  /// The largest corrected p.
  static final double LARGEST_P = .01;

  private final Study study;
  private final ClusterParams params;
  private final Workers workers;
  private final List<InputStatistic> statistics;
  private final List<float[]> values = new ArrayList<>();

  private ClassSplits(Study study, ClusterParams params, Workers workers) {
    this.study = study;
    this.params = params;
    this.workers = workers;
    this.statistics = causesFirst(InputStatistics.of(study.content()));
    int[] sample = study.sample();
    for (InputStatistic statistic : statistics) {
      values.add(InputStatistics.compute(study.content(), statistic.name(), sample));
    }
  }

  /// Where polarity explains a split, luminance, ink and what is taken for stroke width follow from
  /// it, so that it is named if it does as well as they do.
  private static List<InputStatistic> causesFirst(List<InputStatistic> statistics) {
    List<InputStatistic> ordered = new ArrayList<>(statistics);
    ordered.sort(Comparator.comparing(statistic -> !statistic.name().equals("polarity"))); // stable
    return ordered;
  }

  /// Finds them.
  ///
  /// @param study whose observations the rows are, with labels
  /// @param layout rows = observations of the study's sample
  /// @param params when a gap counts
  /// @param workers do the arithmetic
  /// @param progress hears how far it is, in the stages `clusters` and `explanations`
  /// @return one for each class
  public static List<ClassSplit> find(
      Study study, Matrix layout, ClusterParams params, Workers workers, Progress progress) {
    return new ClassSplits(study, params, workers).find(layout, progress);
  }

  private List<ClassSplit> find(Matrix layout, Progress progress) {
    int[] labels = study.labels();
    int classes = study.info().dataset().classNames().size();
    List<int[]> rows = new ArrayList<>();
    List<@Nullable VisualClusters> found = new ArrayList<>();
    int split = 0;
    for (int label = 0; label < classes; label++) {
      progress.report("clusters", (double) label / classes);
      int[] members = members(labels, label);
      VisualClusters clusters =
          members.length < VisualClusters.FEWEST
              ? null
              : VisualClusters.find(layout.selectRows(members), params, workers);
      split += clusters != null && clusters.count() > 1 ? 1 : 0;
      rows.add(members);
      found.add(clusters);
    }
    List<ClassSplit> splits = new ArrayList<>();
    for (int label = 0; label < classes; label++) {
      progress.report("explanations", (double) label / classes);
      splits.add(explained(label, rows.get(label), found.get(label), split));
    }
    return splits;
  }

  private ClassSplit explained(
      int label, int[] rows, @Nullable VisualClusters clusters, int tried) {
    String name = study.info().dataset().classNames().get(label);
    if (clusters == null || clusters.count() == 1) {
      return new ClassSplit(label, name, rows.length, clusters, Map.of(), null);
    }
    List<float[]> figures = values.stream().map(all -> of(all, rows)).toList();
    SplitExplanation found =
        SplitExplanation.best(
            figures, clusters.cluster(), clusters.count(), params.seed() + label, workers);
    Map<String, Double> effects = new LinkedHashMap<>();
    for (int i = 0; i < statistics.size(); i++) {
      effects.put(statistics.get(i).name(), found.all().get(i).effect());
    }
    double p = Math.min(1, tried * found.p());
    boolean explains = found.effect().effect() >= LEAST_EFFECT && p <= LARGEST_P;
    return new ClassSplit(
        label,
        name,
        rows.length,
        clusters,
        effects,
        explains ? explanation(found, figures.get(found.figure()), clusters.cluster(), p) : null);
  }

  private Explanation explanation(SplitExplanation found, float[] figure, int[] cluster, double p) {
    InputStatistic statistic = statistics.get(found.figure());
    return new Explanation(
        statistic.name(),
        statistic.title(),
        found.effect().effect(),
        mean(figure, cluster, found.effect().low()),
        mean(figure, cluster, found.effect().high()),
        p,
        found.effect().low(),
        found.effect().high());
  }

  private static double mean(float[] figure, int[] cluster, int one) {
    double sum = 0;
    int count = 0;
    for (int at = 0; at < figure.length; at++) {
      if (cluster[at] == one) {
        sum += figure[at];
        count++;
      }
    }
    return sum / count;
  }

  private static float[] of(float[] all, int[] rows) {
    float[] some = new float[rows.length];
    for (int at = 0; at < rows.length; at++) {
      some[at] = all[rows[at]];
    }
    return some;
  }

  static int[] members(int[] labels, int label) {
    int[] rows = new int[labels.length];
    int count = 0;
    for (int row = 0; row < labels.length; row++) {
      if (labels[row] == label) {
        rows[count++] = row;
      }
    }
    return Arrays.copyOf(rows, count);
  }
}
