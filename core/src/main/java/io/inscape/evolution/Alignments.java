package io.inscape.evolution;

import io.inscape.evolution.params.AlignmentParams;
import io.inscape.evolution.params.ChainedParams;
import io.inscape.evolution.params.DynamicTsneParams;
import io.inscape.evolution.params.IndependentParams;
import io.inscape.evolution.params.JointParams;
import io.inscape.evolution.params.Orientation;
import io.inscape.evolution.params.StepMethod;
import io.inscape.evolution.params.VffParams;
import io.inscape.matrix.Progress;
import io.inscape.matrix.Workers;
import io.inscape.projection.mds.Dissimilarities;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CancellationException;

/// Lays out a sequence: one layout per step, made so that they can be compared.
///
/// The same data, parameters and seed give the same bytes on any number of threads.
public final class Alignments {
  private static final double GIGABYTE = 1e9;

  private static final List<AlignmentMethod> METHODS =
      List.of(
          new AlignmentMethod(
              "vff",
              "Visual Feature Fusion",
              "Keeps the distances within every step and pulls all steps towards each other;"
                  + " lambda says which counts more. Steps may differ in width.",
              VffParams.class),
          new AlignmentMethod(
              "dtsne",
              "Dynamic t-SNE",
              "t-SNE of every step at once, where movement from one step to the next costs.",
              DynamicTsneParams.class),
          new AlignmentMethod(
              "joint",
              "Joint t-SNE",
              "One t-SNE of all observations at all steps together: equal vectors at two steps lie"
                  + " close. All steps need the same width.",
              JointParams.class),
          new AlignmentMethod(
              "chained",
              "Chained t-SNE",
              "t-SNE of every step, started from the layout of the step before.",
              ChainedParams.class),
          new AlignmentMethod(
              "independent",
              "Independent layouts",
              "Every step on its own: nothing is aligned but the orientation.",
              IndependentParams.class));

  private Alignments() {}

  /// {@return the methods there are}
  public static List<AlignmentMethod> methods() {
    return METHODS;
  }

  /// A method by its name.
  ///
  /// @param name such as `vff`
  /// @return the method
  /// @throws IllegalArgumentException if there is none of this name
  public static AlignmentMethod method(String name) {
    for (AlignmentMethod method : METHODS) {
      if (method.name().equals(name)) {
        return method;
      }
    }
    throw new IllegalArgumentException(
        "no alignment method "
            + name
            + "; there are "
            + String.join(", ", METHODS.stream().map(AlignmentMethod::name).toList()));
  }

  /// Prepares the layouts of a sequence: all that comes before the first iteration.
  ///
  /// @param sequence the steps
  /// @param params method and options
  /// @param workers do the arithmetic
  /// @param progress hears of the stages before the first iteration
  /// @return the run, at iteration 0
  /// @throws IllegalArgumentException if the data do not fit the options, or the heap does not
  ///   allow what [#bytesNeeded] says
  /// @throws CancellationException if the calling thread is interrupted
  public static AlignmentRun start(
      Sequence sequence, AlignmentParams params, Workers workers, Progress progress) {
    requireMemory(sequence, params, Runtime.getRuntime().maxMemory());
    return switch (params) {
      case VffParams vff -> VffRun.start(sequence, vff, workers, progress);
      case DynamicTsneParams dtsne -> DynamicTsneRun.start(sequence, dtsne, workers, progress);
      case JointParams joint -> JointRun.start(sequence, joint, workers, progress);
      case ChainedParams chained -> ChainedRun.start(sequence, chained, workers, progress);
      case IndependentParams independent ->
          IndependentRun.start(sequence, independent, workers, progress);
    };
  }

  /// Prepares the layouts of a sequence that is given by dissimilarities instead of data. All
  /// observations are aligned pair by pair, whatever the sample of `params`.
  ///
  /// @param tables one for each step, at least one, of the same observations
  /// @param params options
  /// @param workers do the arithmetic
  /// @param progress hears of the stages before the first iteration
  /// @return the run, at iteration 0
  /// @throws IllegalArgumentException if there is no table, or they differ in size
  /// @throws CancellationException if the calling thread is interrupted
  public static AlignmentRun start(
      List<Dissimilarities> tables, VffParams params, Workers workers, Progress progress) {
    int count = tables.isEmpty() ? 0 : tables.getFirst().count();
    for (Dissimilarities table : tables) {
      if (table.count() != count) {
        throw new IllegalArgumentException(
            "all steps need the same observations, got tables of "
                + count
                + " and "
                + table.count());
      }
    }
    if (count < 1) {
      throw new IllegalArgumentException(
          "aligning needs at least 1 step and 1 observation, got " + tables.size() + " x " + count);
    }
    return VffRun.start(tables, params, workers, progress);
  }

