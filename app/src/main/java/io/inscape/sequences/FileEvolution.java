package io.inscape.sequences;

import io.inscape.evolution.Alignments;
import io.inscape.evolution.LayoutSequence;
import io.inscape.evolution.Sequence;
import io.inscape.evolution.field.FieldParams;
import io.inscape.evolution.field.Trajectories;
import io.inscape.evolution.field.VectorFields;
import io.inscape.evolution.quality.SequenceQuality;
import io.inscape.evolution.trails.Bundles;
import io.inscape.evolution.trails.Bundling;
import io.inscape.matrix.Progress;
import io.inscape.matrix.Workers;
import io.inscape.vectors.ArrayOutput;
import io.inscape.vectors.Stages;
import io.inscape.vectors.VectorFile;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Reads a sequence of files, aligns it, judges it, and brings layouts, trails and field to where
/// they should go.
///
/// An interrupt ends it at the next step: what is written by then stays, and the layouts reached
/// are written.
///
/// @param files looked into
/// @param order what to make
/// @param workers do the arithmetic
/// @param stages hears of every stage, `reading` first
/// @param talk hears what a person should know, in sentences
public record FileEvolution(
    SequenceFiles files,
    EvolutionOrder order,
    Workers workers,
    Stages stages,
    Consumer<String> talk) {
  private static final int PAPERS_K = 6;

  /// Does it all.
  ///
  /// @return what came out
  /// @throws CancellationException if the thread is interrupted before there are layouts
  public EvolutionReport run() {
    stages.report("reading", 0);
    files.steps().stream().map(VectorFile::flattened).flatMap(Optional::stream).forEach(talk);
    Sequence data = files.read();
    try (ArrayOutput layouts = reserveLayouts(data);
        ArrayOutput trails = reserveTrails(data);
        ArrayOutput field = reserveField()) {
      FileAlignment aligned = FileAlignment.run(data, order.method(), workers, stages);
      layouts.write(aligned.layouts().toArray());
      EvolutionResult result = EvolutionResult.of(files, aligned);
      if (!aligned.stopped()) {
        result = judged(result, data);
        result = bundled(result, trails);
        result = flowing(result, field);
      }
      stages.end();
      return EvolutionReport.of(files, order, result, stages);
    }
  }

  private ArrayOutput reserveLayouts(Sequence data) {
    return ArrayOutput.reserve(order.outputs().layouts(), data.steps(), data.observations(), 2);
  }

  private ArrayOutput reserveTrails(Sequence data) {
    EvolutionOrder.Bundle bundle = order.bundle();
    if (bundle == null) {
      return ArrayOutput.reserve(null);
    }
    long samples = (data.steps() - 1L) * bundle.params().perSegment(data.steps()) + 1;
    return ArrayOutput.reserve(order.outputs().trails(), data.observations(), samples, 2);
  }

  private ArrayOutput reserveField() {
    FieldParams params = order.field();
    return params == null
        ? ArrayOutput.reserve(null)
        : ArrayOutput.reserve(
            order.outputs().field(), params.fields(), params.grid(), params.grid(), 2);
  }

  private EvolutionResult judged(EvolutionResult result, Sequence data) {
    if (!order.judged()) {
      return result;
    }
    SequenceQuality quality =
        unlessInterrupted(() -> {
          LayoutSequence unaligned = unaligned(result, data);
          return SequenceQuality.of(
              data,
              result.aligned().layouts(),
              unaligned,
              files.classes(),
              PAPERS_K,
              workers,
              stages);
        });
    return quality == null ? result : result.withQuality(quality.toMap());
  }

  /// The same without alignment, to hold the aligned layouts against.
  private LayoutSequence unaligned(EvolutionResult result, Sequence data) {
    var params = Alignments.unaligned(order.method());
    if (params.equals(order.method())) {
      return result.aligned().layouts();
    }
    stages.report("unaligned", 0);
    Progress one = (_, fraction) -> stages.report("unaligned", fraction);
    LayoutSequence layouts = Alignments.fit(data, params, workers, one);
    if (Thread.currentThread().isInterrupted()) {
      throw new CancellationException("laying out without alignment was interrupted");
    }
    return layouts;
  }

  private EvolutionResult bundled(EvolutionResult result, ArrayOutput output) {
    EvolutionOrder.Bundle bundle = order.bundle();
    if (bundle == null) {
      return result;
    }
    Bundles bundles =
        unlessInterrupted(() ->
            Bundling.bundle(
                result.aligned().layouts(), files.classes(), bundle.params(), workers, stages));
    if (bundles == null) {
      return result;
    }
    BundledTrails trails = BundledTrails.of(bundles, bundle.strength(), files.classes());
    output.write(trails.samples());
    return result.withTrails(trails);
  }

  private EvolutionResult flowing(EvolutionResult result, ArrayOutput output) {
    FieldParams params = order.field();
    if (params == null) {
      return result;
    }
    VectorFields fields =
        unlessInterrupted(() ->
            VectorFields.fit(
                Trajectories.of(result.aligned().layouts()),
                params,
                workers,
                (_, fraction) -> stages.report("field", fraction)));
    if (fields == null) {
      return result;
    }
    FlowField field = FlowField.of(fields);
    output.write(field.values());
    return result.withField(field);
  }

  /// What is measured after the layouts; null once the thread is interrupted.
  private static <T> @Nullable T unlessInterrupted(Supplier<T> work) {
    if (Thread.currentThread().isInterrupted()) {
      return null;
    }
    try {
      return work.get();
    } catch (CancellationException e) {
      if (!Thread.currentThread().isInterrupted()) {
        throw e; // somebody else's
      }
      return null;
    }
  }
}
