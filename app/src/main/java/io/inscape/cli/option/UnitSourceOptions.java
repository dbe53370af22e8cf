package io.inscape.cli.option;

import io.inscape.study.Study;
import io.inscape.study.run.Run;
import io.inscape.study.unit.UnitPooling;
import io.inscape.study.unit.UnitSource;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The flags that name the units of a layer of a study.
public final class UnitSourceOptions {
  @Option(
      names = "--study",
      paramLabel = "DIR",
      description = "A study folder, instead of a file; the results are kept in it.")
  private @Nullable Path study;

  @Option(names = "--run", paramLabel = "R", description = "A run of the study.")
  private @Nullable String run;

  @Option(
      names = "--epoch",
      paramLabel = "N",
      description = "A kept epoch of the run. Default: the last one.")
  private @Nullable Integer epoch;

  @Option(names = "--layer", paramLabel = "L", description = "A layer of the run, such as fc4.")
  private @Nullable String layer;

  @Option(
      names = "--pooling",
      paramLabel = "none|mean|max",
      description =
          "What counts as a unit of a layer of maps: every value, or every channel by its mean or"
              + " maximum. Default: mean for maps.")
  private @Nullable UnitPooling pooling;

  /// No flag typed yet; the parser fills them in.
  public UnitSourceOptions() {}

  /// {@return the study's folder; null where a file is meant}
  public @Nullable Path study() {
    return study;
  }

  /// Refuses what cannot be meant together.
  ///
  /// @param file whether a file is named
  /// @param labels whether a file of classes is named
  /// @throws IllegalArgumentException saying what to type
  public void requireSense(boolean file, boolean labels) {
    if (file == (study != null)) {
      throw new IllegalArgumentException(
          file
              ? "name a file of activations or --study, not both"
              : "there is nothing to look at; name a file of activations, or --study DIR --run R"
                  + " --layer L");
    }
    if (study == null && (run != null || epoch != null || layer != null || pooling != null)) {
      throw new IllegalArgumentException(
          "--run, --epoch, --layer and --pooling are of a study; add --study DIR");
    }
    if (study != null && (run == null || layer == null)) {
      throw new IllegalArgumentException(
          "the units of a study are those of a layer; add "
              + (run == null ? "--run R" : "--layer L, such as --layer fc1"));
    }
    if (study != null && labels) {
      throw new IllegalArgumentException("a study has labels of its own; leave --labels out");
    }
  }

  /// The units.
  ///
  /// @param opened the study
  /// @return with epoch and pooling said
  /// @throws io.inscape.study.file.StudyException if the run or the epoch is not there
  /// @throws IllegalArgumentException if the layer is not there
  public UnitSource units(Study opened) {
    UnitSource.requireNetworks(opened);
    String name = String.valueOf(run);
    int chosen = epoch == null ? last(opened.run(name)) : epoch;
    return new UnitSource(name, chosen, String.valueOf(layer), Optional.ofNullable(pooling))
        .resolve(opened);
  }

  private static int last(Run run) {
    List<Integer> kept = run.info().snapshots();
    if (kept.isEmpty()) {
      throw new IllegalArgumentException(
          "run " + run.name() + " keeps no epoch yet; train it first");
    }
    return kept.getLast();
  }
}
