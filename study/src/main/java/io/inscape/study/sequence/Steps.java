package io.inscape.study.sequence;

import io.inscape.evolution.Sequence;
import io.inscape.matrix.Matrix;
import io.inscape.matrix.Progress;
import io.inscape.matrix.Workers;
import io.inscape.study.ActivationSource;
import io.inscape.study.Study;
import io.inscape.study.file.Digests;
import io.inscape.study.run.Run;
import io.inscape.study.run.RunInfo.LayerInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Reads the steps of sequences, and refuses what is none.
public final class Steps {
  /// The share of the heap that activations may take: aligning them takes room as well.
  private static final double MOST_OF_HEAP = 0.7;

  private Steps() {}

  /// The digest of everything that determines the vectors of a sequence.
  ///
  /// @param study that has it
  /// @param source resolved
  /// @return SHA-256 in hexadecimal
  /// @throws io.inscape.study.file.StudyException if a run or an epoch is not there
  public static String inputsDigest(Study study, SequenceSource source) {
    return Digests.ofJson(
        source.steps().stream().map(step -> study.inputsDigest(step.source())).toList());
  }

  /// Reads a sequence; what is not captured yet is captured.
  ///
  /// @param study that has it
  /// @param source resolved
  /// @param workers do the arithmetic
  /// @param progress hears how far it is, in stages `capture` and `activations`
  /// @return all of it, in memory
  /// @throws IllegalArgumentException if it needs more memory than there is, or holds what is no
  ///   finite number
  public static Sequence read(
      Study study, SequenceSource source, Workers workers, Progress progress) {
    List<SequenceSource.Step> steps = source.steps();
    requireRoom(bytes(study, steps), Runtime.getRuntime().maxMemory(), steps.size(), study.count());
    List<Matrix> read = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (SequenceSource.Step step : steps) {
      progress.report("activations", (double) read.size() / steps.size());
      read.add(read(study, step, workers, progress));
      names.add(step.name());
    }
    return Sequence.of(read, names);
  }

  private static Matrix read(
      Study study, SequenceSource.Step step, Workers workers, Progress progress) {
    try {
      return study.vectors(step.source(), workers, progress);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          words(step.source())
              + " cannot be a step: "
              + e.getMessage()
              + "; a run that diverged keeps such numbers, so leave this step out",
          e);
    }
  }

  private static String words(ActivationSource source) {
    return switch (source) {
      case ActivationSource.Input _ -> "the input";
      case ActivationSource.Layer(var run, var epoch, var layer) ->
          "run " + run + ", epoch " + epoch + ", layer " + layer;
    };
  }

  private static long bytes(Study study, List<SequenceSource.Step> steps) {
    long bytes = 0;
    for (SequenceSource.Step step : steps) {
      bytes = Math.addExact(bytes, 4L * study.count() * units(study, step.source()));
    }
    return bytes;
  }

  private static int units(Study study, ActivationSource source) {
    return switch (source) {
      case ActivationSource.Input _ -> study.info().dataset().columns();
      case ActivationSource.Layer(var run, _, var layer) ->
          requireLayer(study.run(run), layer).units();
    };
  }

  static void requireRoom(long bytes, long heap, int steps, int observations) {
    if (bytes > MOST_OF_HEAP * heap) {
      throw new IllegalArgumentException(
          "the activations of "
              + steps
              + " steps of "
              + observations
              + " observations take "
              + gigabytes(bytes)
              + ", the heap has "
              + gigabytes(heap)
              + "; take fewer steps, a narrower layer, or a study of fewer observations");
    }
  }

  private static String gigabytes(long bytes) {
    return String.format(Locale.ROOT, "%.2f GB", bytes / 1e9);
  }

  /// A layer of a run, by its name.
  ///
  /// @param run any
  /// @param layer a name
  /// @return what is known of it
  /// @throws IllegalArgumentException if the run has no such layer
  public static LayerInfo requireLayer(Run run, String layer) {
    List<LayerInfo> layers = run.info().layers();
    return layers.stream()
        .filter(one -> one.name().equals(layer))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "run "
                    + run.name()
                    + " has no layer "
                    + layer
                    + "; there are "
                    + String.join(", ", layers.stream().map(LayerInfo::name).toList())));
  }

  /// {@return the names of a run's hidden layers, from input to output}
  ///
  /// @param run any
  public static List<String> hiddenLayers(Run run) {
    return run.info().layers().stream()
        .map(LayerInfo::name)
        .filter(name -> !SequenceSource.OUTPUT_LAYERS.contains(name))
        .toList();
  }

  static void requireSeveral(List<?> chosen, String what, String whose, List<?> available) {
    if (chosen.size() < 2) {
      throw new IllegalArgumentException(
          "a sequence needs at least 2 "
              + what
              + ", got "
              + (chosen.isEmpty() ? "none" : chosen.getFirst() + " alone")
              + "; "
              + whose
              + " "
              + available);
    }
  }
}
