package io.inscape.recipe;

import io.inscape.evolution.params.AlignmentParams;
import io.inscape.evolution.params.ChainedParams;
import io.inscape.evolution.params.JointParams;
import io.inscape.evolution.trails.BundleParams;
import io.inscape.figure.EvolutionFigure;
import io.inscape.matrix.Progress;
import io.inscape.matrix.Workers;
import io.inscape.sequences.BundledTrails;
import io.inscape.sequences.EvolutionOrder;
import io.inscape.sequences.EvolutionResult;
import io.inscape.sequences.FlowWords;
import io.inscape.sequences.StudyEvolution;
import io.inscape.study.Study;
import io.inscape.study.analysis.SequenceAnalysis;
import io.inscape.study.run.RunInfo;
import io.inscape.study.sequence.SequenceSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiFunction;

/// The trails of figures 10 and 11 of Rauber et al. 2017.
///
/// Figure 11, over the epochs, is one t-SNE of all epochs together: equal vectors would lie at one
/// place. Figure 10, from layer to layer, where the widths may differ, is a t-SNE of each layer
/// that starts from the layer before.
///
/// @param study of the runs
/// @param seed of the projections
/// @param workers do the arithmetic
record RauberTrails(Study study, long seed, Workers workers) {
  private static final double STRENGTH = 0.8;
  private static final double NEARLY_DONE = 0.95; // of a bar, when the projections are made

  /// Computes both, or finds them.
  ///
  /// @param runs the perceptron first; the last one is followed over its epochs
  /// @param progress gives, for words and a place, what hears how far it is
  List<LearningSpace> of(List<RunInfo> runs, BiFunction<String, Double, Progress> progress) {
    RunInfo mlp = runs.getFirst();
    RunInfo overTime = runs.getLast();
    List<LearningSpace> spaces = new ArrayList<>();
    List<String> layers = Projector.hiddenLayers(mlp);
    int last = mlp.snapshots().getLast();
    spaces.add(
        space(
            "Figure 10: trails through the hidden layers after " + last + " epochs",
            new SequenceSource.ByLayer(mlp.name(), last, layers),
            ChainedParams.defaults().withSeed(seed),
            progress.apply("trails through the layers", NEARLY_DONE)));
    spaces.add(
        space(
            "Figure 11: trails of the last hidden layer of " + overTime.name() + " over the epochs",
            new SequenceSource.ByEpoch(
                overTime.name(), Projector.hiddenLayers(overTime).getLast(), overTime.snapshots()),
            JointParams.defaults().withSeed(seed),
            progress.apply("trails over the epochs", NEARLY_DONE)));
    return spaces;
  }

  private LearningSpace space(
      String title, SequenceSource source, AlignmentParams params, Progress progress) {
    StudyEvolution evolution = new StudyEvolution(study, workers, progress);
    EvolutionResult result = evolution.align(SequenceAnalysis.of(source.resolve(study), params));
    result = evolution.bundle(result, new EvolutionOrder.Bundle(STRENGTH, BundleParams.defaults()));
    return new LearningSpace(title, result, evolution.sequence());
  }

  /// `Figure 10: ...` is written to `figure-10-trails.svg`.
  static String fileName(LearningSpace space) {
    return space
            .title()
            .substring(0, space.title().indexOf(':'))
            .toLowerCase(Locale.ROOT)
            .replace(' ', '-')
        + "-trails.svg";
  }

  static String figure(Study study, LearningSpace space, long seed) {
    return new EvolutionFigure(
            space.title(),
            space.trails(),
            study.dataset().classNames(),
            Figures.provenance(
                study,
                "t-SNE, perplexity 30, 1,000 iterations, seed "
                    + seed
                    + (space.title().startsWith("Figure 11")
                        ? ", of all epochs together"
                        : ", each layer from the one before")))
        .svg();
  }

  /// What the steps are worth, and what bundling did, in Markdown.
  static String markdown(List<LearningSpace> spaces) {
    StringBuilder text = new StringBuilder();
    for (LearningSpace space : spaces) {
      text.append(space.title()).append(".\n\n");
      text.append("| step | NH own | in the trails | each on its own |\n|---|--:|--:|--:|\n");
      for (Map<?, ?> step : space.steps()) {
        text.append("| ").append(step.get("name"));
        for (String name :
            List.of("ownNeighborhoodHit", "alignedNeighborhoodHit", "unalignedNeighborhoodHit")) {
          Object value = step.get(name);
          text.append(" | ");
          text.append(
              value instanceof Number number ? Projector.percent(number.doubleValue()) : "-");
        }
        text.append(" |\n");
      }
      text.append('\n');
      space.warnings().forEach(warning -> text.append("* ").append(warning).append(".\n"));
      BundledTrails trails = space.result().trails();
      if (trails != null) {
        text.append("* ").append(FlowWords.trails(trails)).append(".\n");
      }
      text.append('\n');
    }
    return text.toString();
  }
}
