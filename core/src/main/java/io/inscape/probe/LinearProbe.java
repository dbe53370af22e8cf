package io.inscape.probe;

import io.inscape.matrix.Matrix;
import io.inscape.matrix.Progress;
import io.inscape.matrix.Workers;
import java.util.concurrent.CancellationException;

/// A linear probe: multinomial logistic regression from a layer's activations to the classes, which
/// tells how much of the classes a linear reader finds in the layer.
///
/// Columns are standardised (constant ones count for nothing), the loss is the mean cross-entropy
/// plus a penalty on squared weights, and L-BFGS minimises it from zero weights. Nothing is random;
/// the same input gives the same bits on any number of threads.
///
/// Cost: 4 multiply-adds per activation, iteration and class. Beside the data it holds 16 partial
/// gradients and the last ten changes of weights and gradient in double.
public final class LinearProbe {
  private static final String STAGE = "probe";
  private static final int LANES = SoftmaxLoss.LANES;

  private final Standardization columns;
  private final float[] weights; // as in SoftmaxLoss
  private final int classes;
  private final double loss;
  private final int iterations;
  private final boolean converged;

  private LinearProbe(
      Standardization columns, int classes, Descent fit, int iterations, boolean converged) {
    this.columns = columns;
    this.classes = classes;
    this.iterations = iterations;
    this.converged = converged;
    loss = fit.value();
    weights = new float[fit.point().length];
    for (int at = 0; at < weights.length; at++) {
      weights[at] = (float) fit.point()[at];
    }
  }

  /// Fits a probe.
  ///
  /// @param train rows = observations, columns = units; at least 1 row
  /// @param labels class of each row, in [0, classes); not modified
  /// @param classes number of classes, at least 2
  /// @param params the options
  /// @param workers threads to work on
  /// @param progress hears the stage `probe`
  /// @return the probe
  /// @throws IllegalArgumentException if there is no row, not one label per row, or a label out of
  ///   range
  /// @throws CancellationException if the calling thread is interrupted
  public static LinearProbe fit(
      Matrix train,
      int[] labels,
      int classes,
      ProbeParams params,
      Workers workers,
      Progress progress) {
    if (classes < 2) {
      throw new IllegalArgumentException("a probe needs at least 2 classes, got " + classes);
    }
    if (train.rows() == 0) {
      throw new IllegalArgumentException("a probe needs at least 1 observation, got 0");
    }
    checkLabels(train, labels, classes);
    progress.report(STAGE, 0);
    Standardization columns = Standardization.of(train, workers);
    SoftmaxLoss loss = new SoftmaxLoss(train, labels, classes, columns, params.penalty(), workers);
    Descent descent = new Descent(loss, SoftmaxLoss.length(train.cols(), classes));
    int iteration = 0;
    while (descent.slope() > params.tolerance()
        && iteration < params.iterations()
        && !descent.stuck()) {
      descent.iterate();
      iteration++;
      progress.report(STAGE, iteration / (double) params.iterations());
    }
    progress.report(STAGE, 1);
    boolean converged = descent.slope() <= params.tolerance();
    return new LinearProbe(columns, classes, descent, iteration, converged);
  }

  /// {@return the number of classes}
  public int classes() {
    return classes;
  }

  /// {@return the number of columns that the probe reads}
  public int units() {
    return columns.cols();
  }

  /// {@return the loss reached, penalty included, in nats}
  public double loss() {
    return loss;
  }

  /// {@return iterations that the fit took}
  public int iterations() {
    return iterations;
  }

  /// {@return whether the fit reached its tolerance}
  public boolean converged() {
    return converged;
  }

  /// The most probable class of each observation; of equals the lowest.
  ///
  /// @param data rows = observations, columns = units as in training
  /// @return one class per row
  /// @throws IllegalArgumentException if the columns are not as many as in training
  public int[] predict(Matrix data) {
    int[] predicted = new int[data.rows()];
    forEachRow(
        data,
        (row, scores, at) -> {
          for (int c = 1; c < classes; c++) {
            int best = predicted[row];
            if (scores[c / LANES][at + c % LANES] > scores[best / LANES][at + best % LANES]) {
              predicted[row] = c;
            }
          }
        });
    return predicted;
  }

  /// The probabilities of the classes.
  ///
  /// @param data rows = observations, columns = units as in training
  /// @return rows = observations, columns = classes
  /// @throws IllegalArgumentException if the columns are not as many as in training
  public Matrix probabilities(Matrix data) {
    return Matrix.filled(
        data.rows(),
        classes,
        target ->
            forEachRow(
                data,
                (row, scores, at) -> {
                  SoftmaxLoss.softmax(scores, at / LANES, classes);
                  for (int c = 0; c < classes; c++) {
                    target[row * classes + c] = (float) scores[c / LANES][at + c % LANES];
                  }
                }));
  }

  /// The share of observations whose most probable class is their own.
  ///
  /// @param data rows = observations, columns = units as in training; at least 1 row
  /// @param labels class of each row, in [0, classes); not modified
  /// @return from 0 to 1
  /// @throws IllegalArgumentException if the columns are not as many as in training, there is no
  ///   row, not one label per row, or a label out of range
  public double accuracy(Matrix data, int[] labels) {
    checkLabels(data, labels, classes);
    if (labels.length == 0) {
      throw new IllegalArgumentException("an accuracy needs at least 1 observation, got 0");
    }
    int[] predicted = predict(data);
    int right = 0;
    for (int row = 0; row < predicted.length; row++) {
      if (predicted[row] == labels[row]) {
        right++;
      }
    }
    return right / (double) predicted.length;
  }

  /// What is done with the scores of a row, which begin at `at` in every group.
  @FunctionalInterface
  private interface RowTask {
    void run(int row, double[][] scores, int at);
  }

  private void forEachRow(Matrix data, RowTask task) {
    int cols = columns.cols();
    if (data.cols() != cols) {
      throw new IllegalArgumentException(
          "the probe was fitted to "
              + cols
              + " units but the data have "
              + data.cols()
              + " columns; activations of another layer?");
    }
    int tileRows = SoftmaxLoss.tileRows(cols);
    float[] tile = new float[tileRows * cols];
    double[][] scores = new double[SoftmaxLoss.groups(classes)][tileRows * LANES];
    for (int begin = 0; begin < data.rows(); begin += tileRows) {
      int rows = Math.min(tileRows, data.rows() - begin);
      columns.fill(data, begin, begin + rows, tile);
      SoftmaxLoss.score(tile, rows, cols, weights, scores);
      for (int row = 0; row < rows; row++) {
        task.run(begin + row, scores, row * LANES);
      }
    }
  }

  private static void checkLabels(Matrix data, int[] labels, int classes) {
    if (labels.length != data.rows()) {
      throw new IllegalArgumentException(
          "labels must be one per observation, got "
              + labels.length
              + " for "
              + data.rows()
              + " observations");
    }
    for (int row = 0; row < labels.length; row++) {
      if (labels[row] < 0 || labels[row] >= classes) {
        throw new IllegalArgumentException(
            "labels must be from 0 to "
                + (classes - 1)
                + ", got "
                + labels[row]
                + " at row "
                + row);
      }
    }
  }
}
