package io.inscape.sequences;

import io.inscape.dataset.InputException;
import io.inscape.evolution.field.FieldParams;
import io.inscape.evolution.params.AlignmentParams;
import io.inscape.evolution.trails.BundleParams;
import io.inscape.vectors.OutputFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is to be made of a sequence, and where it goes.
///
/// @param method how the steps are laid out
/// @param judged whether the quality is measured
/// @param bundle how the trails are bundled; null for not at all
/// @param field how the field is fitted; null for not at all
/// @param outputs where it goes
public record EvolutionOrder(
    AlignmentParams method,
    boolean judged,
    @Nullable Bundle bundle,
    @Nullable FieldParams field,
    Outputs outputs) {
  /// How trails are bundled.
  ///
  /// @param strength from 0, straight, to 1
  /// @param params how bundles form
  public record Bundle(double strength, BundleParams params) {
    /// Checks the strength.
    public Bundle {
      if (!(strength >= 0 && strength <= 1)) {
        throw new IllegalArgumentException("--bundle must be from 0 to 1, got " + strength);
      }
    }
  }

  /// The files that are written; null for those that are not.
  ///
  /// @param layouts float32 [step, observation, 2]
  /// @param trails float32 [observation, sample, 2]
  /// @param field float32 [field, row, column, 2]
  /// @param image an SVG document
  public record Outputs(
      @Nullable Path layouts, @Nullable Path trails, @Nullable Path field, @Nullable Path image) {
    /// Checks the places before the work begins.
    ///
    /// @param inputs files that are read, which no output may replace
    /// @return the same outputs, links followed
    /// @throws InputException when nothing can be written to one of them
    /// @throws IllegalArgumentException when two are the same file
    public Outputs checked(List<Path> inputs) {
      List<Path> taken = new ArrayList<>(inputs);
      return new Outputs(
          checked(layouts, ".npy", taken),
          checked(trails, ".npy", taken),
          checked(field, ".npy", taken),
          checked(image, ".svg", taken));
    }

    private static @Nullable Path checked(@Nullable Path file, String ending, List<Path> taken) {
      if (file == null) {
        return null;
      }
      Path found = OutputFile.require(file, List.of(ending), taken);
      Path absolute = found.toAbsolutePath().normalize();
      if (taken.contains(absolute)) {
        throw new IllegalArgumentException(
            "each output needs a file of its own, got " + file + " twice");
      }
      taken.add(absolute);
      return found;
    }
  }
}
