package io.inscape.study.analysis;

import io.inscape.matrix.Matrix;
import io.inscape.matrix.Progress;
import io.inscape.matrix.Workers;
import io.inscape.projection.Layout;
import io.inscape.projection.ProjectionRun;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/// A projection that has been computed and judged, ready to be kept.
///
/// @param layout the positions
/// @param iterations done
/// @param energy what the method minimised, at the end; null where it minimises nothing
/// @param details what the method chose or found on its way
/// @param energyHistory energies on the way
/// @param seconds of each stage
/// @param quality of the layout
/// @param columns numbers for each observation, by name
public record FinishedProjection(
    Layout layout,
    int iterations,
    @Nullable Double energy,
    Map<String, Object> details,
    List<EnergyHistory.Point> energyHistory,
    Map<String, Double> seconds,
    Quality quality,
    Map<String, float[]> columns) {
  /// Copies the collections, not the columns.
  public FinishedProjection {
    details = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(details));
    energyHistory = List.copyOf(energyHistory);
    seconds = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(seconds));
    columns = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(columns));
  }

  /// A projection that was iterated elsewhere, judged as the queue would judge it.
  ///
  /// @param run as far as it came
  /// @param data what it projected, rows = observations
  /// @param labels one for each observation, or empty
  /// @param seconds of each stage so far
  /// @param workers do the arithmetic
  /// @param progress hears of the stage `quality`
  /// @return the projection, ready for [Results#store]
  public static FinishedProjection judged(
      ProjectionRun run,
      Matrix data,
      Optional<int[]> labels,
      Map<String, Double> seconds,
      Workers workers,
      Progress progress) {
    Layout layout = run.layout();
    Quality.Judged judged =
        Quality.judge(
            data, layout.positions(), labels, ProjectionAnalysis.PAPERS_K, workers, progress);
    OptionalDouble energy = run.energy();
    return new FinishedProjection(
        layout,
        run.iteration(),
        energy.isPresent() ? (Double) energy.getAsDouble() : null,
        run.details(),
        List.of(),
        seconds,
        judged.quality(),
        judged.columns());
  }
}