  /// Lays out a sequence: starts, and steps until done.
  ///
  /// An interrupt ends the iterations early and the layouts so far are returned; the thread's
  /// interrupt flag stays set.
  ///
  /// @param sequence the steps
  /// @param params method and options
  /// @param workers do the arithmetic
  /// @param progress hears of every stage and iteration
  /// @return the layouts
  /// @throws IllegalArgumentException if the data do not fit the options, or the heap does not
  ///   allow what [#bytesNeeded] says
  /// @throws CancellationException if the calling thread is interrupted before the first iteration
  public static LayoutSequence fit(
      Sequence sequence, AlignmentParams params, Workers workers, Progress progress) {
    AlignmentRun run = start(sequence, params, workers, progress);
    try {
      while (!run.done()) {
        String stage = run.stage();
        run.step(1);
        progress.report(stage, (double) run.iteration() / run.iterations());
      }
    } catch (CancellationException stopped) {
      if (!Thread.currentThread().isInterrupted()) {
        throw stopped; // somebody else's, thrown by the progress listener
      }
    }
    return run.layouts();
  }

  /// The same kind of layout without alignment, to hold an aligned one against.
  ///
  /// @param params method and options
  /// @return Visual Feature Fusion with lambda 1; for the methods on t-SNE independent t-SNE
  ///   layouts of the same perplexity, length and seed; independent layouts themselves
  public static AlignmentParams unaligned(AlignmentParams params) {
    return switch (params) {
      case VffParams vff -> vff.withLambda(1);
      case DynamicTsneParams dtsne ->
          independent(dtsne.perplexity(), dtsne.iterations(), dtsne.seed());
      case JointParams joint -> independent(joint.perplexity(), joint.iterations(), joint.seed());
      case ChainedParams chained ->
          independent(chained.perplexity(), chained.iterations(), chained.seed());
      case IndependentParams independent -> independent;
    };
  }

  private static IndependentParams independent(double perplexity, int iterations, long seed) {
    return new IndependentParams(
        StepMethod.TSNE, Orientation.PROCRUSTES, perplexity, iterations, seed);
  }

  /// What a run holds in memory at most, besides the sequence itself.
  ///
  /// @param sequence the steps
  /// @param params method and options
  /// @return bytes
  public static long bytesNeeded(Sequence sequence, AlignmentParams params) {
    return switch (params) {
      case VffParams vff -> VffRun.bytesNeeded(sequence, vff);
      case DynamicTsneParams dtsne -> DynamicTsneRun.bytesNeeded(sequence, dtsne);
      case JointParams joint -> JointRun.bytesNeeded(sequence, joint);
      case ChainedParams chained -> ChainedRun.bytesNeeded(sequence, chained);
      case IndependentParams independent -> IndependentRun.bytesNeeded(sequence, independent);
    };
  }

  /// Refuses, before anything is allocated, what the heap cannot hold beside the sequence.
  static void requireMemory(Sequence sequence, AlignmentParams params, long heap) {
    long needed = bytesNeeded(sequence, params);
    long held = 0;
    for (int t = 0; t < sequence.steps(); t++) {
      held += 4L * sequence.observations() * sequence.step(t).cols();
    }
    if (needed > heap - held) {
      throw new IllegalArgumentException(
          "method "
              + params.method()
              + " needs "
              + gigabytes(needed)
              + " GB for "
              + sequence.steps()
              + " steps of "
              + sequence.observations()
              + " observations beside the data's "
              + gigabytes(held)
              + " GB, the heap has "
              + gigabytes(heap)
              + " GB; take fewer steps or "
              + (params instanceof VffParams
                  ? "lower the sample"
                  : "fewer observations, or give Java more with -Xmx"));
    }
  }

  private static String gigabytes(long bytes) {
    return String.format(Locale.ROOT, "%.1f", bytes / GIGABYTE);
  }
}
