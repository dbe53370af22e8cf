package io.inscape.recipe;

import io.inscape.evolution.Alignments;
import io.inscape.evolution.field.FieldParams;
import io.inscape.evolution.params.VffParams;
import io.inscape.figure.EvolutionFigure;
import io.inscape.figure.FigureFile;
import io.inscape.matrix.Progress;
import io.inscape.matrix.Workers;
import io.inscape.network.Architecture;
import io.inscape.parameter.Parameters;
import io.inscape.sequences.EvolutionResult;
import io.inscape.sequences.StudyEvolution;
import io.inscape.study.Study;
import io.inscape.study.analysis.Results;
import io.inscape.study.analysis.SequenceAnalysis;
import io.inscape.study.probe.LayerProbeParams;
import io.inscape.study.probe.LayerProbes;
import io.inscape.study.probe.ProbeAnalysis;
import io.inscape.study.run.RunInfo;
import io.inscape.study.sequence.SequenceSource;
import io.inscape.vectors.Words;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.CancellationException;

/// The learning spaces of Cantareira, Etemad and Paulovich, "Visualizing Learning Space in Neural
/// Network Hidden Layers" (IVAPP 2020), made again with our numbers beside the published ones.
///
/// | figure | what |
/// |---|---|
/// | 2, 3 | the last hidden layer over the epochs, aligned, and the field of its movement; MNIST, CIFAR-10 |
/// | 4, 5 | the hidden layers of the trained network, aligned, and the field from layer to layer |
/// | tables 1, 2 | test accuracy |
public final class Cantareira2020 {
  /// How many epochs the paper trained.
  public static final int PAPERS_EPOCHS = 100;

  private static final List<Integer> PAPERS_KEPT = List.of(0, 5, 10, PAPERS_EPOCHS);

  private final Study study;
  private final Settings settings;
  private final VffParams params;

  /// What can be chosen.
  ///
  /// @param epochs how long to train, at least 1
  /// @param models which networks
  /// @param control whether the perceptron is trained on permuted labels too
  /// @param seed of weights, order and dropout, and of the alignment
  /// @param threads to train with
  public record Settings(
      int epochs, List<Architecture> models, boolean control, long seed, int threads) {
    /// Checks the epochs.
    public Settings {
      models = List.copyOf(models);
      if (epochs < 1) {
        throw new IllegalArgumentException("--epochs must be at least 1, got " + epochs);
      }
      if (models.isEmpty()) {
        throw new IllegalArgumentException("--models needs at least one of mlp, rmlp, cnn");
      }
    }

    /// {@return the epochs that are kept: the paper's up to the last, and the last}
    public List<Integer> kept() {
      TreeSet<Integer> kept = new TreeSet<>(PAPERS_KEPT);
      kept.removeIf(epoch -> epoch > epochs);
      kept.add(epochs);
      return List.copyOf(kept);
    }
  }

  /// What came out.
  ///
  /// @param runs the trained networks
  /// @param overEpochs the last hidden layer of each over the epochs
  /// @param overLayers the hidden layers of each that has several
  /// @param probes what linear probes found in the layers of each
  public record Findings(
      List<RunInfo> runs,
      List<LearningSpace> overEpochs,
      List<LearningSpace> overLayers,
      List<Probed> probes) {
    /// Copies the lists.
    public Findings {
      runs = List.copyOf(runs);
      overEpochs = List.copyOf(overEpochs);
      overLayers = List.copyOf(overLayers);
      probes = List.copyOf(probes);
    }
  }

  /// What linear probes found in a network.
  ///
  /// @param run the network
  /// @param report what was found, as the kept result has it
  public record Probed(String run, Map<String, ?> report) {}

  /// A reproduction in one study.
  ///
  /// @param study of images, new or of an earlier reproduction with the same settings
  /// @param settings what can be chosen
  public Cantareira2020(Study study, Settings settings) {
    this.study = study;
    this.settings = settings;
    this.params = VffParams.defaults().withSeed(settings.seed());
  }

