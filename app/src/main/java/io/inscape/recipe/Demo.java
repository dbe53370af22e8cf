package io.inscape.recipe;

import io.inscape.dataset.ImageShape;
import io.inscape.network.Architecture;
import io.inscape.network.Architectures;
import io.inscape.network.Network;
import io.inscape.projection.params.ProjectionParams;
import io.inscape.projection.params.TsneParams;
import io.inscape.study.ActivationSource;
import io.inscape.study.Study;
import io.inscape.study.analysis.Job;
import io.inscape.study.analysis.JobInfo;
import io.inscape.study.analysis.JobQueue;
import io.inscape.study.analysis.JobState;
import io.inscape.study.analysis.ProjectionAnalysis;
import io.inscape.study.analysis.Results;
import io.inscape.study.run.RunEvent;
import io.inscape.study.run.RunInfo;
import io.inscape.study.run.RunRequest;
import io.inscape.study.run.RunState;
import io.inscape.training.TrainingParams;
import io.inscape.training.TrainingParams.Optimiser;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.locks.LockSupport;

/// The demo: the papers' perceptron learns MNIST while its hidden layers are projected, before and
/// after.
///
/// The projections are asked for in the order in which they tell the story, each as soon as what it
/// needs is there: the raw pixels, the last hidden layer untrained and at every kept epoch, then
/// the other layers of the trained network. Then come the aligned sequences, the trails and the
/// field that the page's evolution opens on. Last, where more models are asked for, the others are
/// trained, one after another, to compare how weights move: see [#others].
public final class Demo {
  /// A larger batch, learning rate and decay than the papers', so that five epochs are enough.
  private static final int BATCH_SIZE = 128;

  private static final double LEARNING_RATE = 0.05;

  /// With the papers' 1e-9 the rate would not fall in so few epochs, and the last ones would only
  /// wander: this halves it in about two epochs.
  private static final double DECAY = 1e-3;

  /// The least network that the page can set beside the papers' two: 300 and 100 units.
  private static final List<Integer> THIRD = List.of(300, 100);

  /// How many models there are to train.
  public static final int MOST_MODELS = 3;

  /// Where training of several models ends, if not said otherwise.
  public static final int EPOCHS_OF_SEVERAL = 15;

  private static final long POLL_NANOS = 50_000_000;

  private final Study study;
  private final JobQueue queue;
  private final Settings settings;
  private final ProjectionParams params;
  private final Map<ActivationSource, Job> jobs = new LinkedHashMap<>();
  private Optional<String> evolution = Optional.empty();

  /// What can be chosen.
  ///
  /// @param epochs to keep the network at, ascending from 0
  /// @param seed of weights, order and dropout
  /// @param limit how many images to train on; 0 for all
  /// @param threads to train with
  /// @param models how many networks are trained, from 1 to 3
  public record Settings(List<Integer> epochs, long seed, int limit, int threads, int models) {
    /// Copies the epochs.
    public Settings {
      epochs = List.copyOf(epochs);
      if (models < 1 || models > MOST_MODELS) {
        throw new IllegalArgumentException(
            "models must be from 1 to " + MOST_MODELS + ", got " + models);
      }
    }

    /// {@return the name of the run with these settings}
    public String runName() {
      return runName(Architecture.MLP.title());
    }

    private String runName(String architecture) {
      return architecture + (seed == 0 ? "" : "-seed" + seed);
    }
  }

  /// A demo on one study.
  ///
  /// @param study new, or of an earlier demo
  /// @param queue computes the projections
  /// @param settings what can be chosen
  public Demo(Study study, JobQueue queue, Settings settings) {
    this.study = study;
    this.queue = queue;
    this.settings = settings;
    this.params = TsneParams.defaults().withSeed(settings.seed());
  }

  /// {@return what is different from the papers, in one sentence}
  public static String settingsInWords() {
    return "The papers' network of four layers with 1,000 units, with batches of "
        + BATCH_SIZE
        + " and learning rate "
        + LEARNING_RATE
        + " that falls with decay "
        + DECAY
        + " instead of 16, 0.01 and 1e-9, so that a few epochs are enough";
  }

