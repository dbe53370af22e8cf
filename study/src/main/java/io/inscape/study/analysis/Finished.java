package io.inscape.study.analysis;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What came out of an analysis, ready to be kept.
///
/// @param progress how it went
/// @param quality of its layout; null where there is no single one
/// @param report what there is to say about it besides; empty for a projection
/// @param columns by name
record Finished(
    Course progress,
    @Nullable Quality quality,
    Map<String, Object> report,
    Map<String, Column> columns) {
  Finished {
    report = Collections.unmodifiableMap(new LinkedHashMap<>(report));
    columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
  }

  /// How a computation went.
  ///
  /// @param iterations done
  /// @param energy what was minimised, at the end; null where nothing was
  /// @param details what the method chose or found on its way
  /// @param energyHistory energies on the way
  /// @param seconds of each stage
  record Course(
      int iterations,
      @Nullable Double energy,
      Map<String, Object> details,
      List<EnergyHistory.Point> energyHistory,
      Map<String, Double> seconds) {
    /// Of something that is done in one go.
    static Course straight(Map<String, Object> details, Map<String, Double> seconds) {
      return new Course(0, null, details, List.of(), seconds);
    }

    /// Of something that was stepped.
    static Course of(SteppedRun run, Stages stages) {
      var energy = run.energy();
      return new Course(
          run.iteration(),
          energy.isPresent() ? (Double) energy.getAsDouble() : null,
          run.details(),
          stages.energies().points(),
          stages.seconds());
    }
  }

  static Finished of(FinishedProjection projection) {
    Map<String, Column> columns = new LinkedHashMap<>();
    columns.put(ResultFiles.LAYOUT, SteppedRun.Projecting.column(projection.layout()));
    projection
        .columns()
        .forEach((name, values) -> columns.put(name, Column.float32(values, values.length)));
    return new Finished(
        new Course(
            projection.iterations(),
            projection.energy(),
            projection.details(),
            projection.energyHistory(),
            projection.seconds()),
        projection.quality(),
        Map.of(),
        columns);
  }
}
