package io.inscape.study.analysis;

import io.inscape.projection.Layout;
import io.inscape.projection.ProjectionRun;
import io.inscape.quality.LayoutQuality;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

  /// A projection that was iterated and judged elsewhere. To be what the queue would have kept, it
  /// must be judged with [ProjectionAnalysis#qualityParams].
  ///
  /// @param run as far as it came
  /// @param judged its layout's quality
  /// @param energyHistory energies on the way, as far as known
  /// @param seconds of each stage
  /// @return the projection, ready for [Results#store]
  public static FinishedProjection of(
      ProjectionRun run,
      LayoutQuality judged,
      List<EnergyHistory.Point> energyHistory,
      Map<String, Double> seconds) {
    OptionalDouble energy = run.energy();
    return new FinishedProjection(
        run.layout(),
        run.iteration(),
        energy.isPresent() ? (Double) energy.getAsDouble() : null,
        run.details(),
        energyHistory,
        seconds,
        Quality.of(judged),
        judged.perObservation());
  }
}
