package io.inscape.training;

import io.inscape.autograd.DifferentiableNetwork;
import io.inscape.dataset.Images;
import io.inscape.matrix.Rng;
import io.inscape.matrix.Workers;
import io.inscape.network.Network;
import java.lang.foreign.Arena;
import java.util.concurrent.CancellationException;
import java.util.random.RandomGenerator;

/// Trains one network, epoch by epoch, on the whole training split or its limited part.
///
/// The loss is the softmax cross entropy of [Network#logits()]. Everything random follows from the
/// run's seed and the epoch, so a run that is resumed from a [TrainingState] gives the same bytes
/// as one that never stopped, on one machine with the same number of threads. Calls may come from
/// any thread, virtual ones included, but one at a time.
public final class Trainer implements AutoCloseable {
  private final Network untrained;
  private final TrainingParams params;
  private final EngineThread engine = new EngineThread();
  private final Workers workers;
  private final Arena arena = Arena.ofShared();
  private final TrainingSet data;
  private final Optimisation optimisation;
  private final Measurement measurement;
  private int epoch;
  private double seconds;
  private boolean spoilt;
  private boolean diverged;

  private Trainer(Network untrained, TrainingData data, TrainingParams params, int threads) {
    this.untrained = untrained;
    this.params = params;
    this.workers = Workers.of(threads);
    try {
      DifferentiableNetwork network =
          engine.call(() -> DifferentiableNetwork.open(untrained, threads));
      ClassScores scores = engine.call(() -> DataFit.require(untrained, network, data));
      this.data = TrainingSet.of(data, params, arena, workers);
      this.optimisation = new Optimisation(network, scores, params, arena, workers);
      this.measurement = new Measurement(network, scores);
    } catch (RuntimeException e) {
      release();
      throw e;
    }
  }

  /// Starts at epoch 0.
  ///
  /// @param untrained the network with the weights to start from
  /// @param data what to learn
  /// @param params how to learn
  /// @param threads how many threads compute, at least 1
  /// @return a trainer to be closed
  /// @throws IllegalArgumentException when the network cannot be trained or does not fit the data
  public static Trainer start(
      Network untrained, TrainingData data, TrainingParams params, int threads) {
    return new Trainer(untrained, data, params, threads);
  }

  /// Goes on where a state was taken.
  ///
  /// @param untrained the network that the run began with
  /// @param state what [#state()] gave
  /// @param data what the run learns
  /// @param params how the run learns
  /// @param threads how many threads compute, at least 1
  /// @return a trainer to be closed
  /// @throws IllegalArgumentException when the state is of another network
  public static Trainer resume(
      Network untrained,
      TrainingState state,
      TrainingData data,
      TrainingParams params,
      int threads) {
    Trainer trainer = new Trainer(untrained, data, params, threads);
    try {
      trainer.optimisation.restore(state);
      trainer.epoch = state.epoch();
      return trainer;
    } catch (RuntimeException e) {
      trainer.close();
      throw e;
    }
  }

  /// {@return how many epochs are done}
  public int epoch() {
    return epoch;
  }

  /// {@return how well the network does as it is now}
  ///
  /// @throws DivergedException when the loss is no finite number
  public EpochMetrics evaluate() {
    requireUsable();
    return engine.call(this::measure);
  }

  /// Trains one epoch: every training observation once, in a seeded order.
  ///
  /// @param listener hears about each batch
  /// @return how well the network does after it
  /// @throws CancellationException when the listener or an interrupt of the calling thread stopped
  ///   it; the weights are then those of no whole epoch and the trainer is only good for closing
  /// @throws DivergedException when the loss is no finite number any more
  public EpochMetrics trainEpoch(BatchListener listener) {
    requireUsable();
    spoilt = true; // until the epoch is whole
    try {
      EpochMetrics metrics =
          engine.call(() -> {
            seconds = updateAll(listener);
            epoch++;
            return measure();
          });
      spoilt = false;
      return metrics;
    } catch (DivergedException e) {
      diverged = true;
      throw e;
    }
  }

  private double updateAll(BatchListener listener) {
    int[] order = order(epoch);
    SeededMasks masks = new SeededMasks(params.seed(), epoch, workers);
    long begin = System.nanoTime();
    double loss = 0;
    int batch = params.batchSize();
    for (int from = 0; from < order.length; from += batch) {
      int to = Math.min(from + batch, order.length);
      loss += optimisation.update(data, order, from, to, masks.ofBatch(from / batch));
      double elapsed = (System.nanoTime() - begin) / 1e9;
      if (!Double.isFinite(loss)) {
        throw new DivergedException(epoch + 1, optimisation.rate(), params.optimiser());
      }
      boolean goOn = listener.onBatch(to, order.length, to / elapsed, loss / to);
      if (!goOn || engine.stopping()) {
        throw new CancellationException("training stopped in epoch " + (epoch + 1));
      }
    }
    return (System.nanoTime() - begin) / 1e9;
  }

  /// The order of the observations in an epoch.
  private int[] order(int epoch) {
    RandomGenerator random = Rng.of(params.seed(), "shuffle-epoch-" + epoch);
    return Permutation.of(data.train().count(), random);
  }

  private EpochMetrics measure() {
    Measurement.Scores train =
        measurement.of(data.train(), data.trainLabels(), data.trainSample(), engine::stopping);
    Measurement.Scores test =
        measurement.of(data.test(), data.testLabels(), data.testAll(), engine::stopping);
    if (!Double.isFinite(train.loss()) || !Double.isFinite(test.loss())) {
      throw new DivergedException(epoch, optimisation.rate(), params.optimiser());
    }
    return new EpochMetrics(
        epoch,
        train.loss(),
        train.accuracy(),
        test.loss(),
        test.accuracy(),
        test.recall(),
        seconds,
        seconds > 0 ? data.train().count() / seconds : 0);
  }

  /// The network's opinion of images.
  ///
  /// @param images of the size trained on, as they are before the pipeline
  /// @param observations which ones, each in `[0, count)`; not modified
  /// @return the probability of each class, `[observation * classes + class]`
  public float[] predict(Images images, int[] observations) {
    requireUsable();
    return engine.call(() -> {
      try (Arena own = Arena.ofShared()) {
        Features features = Features.of(images, observations, data.pipeline(), own, workers);
        return measurement.probabilities(features, engine::stopping);
      }
    });
  }

  /// {@return everything needed to go on from here}
  public TrainingState state() {
    requireUsable();
    return optimisation.state(epoch);
  }

  /// {@return what the weights came to when the loss stopped being a number; nothing to go on from}
  ///
  /// @throws IllegalStateException if training has not diverged
  public TrainingState remains() {
    if (!diverged) {
      throw new IllegalStateException("this training has not diverged");
    }
    return optimisation.state(epoch);
  }

  /// {@return the network with the weights of now}
  public Network network() {
    requireUsable();
    return untrained.withParameters(optimisation.parameters());
  }

  private void requireUsable() {
    if (spoilt) {
      throw new IllegalStateException(
          "this training was stopped inside an epoch; resume from its newest state");
    }
  }

  private void release() {
    engine.close();
    workers.close();
    arena.close();
  }

  /// Frees the native memory and ends the threads.
  @Override
  public void close() {
    optimisation.close();
    release();
  }
}
