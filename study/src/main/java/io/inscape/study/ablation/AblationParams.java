package io.inscape.study.ablation;

import io.inscape.parameter.Option;
import io.inscape.parameter.Parameters;
import java.util.List;

/// Which units are switched off, and what that is compared with.
///
/// @param units of the layer, at least one and not all; each once
/// @param replacement what they give instead
/// @param controls how many random sets of as many other live units are switched off for comparison
/// @param seed of the random sets
public record AblationParams(
    @Option(value = "The units that are switched off, at least one and not all.", min = 0)
        List<Integer> units,
    @Option(
            "What they give instead: zero; or mean, each its mean over the study's sample, so that"
                + " what follows hears as much as usual but not for whom.")
        Replacement replacement,
    @Option(
            value =
                "How many random sets of as many other live units are switched off for comparison.",
            min = 0,
            max = 50)
        int controls,
    @Option("Seed of the random sets.") long seed) {
  /// Checks the ranges and copies the list.
  ///
  /// @throws IllegalArgumentException if a value is out of its range
  public AblationParams {
    Parameters.check(AblationParams.class, "controls", controls);
    units = List.copyOf(units);
  }

  /// {@return no unit yet, zero, 5 controls, seed 0}
  public static AblationParams defaults() {
    return new AblationParams(List.of(), Replacement.ZERO, 5, 0);
  }

  /// A copy that switches other units off.
  ///
  /// @param changed of the layer
  /// @return the copy
  public AblationParams withUnits(List<Integer> changed) {
    return new AblationParams(changed, replacement, controls, seed);
  }

  /// A copy with another replacement.
  ///
  /// @param changed what the units give instead
  /// @return the copy
  public AblationParams withReplacement(Replacement changed) {
    return new AblationParams(units, changed, controls, seed);
  }

  /// A copy with another number of controls.
  ///
  /// @param changed from 0 to 50
  /// @return the copy
  public AblationParams withControls(int changed) {
    return new AblationParams(units, replacement, changed, seed);
  }

  /// A copy with another seed.
  ///
  /// @param changed any value
  /// @return the copy
  public AblationParams withSeed(long changed) {
    return new AblationParams(units, replacement, controls, changed);
  }
}