  /// Trains with the paper's settings; an interrupt ends it, keeping what is complete.
  ///
  /// @param architecture which network
  /// @param shuffled whether it learns permuted labels, as a control
  /// @return the run, complete
  /// @throws CancellationException when it was interrupted
  public RunInfo train(Architecture architecture, boolean shuffled) {
    return new PaperTraining(study, settings.kept(), settings.seed(), settings.threads())
        .train(architecture, shuffled);
  }

  /// Aligns, fits the fields, and writes the figures, `results.csv` and `report.md`.
  ///
  /// @param runs the trained networks
  /// @param output the folder for them; made when there is none
  /// @param workers do the arithmetic
  /// @param progress hears how far it is
  /// @return what came out
  public Findings write(List<RunInfo> runs, Path output, Workers workers, Progress progress) {
    List<LearningSpace> overEpochs = new ArrayList<>();
    List<LearningSpace> overLayers = new ArrayList<>();
    List<Probed> probes = new ArrayList<>();
    for (RunInfo run : runs) {
      String last = Projector.hiddenLayers(run).getLast();
      overEpochs.add(
          space(
              run.name() + ", " + last + " over the epochs",
              new SequenceSource.ByEpoch(run.name(), last, settings.kept()),
              workers,
              progress));
      probes.add(new Probed(run.name(), probe(run, workers, progress)));
      List<String> layers = layers(run);
      if (layers.size() > 1) {
        overLayers.add(
            space(
                run.name() + ", from layer to layer after " + settings.epochs() + " epochs",
                new SequenceSource.ByLayer(run.name(), settings.epochs(), layers),
                workers,
                progress));
      }
    }
    Findings findings = new Findings(runs, overEpochs, overLayers, probes);
    draw(findings, output);
    CantareiraReport report = new CantareiraReport(study, settings.epochs(), findings);
    FigureFile.write(output.resolve("results.csv"), report.csv());
    FigureFile.write(output.resolve("report.md"), report.markdown(provenance()));
    return findings;
  }

  /// The layers that the paper looks at: the perceptron's hidden ones; of the convolutional network
  /// those after a pool and the fully connected ones.
  private static List<String> layers(RunInfo run) {
    List<String> hidden = Projector.hiddenLayers(run);
    return hidden.stream()
        .filter(layer -> layer.startsWith("pool") || layer.startsWith("fc"))
        .toList();
  }

  private LearningSpace space(
      String title, SequenceSource source, Workers workers, Progress progress) {
    StudyEvolution evolution = new StudyEvolution(study, workers, progress);
    EvolutionResult result = evolution.align(SequenceAnalysis.of(source.resolve(study), params));
    result = evolution.flow(result, FieldParams.defaults());
    return new LearningSpace(title, result, evolution.sequence());
  }

  private Map<String, ?> probe(RunInfo run, Workers workers, Progress progress) {
    LayerProbes.Target target = new LayerProbes.Target(run.name(), settings.epochs());
    return new Results(study)
        .compute(new ProbeAnalysis(target, LayerProbeParams.defaults()), workers, progress)
        .report();
  }

  private void draw(Findings findings, Path output) {
    draw(
        output.resolve(CantareiraReport.EPOCHS_FIGURE),
        "The last hidden layer over the epochs: " + study.dataset().name(),
        findings.overEpochs());
    if (!findings.overLayers().isEmpty()) {
      draw(
          output.resolve(CantareiraReport.LAYERS_FIGURE),
          "From layer to layer: " + study.dataset().name(),
          findings.overLayers());
    }
  }

  private void draw(Path file, String title, List<LearningSpace> spaces) {
    FigureFile.write(
        file,
        new EvolutionFigure(
                title,
                spaces.stream().map(LearningSpace::spaceAndField).toList(),
                study.dataset().classNames(),
                provenance())
            .svg());
  }

  private String provenance() {
    return Figures.provenance(
        study,
        Alignments.method(params.method()).title()
            + ", "
            + Words.options(Parameters.toMap(params))
            + "; vector field on "
            + FieldParams.defaults().grid()
            + " x "
            + FieldParams.defaults().grid()
            + " vertices, smoothness "
            + FieldParams.defaults().smoothness()
            + "; NH: neighborhood hit in percent, 6 neighbours");
  }
}
