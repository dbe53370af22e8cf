package io.inscape.sequences;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What was made of a sequence so far.
///
/// @param names what each step is called
/// @param labels the class of each observation, if they have any; not modified
/// @param classNames the name of each class; empty without labels
/// @param aligned the layouts
/// @param quality as `SequenceQuality.toMap` has it; null if nothing was measured
/// @param trails bundled; null if they are not
/// @param field fitted; null if none is
public record EvolutionResult(
    List<String> names,
    Optional<int[]> labels,
    List<String> classNames,
    FileAlignment aligned,
    @Nullable Map<String, ?> quality,
    @Nullable BundledTrails trails,
    @Nullable FlowField field) {
  /// Copies the lists.
  public EvolutionResult {
    names = List.copyOf(names);
    classNames = List.copyOf(classNames);
  }

  static EvolutionResult of(SequenceFiles files, FileAlignment aligned) {
    return new EvolutionResult(
        files.names(), files.classes(), files.classNames(), aligned, null, null, null);
  }

  EvolutionResult withQuality(Map<String, ?> measured) {
    return new EvolutionResult(names, labels, classNames, aligned, measured, trails, field);
  }

  EvolutionResult withTrails(BundledTrails bundled) {
    return new EvolutionResult(names, labels, classNames, aligned, quality, bundled, field);
  }

  EvolutionResult withField(FlowField fitted) {
    return new EvolutionResult(names, labels, classNames, aligned, quality, trails, fitted);
  }
}
