package io.inscape.cli;

import io.inscape.sequences.EvolutionOrder;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Where the parts of an evolution go.
final class EvolveOutputs {
  @Option(
      names = {"-o", "--output"},
      paramLabel = "SEQ.npy",
      description =
          "Where to write the layouts: float32 [step, observation, 2]. May be left out with --study.")
  private @Nullable Path layouts;

  @Option(
      names = "--trails",
      paramLabel = "T.npy",
      description = "Where to write the bundled trails: float32 [observation, sample, 2].")
  private @Nullable Path trails;

  @Option(
      names = "--field",
      paramLabel = "F.npy",
      description =
          "Where to write the vector field: float32 [field, row, column, 2], row 0 at the bottom.")
  private @Nullable Path field;

  @Option(
      names = "--image",
      paramLabel = "FILE.svg",
      description = "Draw the steps, the trails and the field, coloured by class.")
  private @Nullable Path image;

  /// What was asked for, not checked yet.
  EvolutionOrder.Outputs typed() {
    return new EvolutionOrder.Outputs(layouts, trails, field, image);
  }

  boolean none() {
    return layouts == null && trails == null && field == null && image == null;
  }

  boolean trails() {
    return trails != null;
  }

  boolean field() {
    return field != null;
  }
}
