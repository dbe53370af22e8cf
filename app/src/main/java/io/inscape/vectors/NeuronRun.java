package io.inscape.vectors;

import io.inscape.activation.NpyFile;
import io.inscape.matrix.Matrix;
import io.inscape.matrix.Workers;
import io.inscape.neuron.DiscriminativeScores;
import io.inscape.neuron.ForestParams;
import io.inscape.neuron.NeuronDissimilarity;
import io.inscape.neuron.NeuronMap;
import io.inscape.neuron.NeuronMeasure;
import io.inscape.neuron.SeedSpread;
import io.inscape.projection.Layout;
import io.inscape.projection.params.ProjectionParams;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Reads activations, scores the units, lays them out and brings both to where they should go.
///
/// @param source the file, looked into
/// @param map how the units are laid out
/// @param forest how they are scored
/// @param compared whether a second seed is scored too, to see how far the two agree
/// @param workers do the arithmetic
/// @param stages hears of every stage, `reading` first
public record NeuronRun(
    VectorFile source,
    Map map,
    ForestParams forest,
    boolean compared,
    Workers workers,
    Stages stages) {
  /// How units are laid out.
  ///
  /// @param method name of a projection method
  /// @param measure how two units are compared
  public record Map(String method, NeuronMeasure measure) {
    /// Checks the method.
    ///
    /// @throws IllegalArgumentException if units cannot be laid out by it
    public Map {
      NeuronMap.method(method);
    }

    ProjectionParams params(long seed) {
      return NeuronMap.method(method).params(java.util.Map.of("seed", seed));
    }
  }

  /// Where the results go; null for nowhere.
  ///
  /// @param layout of the live units
  /// @param units which unit each row of the layout is
  /// @param scores of all units
  public record Outputs(@Nullable Path layout, @Nullable Path units, @Nullable Path scores) {
    void write(NeuronReport.@Nullable Placed placed, @Nullable DiscriminativeScores found) {
      if (placed != null && layout != null) {
        Layout positions = placed.layout();
        NpyFile.writeFloats(
            layout, positions.toArray(), positions.observations(), positions.dimensions());
        if (units != null) {
          NpyFile.writeInts(units, placed.live(), placed.live().length);
        }
      }
      if (found != null && scores != null) {
        NpyFile.writeFloats(scores, found.toArray(), found.classes(), found.units());
      }
    }
  }

  /// Does it all; nothing is written before everything is computed.
  ///
  /// @param outputs where the results go
  /// @param talk hears what a person should know, in sentences
  /// @return what came out
  /// @throws CancellationException if the thread is interrupted
  public NeuronReport report(Outputs outputs, Consumer<String> talk) {
    Matrix activations = VectorInput.read(source, talk).matrix();
    Optional<int[]> classes = source.classes();
    NeuronReport.Placed placed = outputs.layout() == null ? null : layOut(activations);
    DiscriminativeScores scores = null;
    SeedSpread spread = null;
    if (classes.isPresent()) {
      scores = scores(activations, classes.get(), forest);
      spread = compared ? spread(scores, activations, classes.get()) : null;
    }
    stages.report("writing", 0);
    outputs.write(placed, scores);
    stages.end();
    NeuronReport.Subject subject =
        new NeuronReport.Subject(
            source.file().name(),
            source.rows(),
            source.columns(),
            source.classNames(),
            source.toMap());
    return new NeuronReport(
        subject,
        new NeuronReport.Asked(map, forest, outputs),
        new NeuronReport.Found(placed, scores, spread),
        null,
        stages.seconds());
  }

  private SeedSpread spread(DiscriminativeScores first, Matrix activations, int[] classes) {
    ForestParams other = forest.withSeed(forest.seed() + 1);
    return SeedSpread.of(first, scores(activations, classes, other), workers);
  }

  private DiscriminativeScores scores(Matrix activations, int[] classes, ForestParams params) {
    return DiscriminativeScores.of(
        activations, classes, source.classNames().size(), params, workers, stages);
  }

  private NeuronReport.Placed layOut(Matrix activations) {
    NeuronDissimilarity units = NeuronDissimilarity.of(activations, map.measure(), workers, stages);
    NeuronMap placed = NeuronMap.of(units, map.params(forest.seed()), workers, stages);
    return new NeuronReport.Placed(units.live(), units.dead(), placed.layout(), placed.stress());
  }
}
