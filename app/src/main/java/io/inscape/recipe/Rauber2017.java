package io.inscape.recipe;

import io.inscape.figure.FigureFile;
import io.inscape.figure.Panel;
import io.inscape.figure.ScatterFigure;
import io.inscape.matrix.Progress;
import io.inscape.matrix.Workers;
import io.inscape.network.Architecture;
import io.inscape.projection.params.TsneParams;
import io.inscape.study.ActivationSource;
import io.inscape.study.Study;
import io.inscape.study.run.RunInfo;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.function.BiFunction;
import java.util.stream.IntStream;

/// The projections of MNIST in Rauber, Fadel, Falcão and Telea, "Visualizing the Hidden Activity of
/// Artificial Neural Networks" (TVCG 23(1), 2017, DOI 10.1109/TVCG.2016.2598838), made again with
/// our numbers beside the published ones.
///
/// | figure | what |
/// |---|---|
/// | 2 | raw pixels |
/// | 3a, 3b | last hidden layer of the perceptron before and after training |
/// | 10 | its four hidden layers after training |
/// | 11 | the last hidden layer over the epochs; the paper's is the convolutional network's |
///
/// Figures 10 and 11 are trails, as in the paper, and the projections side by side beside them.
public final class Rauber2017 {
  /// How many epochs the paper trained.
  public static final int PAPERS_EPOCHS = 100;

  private static final int STEPS = 5; // of figure 11: 0 to 100 by 20

  private final Study study;
  private final Settings settings;
  private final TsneParams params;
  private final Projector projector;
  private final Map<ActivationSource, Row> rows = new LinkedHashMap<>();

  /// What can be chosen.
  ///
  /// @param epochs how long to train, at least 1
  /// @param cnn whether the convolutional network is trained too, which takes hours on a processor
  /// @param seed of weights, order, dropout and projections
  /// @param threads to train with
  public record Settings(int epochs, boolean cnn, long seed, int threads) {
    /// Checks the epochs.
    public Settings {
      if (epochs < 1) {
        throw new IllegalArgumentException("--epochs must be at least 1, got " + epochs);
      }
    }

    /// {@return the epochs that are kept: six from 0 to the last, as evenly as they come}
    public List<Integer> kept() {
      return IntStream.rangeClosed(0, STEPS)
          .map(step -> (int) Math.round((double) epochs * step / STEPS))
          .distinct()
          .boxed()
          .toList();
    }
  }

  /// A reproduction in one study.
  ///
  /// @param study of MNIST, new or of an earlier reproduction with the same settings
  /// @param settings what can be chosen
  public Rauber2017(Study study, Settings settings) {
    this.study = study;
    this.settings = settings;
    this.params = TsneParams.defaults().withSeed(settings.seed());
    this.projector = new Projector(study);
  }

  /// Trains with the paper's settings; an interrupt ends it, keeping what is complete.
  ///
  /// @param architecture which network
  /// @return the run, complete
  /// @throws CancellationException when it was interrupted
  public RunInfo train(Architecture architecture) {
    return new PaperTraining(study, settings.kept(), settings.seed(), settings.threads())
        .train(architecture, false);
  }

  /// Projects, and writes the figures, `results.csv` and `report.md`.
  ///
  /// @param runs the trained runs, the perceptron first
  /// @param output the folder for them; made when there is none
  /// @param workers do the arithmetic
  /// @param progress gives, for the words of a projection and its place among all, what hears how
  ///   far it is
  /// @return the rows, in the order of the figures
  public List<Row> write(
      List<RunInfo> runs,
      Path output,
      Workers workers,
      BiFunction<String, Double, Progress> progress) {
    Map<String, List<ActivationSource>> figures = figures(runs);
    List<ActivationSource> all =
        figures.values().stream().flatMap(List::stream).distinct().toList();
    for (ActivationSource source : all) {
      double place = rows.size() / (double) all.size();
      rows.put(
          source,
          projector.project(
              source, params, workers, progress.apply(Projector.words(source), place)));
    }
    figures.forEach((name, sources) ->
        FigureFile.write(output.resolve(fileName(name)), figure(name, sources).svg()));
    List<LearningSpace> trails =
        new RauberTrails(study, settings.seed(), workers).of(runs, progress);
    for (LearningSpace space : trails) {
      FigureFile.write(
          output.resolve(RauberTrails.fileName(space)),
          RauberTrails.figure(study, space, settings.seed()));
    }
    List<Row> inOrder = List.copyOf(rows.values());
    FigureFile.write(output.resolve("results.csv"), ResultTable.csv(inOrder));
    FigureFile.write(output.resolve("report.md"), report(runs.getFirst(), figures, trails));
    return inOrder;
  }

