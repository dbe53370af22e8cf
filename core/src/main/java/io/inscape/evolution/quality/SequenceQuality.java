package io.inscape.evolution.quality;

import io.inscape.evolution.LayoutSequence;
import io.inscape.evolution.Sequence;
import io.inscape.matrix.Progress;
import io.inscape.matrix.Workers;
import io.inscape.quality.NeighborhoodHit;
import io.inscape.quality.QualityParams;
import io.inscape.quality.Sample;
import io.inscape.quality.SpaceQuality;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/// How far to trust an aligned sequence: every step beside its own space and beside the layout
/// without alignment, stability over time, and warnings where alignment claims more than the data
/// have.
///
/// The same input gives the same bits on any number of threads. Costs T s^2 times the columns for T
/// steps and a sample of s; the neighborhood hit of the own space, T s n times the columns.
///
/// @param steps one per step
/// @param aligned stability of the aligned layouts
/// @param unaligned stability of those without alignment
/// @param observations how many there are
/// @param sampled how many of them all pairs are compared of: all up to 3,000, above that 3,000
///   drawn at random; neighborhood hits of layouts and stability stand on all, the own space's hit
///   on the sampled ones among all
/// @param k neighbours of the neighborhood hit; lower than asked for if there are too few
/// @param trustworthinessK neighbours of trustworthiness
/// @param warnings those of the steps, in their order
public record SequenceQuality(
    List<StepQuality> steps,
    TemporalStability aligned,
    TemporalStability unaligned,
    int observations,
    int sampled,
    int k,
    int trustworthinessK,
    List<String> warnings) {
  /// The most observations of which all pairs are compared.
  static final int MOST_COMPARED = 3000;

  /// Copies the lists.
  public SequenceQuality {
    steps = List.copyOf(steps);
    warnings = List.copyOf(warnings);
  }

  /// Judges a sequence of layouts.
  ///
  /// @param data the observations in their own spaces
  /// @param aligned the layouts to be judged
  /// @param unaligned layouts of the same family without alignment
  /// @param labels one per observation, at least 0; empty if there are none; not modified
  /// @param k neighbours of the neighborhood hit, from 1 to 1,000
  /// @param workers do the arithmetic
  /// @param progress hears of the stage `quality`
  /// @return all measures
  /// @throws IllegalArgumentException if the counts do not fit, a label is negative, or k is out of
  ///   range
  /// @throws CancellationException if the calling thread is interrupted
  public static SequenceQuality of(
      Sequence data,
      LayoutSequence aligned,
      LayoutSequence unaligned,
      Optional<int[]> labels,
      int k,
      Workers workers,
      Progress progress) {
    TemporalStability.requireFit(data, aligned);
    TemporalStability.requireFit(data, unaligned);
    QualityParams params = QualityParams.defaults().withK(k).withSample(Sample.of(MOST_COMPARED));
    List<StepQuality> steps = new ArrayList<>();
    List<String> warnings = new ArrayList<>();
    int sampled = 0;
    int hitK = 0;
    int rankK = 0;
    for (int step = 0; step < data.steps(); step++) {
      progress.report("quality", (double) step / (data.steps() + 1));
      SpaceQuality found =
          SpaceQuality.of(
              data.step(step),
              List.of(aligned.step(step).positions(), unaligned.step(step).positions()),
              labels,
              params,
              workers);
      Double random = labels.isPresent() ? (Double) NeighborhoodHit.baseline(labels.get()) : null;
      StepQuality judged =
          StepQuality.of(step, data.name(step), data.constant(step), found, random);
      steps.add(judged);
      if (judged.warning() != null) {
        warnings.add(judged.warning());
      }
      sampled = found.sampled();
      hitK = found.k();
      rankK = found.trustworthinessK();
    }
    progress.report("quality", (double) data.steps() / (data.steps() + 1));
    SequenceQuality quality =
        new SequenceQuality(
            steps,
            TemporalStability.of(data, aligned, workers),
            TemporalStability.of(data, unaligned, workers),
            data.observations(),
            sampled,
            hitK,
            rankK,
            warnings);
    progress.report("quality", 1);
    return quality;
  }

  /// {@return the components by their names, steps and stabilities as maps, for JSON}
  public Map<String, @Nullable Object> toMap() {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("steps", steps.stream().map(StepQuality::toMap).toList());
    map.put("aligned", aligned.toMap());
    map.put("unaligned", unaligned.toMap());
    map.put("observations", observations);
    map.put("sampled", sampled);
    map.put("k", k);
    map.put("trustworthinessK", trustworthinessK);
    map.put("warnings", warnings);
    return map;
  }
}
