package io.inscape.study.network;

import io.inscape.network.LayerTensor;
import io.inscape.network.Network;
import io.inscape.study.Study;
import io.inscape.study.file.StudyException;
import io.inscape.study.file.StudyException.Kind;
import io.inscape.study.run.Run;
import io.inscape.study.weight.KeptWeights;
import io.inscape.study.weight.TensorWeights;
import io.inscape.weight.HintonDiagram;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The weights of a tensor as a matrix, a row for each sending unit and a column for each receiving
/// one, in windows that fit a screen. Safe for use by several threads.
public final class WeightMatrices {
  /// More cells on a side are no picture that anybody looks at.
  public static final int MOST_CELLS = 1024;

  private final RunWeights weights;
  private final Study study;

  /// What each tensor of a run is; guarded by this. It is the same in all epochs, and finding it
  /// out takes longer than reading the weights.
  private final Map<String, List<LayerTensor>> tensors = new HashMap<>();

  /// The matrices of a study's runs.
  ///
  /// @param weights of the same runs
  public WeightMatrices(RunWeights weights) {
    this.weights = weights;
    this.study = weights.study();
  }

  /// A part of a matrix.
  ///
  /// @param from the first sending unit
  /// @param to one past the last, or [#ALL]
  /// @param left the first receiving unit
  /// @param right one past the last, or [#ALL]
  /// @param cells most rows and columns; where there are more weights, a cell is the mean of a
  ///   block
  public record Window(int from, int to, int left, int right, int cells) {
    /// Stands for the last row or column.
    public static final int ALL = Integer.MAX_VALUE;

    Window within(LayerTensor tensor) {
      int senders = tensor.senders();
      int receivers = tensor.receivers();
      int bottom = to == ALL ? senders : to;
      int end = right == ALL ? receivers : right;
      if (from < 0 || from >= bottom || bottom > senders) {
        throw new IllegalArgumentException(
            "rows must be a range within [0, "
                + senders
                + "), the senders of "
                + tensor.title()
                + ", got ["
                + from
                + ", "
                + bottom
                + ")");
      }
      if (left < 0 || left >= end || end > receivers) {
        throw new IllegalArgumentException(
            "columns must be a range within [0, "
                + receivers
                + "), the receivers of "
                + tensor.title()
                + ", got ["
                + left
                + ", "
                + end
                + ")");
      }
      if (cells < 1 || cells > MOST_CELLS) {
        throw new IllegalArgumentException(
            "cells must be from 1 to " + MOST_CELLS + ", got " + cells);
      }
      return new Window(from, bottom, left, end, cells);
    }
  }

  /// What a matrix is, for all epochs.
  ///
  /// @param run its run
  /// @param tensor its name in the graph
  /// @param layer whose
  /// @param kind `weights` or `biases`
  /// @param shape the size of each axis of the tensor
  /// @param senders rows
  /// @param receivers columns
  /// @param scale the least power of two that no weight of the asked epoch exceeds in size
  /// @param scales the same of all epochs that are known
  /// @param scaleOfRun the greatest of them
  public record About(
      String run,
      String tensor,
      String layer,
      String kind,
      List<Long> shape,
      int senders,
      int receivers,
      double scale,
      List<Scale> scales,
      double scaleOfRun) {
    /// Copies the lists.
    public About {
      shape = List.copyOf(shape);
      scales = List.copyOf(scales);
    }
  }

  /// The scale of an epoch.
  ///
  /// @param epoch 0 for the untrained network
  /// @param scale as [About] has it
  public record Scale(int epoch, double scale) {}

  /// The weights in a window, in as small blocks as fit.
  ///
  /// @param run its name
  /// @param epoch a kept one
  /// @param tensor its name in the graph, or a title such as `fc1 weights`
  /// @param asked which part
  /// @return rows = senders
  /// @throws StudyException if there is no such run, epoch or tensor
  /// @throws IllegalArgumentException if the window does not lie in the matrix
  public HintonDiagram matrix(String run, int epoch, String tensor, Window asked) {
    Run of = study.run(run);
    Network network = of.network(epoch);
    LayerTensor found = tensor(run, network, tensor);
    Window window = asked.within(found);
    float[] values = network.weight(found.name());
    int rows = window.to() - window.from();
    int cols = window.right() - window.left();
    float[] part = new float[Math.multiplyExact(rows, cols)];
    int senders = found.senders();
    int receivers = found.receivers();
    for (int row = 0; row < rows; row++) {
      for (int col = 0; col < cols; col++) {
        int sender = window.from() + row;
        int receiver = window.left() + col;
        part[row * cols + col] =
            values[
                found.transposed() ? receiver * senders + sender : sender * receivers + receiver];
      }
    }
    return HintonDiagram.of(part, rows, cols, window.cells());
  }

  /// What a matrix is.
  ///
  /// @param run its name
  /// @param epoch one that is known
  /// @param tensor its name in the graph, or a title such as `fc1 weights`
  /// @return its size and scales
  /// @throws StudyException if there is no such run, epoch or tensor
  public About about(String run, int epoch, String tensor) {
    Run of = study.run(run);
    List<Integer> kept = of.info().snapshots();
    int any = kept.contains(epoch) || kept.isEmpty() ? epoch : kept.getFirst();
    LayerTensor found = tensor(run, of.network(any), tensor);
    double scale = scale(weights.of(run, epoch), found);
    List<Scale> scales = new ArrayList<>();
    double ofRun = 0;
    for (KeptWeights one : weights.of(run)) {
      double own = scale(one, found);
      scales.add(new Scale(one.epoch(), own));
      ofRun = Math.max(ofRun, own);
    }
    return new About(
        run,
        found.name(),
        found.layer(),
        found.kind().title(),
        found.shape(),
        found.senders(),
        found.receivers(),
        scale,
        scales,
        ofRun);
  }

  private synchronized LayerTensor tensor(String run, Network network, String name) {
    List<LayerTensor> known = tensors.computeIfAbsent(run, _ -> network.weights());
    for (LayerTensor tensor : known) {
      if (tensor.name().equals(name) || tensor.title().equals(name)) {
        return tensor;
      }
    }
    throw new StudyException(
        Kind.UNKNOWN,
        "run "
            + run
            + " has no tensor '"
            + name
            + "'; it has "
            + String.join(", ", known.stream().map(LayerTensor::name).toList()));
  }

  private static double scale(KeptWeights weights, LayerTensor tensor) {
    for (TensorWeights one : weights.tensors()) {
      Double min = one.values().min();
      Double max = one.values().max();
      if (one.tensor().equals(tensor.name()) && min != null && max != null) {
        return HintonDiagram.powerOfTwo(Math.max(Math.abs(min), Math.abs(max)));
      }
    }
    return 1;
  }
}
