package io.inscape.training;

/// The loss is no finite number any more: the settings ask for steps that are too long.
public final class DivergedException extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  DivergedException(int epoch, double rate, TrainingParams.Optimiser optimiser) {
    super(
        "the loss stopped being a finite number in epoch "
            + epoch
            + " at learning rate "
            + rate
            + "; lower the learning rate (try "
            + (float) (optimiser.learningRate() / 10)
            + ") or the momentum of "
            + optimiser.momentum());
  }
}