  /// Which sources each figure shows, by its title.
  private static Map<String, List<ActivationSource>> figures(List<RunInfo> runs) {
    RunInfo mlp = runs.getFirst();
    List<String> layers = Projector.hiddenLayers(mlp);
    int last = mlp.snapshots().getLast();
    Map<String, List<ActivationSource>> figures = new LinkedHashMap<>();
    figures.put("Figure 2: raw pixels", List.of(new ActivationSource.Input()));
    figures.put(
        "Figure 3a: last hidden layer before training", List.of(at(mlp, 0, layers.getLast())));
    figures.put(
        "Figure 3b: last hidden layer after training", List.of(at(mlp, last, layers.getLast())));
    figures.put(
        "Figure 10: the hidden layers after training",
        layers.stream().map(layer -> at(mlp, last, layer)).toList());
    RunInfo overTime = runs.getLast();
    List<ActivationSource> steps = new ArrayList<>();
    for (int epoch : overTime.snapshots()) {
      steps.add(at(overTime, epoch, Projector.hiddenLayers(overTime).getLast()));
    }
    figures.put(
        "Figure 11: the last hidden layer of " + overTime.name() + " over the epochs", steps);
    return figures;
  }

  private static ActivationSource at(RunInfo run, int epoch, String layer) {
    return new ActivationSource.Layer(run.name(), epoch, layer);
  }

  /// `Figure 3a: ...` is written to `figure-3a.svg`.
  private static String fileName(String title) {
    return title
            .substring(0, title.indexOf(':'))
            .toLowerCase(java.util.Locale.ROOT)
            .replace(' ', '-')
        + ".svg";
  }

  private ScatterFigure figure(String title, List<ActivationSource> sources) {
    List<Panel> panels = sources.stream().map(source -> projector.panel(row(source))).toList();
    return new ScatterFigure(
        title, panels, study.dataset().classNames(), Figures.provenance(study, params));
  }

  private Row row(ActivationSource source) {
    Row row = rows.get(source);
    if (row == null) {
      throw new IllegalStateException("not projected: " + source);
    }
    return row;
  }

  private String report(
      RunInfo mlp, Map<String, List<ActivationSource>> figures, List<LearningSpace> trails) {
    String layer = Projector.hiddenLayers(mlp).getLast();
    Row raw = row(new ActivationSource.Input());
    Row before = row(at(mlp, 0, layer));
    Row after = row(at(mlp, mlp.snapshots().getLast(), layer));
    StringBuilder text = new StringBuilder("# Rauber et al. 2017, the projections of MNIST\n\n");
    text.append(
        """
        Paulo E. Rauber, Samuel G. Fadel, Alexandre X. Falcão, Alexandru C. Telea: Visualizing the Hidden Activity of
        Artificial Neural Networks. IEEE TVCG 23(1):101-110, 2017, DOI 10.1109/TVCG.2016.2598838.

        Neighborhood hit (NH) with k = 6 in the projection; accuracy (AC) on the observations shown.

        | figure | what | NH published | NH here | AC published | AC here |
        |---|---|--:|--:|--:|--:|
        """);
    line(text, "2", "raw pixels", "89.12 %", raw, "-");
    line(text, "3a", "last hidden layer before training", "83.78 %", before, "-");
    line(text, "3b", "last hidden layer after training", "98.36 %", after, "99.15 %");
    text.append("\n## What differs\n\n").append(differences(mlp));
    text.append("\n## Everything projected\n\n")
        .append(ResultTable.markdown(List.copyOf(rows.values())));
    text.append("\n## The trails\n\n").append(RauberTrails.markdown(trails));
    text.append("## Figures\n\n");
    trails.forEach(space ->
        text.append("![")
            .append(space.title())
            .append("](")
            .append(RauberTrails.fileName(space) + ")\n\n"));
    figures.forEach((title, _) ->
        text.append("![").append(title).append("](").append(fileName(title)).append(")\n\n"));
    return text.append(Figures.provenance(study, params)).append('\n').toString();
  }

  private static void line(
      StringBuilder text, String figure, String what, String published, Row here, String accuracy) {
    Double shown = here.sampleAccuracy();
    text.append("| ").append(figure).append(" | ").append(what).append(" | ").append(published);
    text.append(" | ")
        .append(Projector.percent(here.neighborhoodHit()))
        .append(" | ")
        .append(accuracy);
    text.append(" | ").append(shown == null ? "-" : Projector.percent(shown)).append(" |\n");
  }

  private String differences(RunInfo mlp) {
    return "* The paper trained for "
        + PAPERS_EPOCHS
        + " epochs; this is after "
        + mlp.snapshots().getLast()
        + ".\n"
        + """
        * The 2,000 test observations are another random draw than the paper's; NH moves by about a point between draws.
        * The network here learns from all 60,000 training images; the paper is believed to have held 10,000 back.
        * The paper does not name its t-SNE and its perplexity, the weights' initial distribution, or whether its momentum is
          Nesterov's. Here: exact t-SNE with perplexity 30 and 1,000 iterations, Glorot's uniform distribution, plain momentum.
        * The paper does not say how the projections that its trails connect were made to fit each other. Here figure 11 is one
          t-SNE of all epochs together, and figure 10 a t-SNE of each layer that starts from the layer before, as replications have
          it. Bundling is by the density of the trails of one class, at strength 0.8; the paper's is not named.
        * Figure 11 is the paper's convolutional network only when that was asked for.
        """;
  }
}
