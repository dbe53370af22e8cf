package io.inscape.training;

import io.inscape.dataset.InputException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/// Everything that training needs to go on after an epoch as if it had never stopped. Immutable.
public final class TrainingState {
  private final int epoch;
  private final long updates;
  private final Map<String, float[]> parameters;
  private final Map<String, float[]> velocities;

  /// Puts a state together.
  ///
  /// @param epoch how many epochs are done, at least 0
  /// @param updates how many updates were made, at least 0
  /// @param parameters the weights that learn, by name; copied
  /// @param velocities the newest step of each weight, by the same names; copied
  /// @throws IllegalArgumentException when a count is negative or the names or sizes differ
  public TrainingState(
      int epoch, long updates, Map<String, float[]> parameters, Map<String, float[]> velocities) {
    if (epoch < 0 || updates < 0) {
      throw new IllegalArgumentException(
          "a state needs counts of at least 0, got epoch " + epoch + " and update " + updates);
    }
    this.epoch = epoch;
    this.updates = updates;
    this.parameters = copy(parameters);
    this.velocities = copy(velocities);
    if (!this.parameters.keySet().equals(this.velocities.keySet())) {
      throw new IllegalArgumentException(
          "a state needs a velocity for each parameter, got parameters "
              + parameters.keySet()
              + " and velocities "
              + velocities.keySet());
    }
    this.parameters.forEach((name, values) -> {
      if (velocity(name).length != values.length) {
        throw new IllegalArgumentException(
            "parameter "
                + name
                + " has "
                + values.length
                + " values but "
                + velocity(name).length
                + " velocities");
      }
    });
  }

  private static Map<String, float[]> copy(Map<String, float[]> arrays) {
    Map<String, float[]> copies = new LinkedHashMap<>();
    arrays.forEach((name, values) -> copies.put(name, values.clone()));
    return Collections.unmodifiableMap(copies);
  }

  /// {@return how many epochs are done}
  public int epoch() {
    return epoch;
  }

  /// {@return how many updates were made over all epochs}
  public long updates() {
    return updates;
  }

  /// {@return the names of the weights, in order}
  public Set<String> names() {
    return parameters.keySet();
  }

  /// A weight's values.
  ///
  /// @param name one of [#names()]
  /// @return a copy
  public float[] parameter(String name) {
    return array(parameters, name).clone();
  }

  /// The newest step of a weight.
  ///
  /// @param name one of [#names()]
  /// @return a copy
  public float[] velocity(String name) {
    return array(velocities, name).clone();
  }

  private static float[] array(Map<String, float[]> arrays, String name) {
    float[] values = arrays.get(name);
    if (values == null) {
      throw new IllegalArgumentException(
          "the state has no parameter '" + name + "', only " + arrays.keySet());
    }
    return values;
  }

  /// Writes the state as one `.npz` file that NumPy reads: aside first, made durable, then put in
  /// place.
  ///
  /// @param file where; replaced whole or not at all; the same state gives the same bytes
  /// @throws InputException when the file cannot be written
  public void write(Path file) {
    StateFile.write(this, file);
  }

  /// Reads what [#write] wrote.
  ///
  /// @param file the `.npz` file
  /// @return the state
  /// @throws InputException when the file is not there, cut, damaged or no training state
  public static TrainingState read(Path file) {
    return StateFile.read(file);
  }
}
