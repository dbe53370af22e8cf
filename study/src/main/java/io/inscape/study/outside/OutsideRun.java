package io.inscape.study.outside;

import io.inscape.activation.outside.OutsideArray;
import io.inscape.dataset.InputException;
import io.inscape.training.EpochMetrics;
import java.util.List;
import java.util.Optional;

/// A run whose activations lie in a folder.
///
/// @param name of its folder
/// @param epochs by rising number; at least one, all with the same layers
/// @param metrics of those epochs that are known
public record OutsideRun(String name, List<Epoch> epochs, List<EpochMetrics> metrics) {
  /// Copies the lists.
  public OutsideRun {
    epochs = List.copyOf(epochs);
    metrics = List.copyOf(metrics);
  }

  /// An epoch.
  ///
  /// @param epoch its number
  /// @param layers what each layer makes of the observations, from input to output
  /// @param predictions a probability for each observation and class, if there are some
  public record Epoch(int epoch, List<Layer> layers, Optional<OutsideArray> predictions) {
    /// Copies the list.
    public Epoch {
      layers = List.copyOf(layers);
    }
  }

  /// A layer of an epoch.
  ///
  /// @param name of the layer
  /// @param array its values, observations first
  public record Layer(String name, OutsideArray array) {
    /// {@return the size of each axis behind the first; 1 where there is none}
    public List<Integer> shape() {
      List<Long> axes = array.shape().subList(1, array.shape().size());
      return axes.isEmpty() ? List.of(1) : axes.stream().map(Math::toIntExact).toList();
    }
  }

  /// Refuses epochs that are not of one network and of these observations.
  ///
  /// @param observations how many there are
  /// @throws InputException if layers are missing, or arrays have other sizes
  public void requireWhole(long observations) {
    Epoch first = epochs.getFirst();
    List<String> names = first.layers().stream().map(Layer::name).toList();
    for (Epoch epoch : epochs) {
      List<String> here = epoch.layers().stream().map(Layer::name).toList();
      String place = epoch.layers().getFirst().array().file().toString();
      if (!here.equals(names)) {
        throw InputException.unsupported(
            place,
            "epoch " + epoch.epoch() + " of run " + name,
            "the layers " + String.join(", ", here),
            String.join(", ", names) + ", as in epoch " + first.epoch(),
            "write the same layers in every epoch, or put other networks into runs of their own");
      }
      for (int i = 0; i < names.size(); i++) {
        requireSize(epoch, epoch.layers().get(i), first.layers().get(i).shape(), observations);
      }
      epoch
          .predictions()
          .ifPresent(array -> requireRows(epoch, "predictions", array, observations));
    }
  }

  private void requireSize(Epoch epoch, Layer layer, List<Integer> shape, long observations) {
    requireRows(epoch, "layer " + layer.name(), layer.array(), observations);
    if (!layer.shape().equals(shape)) {
      throw InputException.unsupported(
          layer.array().file().toString(),
          "epoch " + epoch.epoch() + " of run " + name + ", layer " + layer.name(),
          "values of shape " + layer.shape() + " for each observation",
          shape + ", as in epoch " + epochs.getFirst().epoch(),
          "the epochs of a run are one network");
    }
  }

  private void requireRows(Epoch epoch, String what, OutsideArray array, long observations) {
    long rows = array.shape().isEmpty() ? 0 : array.shape().getFirst();
    if (rows != observations) {
      throw InputException.unsupported(
          array.file().toString(),
          "epoch " + epoch.epoch() + " of run " + name + ", " + what,
          rows + " rows",
          observations + ", one for each observation",
          "write the values of the same observations, in the same order, every time");
    }
    try {
      array.units();
    } catch (ArithmeticException e) {
      throw InputException.unsupported(
          array.file().toString(),
          "epoch " + epoch.epoch() + " of run " + name + ", " + what,
          "the shape " + array.shape(),
          "fewer numbers for each observation than an index counts",
          "");
    }
  }
}
