package io.inscape.cli;

import io.inscape.cli.option.OutputOptions;
import io.inscape.cli.option.ThreadOptions;
import io.inscape.dataset.Dataset;
import io.inscape.network.Architecture;
import io.inscape.network.Architectures;
import io.inscape.network.Network;
import io.inscape.study.Study;
import io.inscape.study.run.RunInfo;
import io.inscape.study.run.RunRequest;
import io.inscape.study.run.RunState;
import io.inscape.terminal.Console;
import io.inscape.terminal.Interrupts;
import io.inscape.terminal.TrainingTalk;
import io.inscape.training.TrainingParams;
import io.inscape.training.TrainingParams.Optimiser;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `inscape train`: trains one run into a study.
@Command(
    name = "train",
    description = {
      "Trains a network and keeps it at the epochs asked for, the untrained one always among them.",
      "",
      "Settings that are left out are the papers': mlp and rmlp with batches of 16 and decay 1e-9, cnn with batches of 32 and"
          + " decay 1e-6, all with learning rate 0.01 and momentum 0.9. Ctrl-C keeps what is complete; the same command"
          + " again goes on from there and ends with the same bytes."
    })
final class TrainCommand implements Callable<Integer> {
  private final Console console;
  @Mixin private final OutputOptions output = new OutputOptions();

  @Parameters(
      paramLabel = "DATASET",
      description =
          "mnist, fashion-mnist, or a folder with IDX files, CIFAR-10's or images by class; with :inverted-half at its end, half of the images of each class are negatives.")
  private String dataset = "";

  @Option(
      names = "--model",
      required = true,
      paramLabel = "mlp|cnn|rmlp|FILE.onnx",
      description = "One of the papers' networks, or a network of your own.")
  private String model = "";

  @Option(
      names = "--epochs",
      split = ",",
      paramLabel = "N",
      description =
          "Epochs to keep the network at, such as 0,5,10; training ends with the last. Default: ${DEFAULT-VALUE}.")
  private List<Integer> epochs = List.of(0, 1, 2, 5, 10);

  @Option(
      names = "--study",
      required = true,
      paramLabel = "DIR",
      description = "The study folder; made when there is none.")
  private Path folder = Path.of("");

  @Option(
      names = "--run",
      paramLabel = "NAME",
      description = "The run's name. Default: made from model and seed.")
  private @Nullable String run;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Seed of weights, order and dropout. Default: ${DEFAULT-VALUE}.")
  private long seed;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "Train on N images only. Default: all.")
  private int limit;

  @Option(names = "--batch-size", paramLabel = "N", description = "Images per update.")
  private @Nullable Integer batchSize;

  @Option(names = "--learning-rate", paramLabel = "X", description = "Length of the first step.")
  private @Nullable Double learningRate;

  @Option(
      names = "--momentum",
      paramLabel = "X",
      description = "Share of the last step that is kept.")
  private @Nullable Double momentum;

  @Option(
      names = "--decay",
      paramLabel = "X",
      description = "Rate after k updates = learning rate / (1 + decay k).")
  private @Nullable Double decay;

  @Option(
      names = "--dropout",
      split = ",",
      paramLabel = "X",
      description = "Dropout ratio of each place that has one, such as .2,.3,.4,.5.")
  private @Nullable List<Double> dropout;

  @Option(
      names = "--shuffle-labels",
      description = "Permute the training labels: a control run that can only memorise.")
  private boolean shuffleLabels;

  @Mixin private final NewStudyOptions newStudy = new NewStudyOptions();

  @Mixin private final ThreadOptions threads = new ThreadOptions();

  TrainCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws Exception {
    output.apply(console);
    String hint =
        "What is complete is kept in " + folder + "; the same command again goes on from there.";
    return Interrupts.guard(console, hint, this::train);
  }

  private int train() {
    TrainingParams params = params();
    try (Study study = newStudy.openOrCreate(folder, dataset);
        var _ = TrainingTalk.listen(study, console)) {
      RunInfo info =
          study.train(
              new RunRequest(runName(), architecture(), network(study.dataset()), params, limit),
              threads.count());
      report(info);
      return info.state() == RunState.COMPLETE ? Inscape.DONE : Inscape.INTERRUPTED;
    }
  }

  private void report(RunInfo info) {
    if (output.json()) {
      console.json(info);
      return;
    }
    if (info.state() == RunState.COMPLETE) {
      console.line(
          "run " + info.name() + " is complete in " + folder + ": epochs " + info.snapshots());
      info.metrics().stream()
          .skip(Math.max(0, info.metrics().size() - 1))
          .forEach(last -> console.line(TrainingTalk.sentence(last)));
      console.note("Look at it: ./inscape serve " + folder + " --open");
    }
  }

  TrainingParams params() {
    TrainingParams papers = TrainingParams.papers(papersArchitecture());
    Optimiser defaults = papers.optimiser();
    return papers
        .withOptimiser(
            new Optimiser(
                learningRate == null ? defaults.learningRate() : learningRate,
                momentum == null ? defaults.momentum() : momentum,
                decay == null ? defaults.decay() : decay))
        .withBatchSize(batchSize == null ? papers.batchSize() : batchSize)
        .withSnapshotEpochs(snapshotEpochs())
        .withShuffleLabels(shuffleLabels)
        .withSeed(seed);
  }

  private List<Integer> snapshotEpochs() {
    TreeSet<Integer> sorted = new TreeSet<>(epochs);
    if (sorted.first() < 0) {
      throw new IllegalArgumentException("epochs must be at least 0, got " + sorted.first());
    }
    sorted.add(0);
    return List.copyOf(sorted);
  }

  private Network network(Dataset data) {
    if (isFile()) {
      if (dropout != null) {
        throw new IllegalArgumentException(
            "--dropout is for the papers' networks; a network of your own has its dropout in its file");
      }
      return Network.read(Path.of(model));
    }
    Architecture architecture = papersArchitecture();
    List<Double> ratios = dropout == null ? architecture.dropout() : dropout;
    var shape = newStudy.pipeline().outputShape(data.shape());
    return Architectures.build(architecture, shape, data.classNames().size(), ratios, seed);
  }

  private String architecture() {
    return isFile() ? String.valueOf(Path.of(model).getFileName()) : papersArchitecture().title();
  }

  private String runName() {
    if (run != null) {
      return run;
    }
    String name = isFile() ? architecture().replaceFirst("\\.onnx$", "") : architecture();
    return name + (shuffleLabels ? "-shuffled" : "") + (seed == 0 ? "" : "-seed" + seed);
  }

  private boolean isFile() {
    return model.endsWith(".onnx");
  }

  private Architecture papersArchitecture() {
    if (isFile()) {
      return Architecture.MLP; // whose settings a network of the user's own starts from
    }
    for (Architecture architecture : Architecture.values()) {
      if (architecture.title().equals(model.toLowerCase(Locale.ROOT))) {
        return architecture;
      }
    }
    throw new IllegalArgumentException(
        "--model must be mlp, cnn, rmlp or a file ending in .onnx, got \"" + model + "\"");
  }
}