  /// Trains and projects until everything is done; an interrupt ends it, keeping what is complete.
  ///
  /// @return the projections and how good they are, in the order of the story
  /// @throws InterruptedException when it was interrupted while projecting
  public List<Row> run() throws InterruptedException {
    submit(new ActivationSource.Input());
    RunInfo run = train();
    if (run.state() != RunState.COMPLETE) {
      throw new CancellationException("training was interrupted");
    }
    submitSnapshots(run); // those of an earlier demo, when there was nothing to train
    for (String layer : Projector.hiddenLayers(run)) {
      submit(new ActivationSource.Layer(run.name(), run.snapshots().getLast(), layer));
    }
    List<Row> rows = rows();
    evolution = new DemoAnalyses(new Results(study), queue).make(run);
    for (RunRequest other : others()) {
      if (study.train(other, settings.threads()).state() != RunState.COMPLETE) {
        throw new CancellationException("training was interrupted");
      }
    }
    return rows;
  }

  /// {@return one line on how the last hidden layer evolves; empty before [#run] and where that was
  /// cancelled}
  public Optional<String> evolution() {
    return evolution;
  }

  /// Trains, and projects each snapshot as it appears.
  ///
  /// Training waits while its snapshot is projected: both want every core, and at the same time
  /// each would take several times as long as one after the other.
  private RunInfo train() {
    Thread trainer = Thread.currentThread();
    Runnable unsubscribe =
        study.listen(event -> {
          if (event instanceof RunEvent.Changed(var run)) {
            submitSnapshots(run);
            awaitJobs(trainer);
          }
        });
    try {
      return study.train(request(), settings.threads());
    } finally {
      unsubscribe.run();
    }
  }

  /// Waits for what was asked for, until it is done, or paused by the person, or the demo is to
  /// stop.
  private void awaitJobs(Thread trainer) {
    for (Job job : jobs.values()) {
      while (!trainer.isInterrupted() && computes(job.info().state())) {
        LockSupport.parkNanos(POLL_NANOS);
      }
    }
  }

  private static boolean computes(JobState state) {
    return switch (state) {
      case QUEUED, RUNNING -> true;
      case PAUSED, DONE, FAILED, CANCELLED -> false;
    };
  }

  private void submitSnapshots(RunInfo run) {
    String last = Projector.hiddenLayers(run).getLast();
    for (int epoch : run.snapshots()) {
      submit(new ActivationSource.Layer(run.name(), epoch, last));
    }
  }

  private void submit(ActivationSource source) {
    if (!jobs.containsKey(source)) {
      jobs.put(source, queue.submit(ProjectionAnalysis.of(source, params)));
    }
  }

  private List<Row> rows() throws InterruptedException {
    Projector projector = new Projector(study);
    List<Row> rows = new ArrayList<>();
    for (Map.Entry<ActivationSource, Job> entry : jobs.entrySet()) {
      JobInfo info = entry.getValue().await();
      if (info.state() == JobState.DONE) {
        rows.add(projector.row(entry.getKey(), info.digest()));
      } else if (info.state() == JobState.FAILED) {
        throw new IllegalStateException(
            "the projection of " + Projector.words(entry.getKey()) + " failed: " + info.error());
      } // and one that the person cancelled on the page has no row
    }
    return rows;
  }

  private RunRequest request() {
    return request(
        Architecture.MLP.title(),
        Architectures.build(Architecture.MLP, shape(), classes(), settings.seed()));
  }

  /// The models beside the demo's own: its first hidden layer alone, and a smaller perceptron, both
  /// trained on the same images with the same settings.
  private List<RunRequest> others() {
    List<RunRequest> requests = new ArrayList<>();
    if (settings.models() > 1) {
      requests.add(
          request(
              Architecture.RMLP.title(),
              Architectures.build(Architecture.RMLP, shape(), classes(), settings.seed())));
    }
    if (settings.models() > 2) {
      requests.add(
          request(
              Architectures.title(THIRD),
              Architectures.perceptron(THIRD, shape(), classes(), settings.seed())));
    }
    return requests;
  }

  private ImageShape shape() {
    return study.pipeline().outputShape(study.dataset().shape());
  }

  private int classes() {
    return study.dataset().classNames().size();
  }

  private RunRequest request(String architecture, Network network) {
    TrainingParams papers = TrainingParams.papers(Architecture.MLP);
    Optimiser optimiser = papers.optimiser();
    TrainingParams training =
        papers
            .withBatchSize(BATCH_SIZE)
            .withOptimiser(new Optimiser(LEARNING_RATE, optimiser.momentum(), DECAY))
            .withSnapshotEpochs(settings.epochs())
            .withSeed(settings.seed());
    return new RunRequest(
        settings.runName(architecture), architecture, network, training, settings.limit());
  }
}
