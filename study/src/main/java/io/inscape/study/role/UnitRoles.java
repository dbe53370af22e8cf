package io.inscape.study.role;

import io.inscape.matrix.Matrix;
import io.inscape.matrix.Progress;
import io.inscape.matrix.Workers;
import io.inscape.neuron.Perplexity;
import io.inscape.neuron.SubsetMeans;
import io.inscape.neuron.UnitFigures;
import io.inscape.neuron.UnitFlags;
import io.inscape.neuron.UnitProfile;
import io.inscape.study.Study;
import io.inscape.study.unit.UnitActivations;
import io.inscape.study.unit.UnitSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Answers what is asked of the units of a study's layers. Safe for use by several threads.
///
/// Sources need not be resolved. Each question refuses with a
/// [StudyException][io.inscape.study.file.StudyException] a run or epoch that is not there, and
/// with an `IllegalArgumentException` a layer or unit that is not there and activations that are no
/// finite numbers, naming layer and epoch.
public final class UnitRoles {
  /// The most subsets in one question.
  public static final int MOST_SUBSETS = 64;

  /// Whoever has more pairs than this needs no list of them.
  private static final int MOST_PAIRS = 1_000;

  private final Study study;
  private final Workers workers;
  private final KeptActivations kept;

  /// The units of a study.
  ///
  /// @param study that has them
  /// @param workers do the arithmetic
  public UnitRoles(Study study, Workers workers) {
    this.study = study;
    this.workers = workers;
    this.kept = new KeptActivations(study, workers);
  }

  /// Figures of every unit.
  ///
  /// @param source which units
  /// @return mean, deviation, min, max and frequency, `[5, unit]`
  public float[] figures(UnitSource source) {
    return UnitFigures.of(activations(source), workers).toArray();
  }

  /// Units that tell nothing.
  ///
  /// @param source which units
  /// @return as JSON has it: units, pooling, shape, dead, alwaysOn, duplicates (at most 1,000
  ///   pairs), duplicateCount (null where they were not compared)
  public Map<String, Object> flags(UnitSource source) {
    UnitSource resolved = source.resolve(study);
    Matrix activations = kept.get(resolved);
    UnitFlags flags =
        UnitFlags.of(activations, LowestValues.of(study, resolved, activations, workers), workers);
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("units", activations.cols());
    fields.put("pooling", resolved.chosen().label());
    fields.put("shape", resolved.info(study).shape());
    fields.put("dead", flags.dead());
    fields.put("alwaysOn", flags.alwaysOn());
    List<UnitFlags.Pair> pairs = flags.duplicates();
    fields.put(
        "duplicates",
        pairs.subList(0, Math.min(MOST_PAIRS, pairs.size())).stream()
            .map(pair -> List.of(pair.first(), pair.second()))
            .toList());
    fields.put("duplicateCount", flags.compared() ? (Integer) pairs.size() : null);
    return fields;
  }

  /// The activations of one unit, as they are stored.
  ///
  /// @param source which units
  /// @param unit one of them
  /// @return one for each observation
  public float[] activation(UnitSource source, int unit) {
    return UnitActivations.column(study, source.resolve(study), unit, workers, Progress.none());
  }

  /// What one unit does.
  ///
  /// @param source which units
  /// @param unit one of them
  /// @return as JSON has it, see `docs/http.md`
  public Map<String, Object> profile(UnitSource source, int unit) {
    UnitSource resolved = source.resolve(study);
    UnitActivations.requireUnit(study, resolved, unit);
    UnitFigures figures = UnitFigures.of(kept.get(resolved), workers);
    int classes = study.info().dataset().classNames().size();
    UnitProfile profile = UnitProfile.of(figures.activations(unit), study.labels(), classes);
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("unit", unit);
    fields.put("mean", figures.mean(unit));
    fields.put("deviation", figures.deviation(unit));
    fields.put("min", figures.min(unit));
    fields.put("max", figures.max(unit));
    fields.put("frequency", figures.frequency(unit));
    fields.put("dead", figures.dead(unit));
    fields.put("classMean", profile.classMean());
    fields.put("classDeviation", profile.classDeviation());
    fields.put("best", profile.best());
    Map<String, Object> histogram = new LinkedHashMap<>();
    histogram.put("low", profile.low());
    histogram.put("high", profile.high());
    histogram.put("counts", profile.counts());
    fields.put("histogram", histogram);
    fields.put("top", profile.top());
    fields.put("low", profile.bottom());
    fields.put("observations", study.count());
    return fields;
  }

  /// What a unit hears, and how strongly.
  ///
  /// @param source which units
  /// @param unit one of them
  /// @return its weights
  public IncomingWeights incoming(UnitSource source, int unit) {
    UnitSource resolved = source.resolve(study);
    UnitActivations.requireUnit(study, resolved, unit);
    return IncomingReader.read(study, resolved, unit);
  }

  /// Means over subsets of the observations.
  ///
  /// @param source which units
  /// @param subsets at least one, at most 64
  /// @return `[subset, unit]`, exact to 1e-6
  /// @throws IllegalArgumentException if there are none or too many
  public float[] means(UnitSource source, List<ObservationSubset> subsets) {
    if (subsets.isEmpty() || subsets.size() > MOST_SUBSETS) {
      throw new IllegalArgumentException(
          "subsets must be 1 to " + MOST_SUBSETS + ", got " + subsets.size());
    }
    return SubsetMeans.of(
        activations(source), subsets.stream().map(ObservationSubset::rows).toList(), workers);
  }

  /// How two subsets differ, unit by unit.
  ///
  /// @param source which units
  /// @param a the one subset
  /// @param b the other; null for all observations that are not in `a`
  /// @return mean a, mean b, effect size and Welch's t, `[4, unit]`
  /// @throws IllegalArgumentException if there are no others
  public float[] compare(UnitSource source, ObservationSubset a, @Nullable ObservationSubset b) {
    ObservationSubset other = b == null ? a.others(study.count()) : b;
    return SubsetMeans.compare(activations(source), a.rows(), other.rows(), workers);
  }

  /// How many units each observation speaks to.
  ///
  /// @param source which units
  /// @return the perplexity of each observation
  public float[] perplexity(UnitSource source) {
    return Perplexity.of(activations(source), workers);
  }

  private Matrix activations(UnitSource source) {
    return kept.get(source.resolve(study));
  }
}
