package io.inscape.web.bring;

import io.inscape.study.SampleSize;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What to look at or to import.
///
/// @param folder the study's, which may not be there yet
/// @param model a file or folder
/// @param activations a folder of activations that were made elsewhere, instead of a model; it
///   brings its own observations
/// @param data what to open the data set by: a name, or the absolute path of a file or folder;
///   empty for the study's own
/// @param reading how model and data are to be read
/// @param keeping what becomes of them
public record ImportOrder(
    Path folder,
    Optional<Path> model,
    Optional<Path> activations,
    Optional<String> data,
    Reading reading,
    Keeping keeping) {
  /// How model and data are to be read.
  ///
  /// @param preprocess the steps, such as `scale`; empty for the usual ones
  /// @param epochs the epoch of a file, by the file's name; of the others their names tell it
  /// @param tokenizer of texts, a file; empty for the one beside them
  /// @param tokens how many a text has at most; empty for the usual number
  /// @param label the column of a table that holds the labels; empty for the usual names
  public record Reading(
      Optional<String> preprocess,
      Map<String, Integer> epochs,
      Optional<Path> tokenizer,
      Optional<Integer> tokens,
      Optional<String> label) {
    /// Copies the map.
    public Reading {
      epochs = Map.copyOf(epochs);
    }
  }

  /// What becomes of them.
  ///
  /// @param run the run's name; empty for one after the model's
  /// @param title the study's; empty for one after its folder
  /// @param layers names of the layers to keep; empty for those proposed
  /// @param observations how many the study looks at; empty for the usual number
  /// @param withoutPredictions whether the outputs are of other classes than the data's, and the
  ///   network is taken for what its layers do
  public record Keeping(
      Optional<String> run,
      Optional<String> title,
      Optional<List<String>> layers,
      Optional<SampleSize> observations,
      boolean withoutPredictions) {
    /// Copies the list.
    public Keeping {
      layers = layers.map(List::copyOf);
    }
  }

  /// The same with files at another place.
  ///
  /// @param newData where the data set is now
  /// @param newTokenizer where the tokenizer is now
  /// @return the order
  ImportOrder at(Optional<String> newData, Optional<Path> newTokenizer) {
    return new ImportOrder(
        folder,
        model,
        activations,
        newData,
        new Reading(
            reading.preprocess(),
            reading.epochs(),
            newTokenizer,
            reading.tokens(),
            reading.label()),
        keeping);
  }

  /// The same with activations at another place.
  ///
  /// @param newActivations where they are now
  /// @return the order
  ImportOrder withActivations(Path newActivations) {
    return new ImportOrder(folder, model, Optional.of(newActivations), data, reading, keeping);
  }
}
