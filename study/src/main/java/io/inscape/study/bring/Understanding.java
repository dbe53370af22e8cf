package io.inscape.study.bring;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What was understood of networks and data that somebody brings, before anything is kept.
///
/// @param model the networks; null where none were named
/// @param activations arrays that were made elsewhere; null where none were named
/// @param data the data set; null where none was named
/// @param input how the one goes into the other; null unless both could be read
/// @param check how well the last network does on some observations; null where nothing can be
///   compared
/// @param views what can be looked at afterwards, and why not
/// @param problems what stands in the way, one sentence each
/// @param ready whether the import can begin
public record Understanding(
    @Nullable ModelPart model,
    @Nullable ActivationsPart activations,
    @Nullable DataPart data,
    @Nullable InputPart input,
    @Nullable Check check,
    List<View> views,
    List<String> problems,
    boolean ready) {
  /// Copies the lists.
  public Understanding {
    views = List.copyOf(views);
    problems = List.copyOf(problems);
  }

  /// The same with something that stands in the way.
  ///
  /// @param problem a sentence
  /// @return what was understood, not ready
  public Understanding withProblem(String problem) {
    List<String> all = new ArrayList<>(problems);
    all.add(problem);
    return new Understanding(model, activations, data, input, check, views, all, false);
  }

  /// The networks.
  ///
  /// @param name what the network is called
  /// @param run the name of the run that they become
  /// @param runs the names of all runs where the folder holds several
  /// @param files the checkpoints of the first run, by rising epoch
  /// @param opset version of ONNX's operators
  /// @param parameters how many weights and biases
  /// @param inputs what the graph takes
  /// @param outputs what it gives
  /// @param layers the values that a person would call layers
  /// @param problem why it cannot be read; null if it can
  public record ModelPart(
      String name,
      String run,
      List<String> runs,
      List<FilePart> files,
      long opset,
      long parameters,
      List<ValuePart> inputs,
      List<ValuePart> outputs,
      List<LayerPart> layers,
      @Nullable String problem) {
    /// Copies the lists.
    public ModelPart {
      runs = List.copyOf(runs);
      files = List.copyOf(files);
      inputs = List.copyOf(inputs);
      outputs = List.copyOf(outputs);
      layers = List.copyOf(layers);
    }

    /// The same with other layers.
    ModelPart withLayers(List<LayerPart> other) {
      return new ModelPart(
          name, run, runs, files, opset, parameters, inputs, outputs, other, problem);
    }
  }

  /// A network file.
  ///
  /// @param file its name
  /// @param epoch that its name tells, or that was given; null where neither does
  /// @param bytes its size
  public record FilePart(String file, @Nullable Integer epoch, long bytes) {}

  /// An input or output of a graph.
  ///
  /// @param name of it
  /// @param type of its elements; `unknown` where the file does not say
  /// @param shape of it; null for an axis whose size is free
  public record ValuePart(String name, String type, List<@Nullable Integer> shape) {}

  /// A layer.
  ///
  /// @param name as commands and requests have it
  /// @param value of the graph
  /// @param shape for one observation
  /// @param units how many numbers for each observation
  /// @param operator that makes them
  /// @param reading `all`, `class token` or `mean over tokens`
  /// @param proposed whether a person would want it first
  public record LayerPart(
      String name,
      String value,
      List<Integer> shape,
      int units,
      String operator,
      String reading,
      boolean proposed) {
    /// Copies the shape.
    public LayerPart {
      shape = List.copyOf(shape);
    }
  }

  /// Activations that were made elsewhere.
  ///
  /// @param name of their folder
  /// @param observations how many rows each array must have
  /// @param runs what is in the folder, by name
  /// @param problem why the folder cannot be read; null if it can
  public record ActivationsPart(
      String name, int observations, List<OutsidePart> runs, @Nullable String problem) {
    /// Copies the runs.
    public ActivationsPart {
      runs = List.copyOf(runs);
    }
  }

  /// A run of activations.
  ///
  /// @param name of the run
  /// @param epochs by rising number
  /// @param fresh those that the study does not have yet; all of them for a new study
  /// @param layers of every epoch, from input to output
  /// @param predictions how many epochs come with predictions
  /// @param metrics of how many epochs losses and accuracies are known
  /// @param problem why it cannot be taken in; null if it can
  public record OutsidePart(
      String name,
      List<Integer> epochs,
      List<Integer> fresh,
      List<OutsideLayer> layers,
      int predictions,
      int metrics,
      @Nullable String problem) {
    /// Copies the lists.
    public OutsidePart {
      epochs = List.copyOf(epochs);
      fresh = List.copyOf(fresh);
      layers = List.copyOf(layers);
    }
  }

  /// A layer of activations.
  ///
  /// @param name of it
  /// @param units how many numbers for each observation
  /// @param shape of them
  public record OutsideLayer(String name, int units, List<Integer> shape) {
    /// Copies the shape.
    public OutsideLayer {
      shape = List.copyOf(shape);
    }
  }

  /// The data set.
  ///
  /// @param name of it
  /// @param kind `images`, `vectors` or `texts`; `none` where there are but activations of them
  /// @param shape of one image, channel first; null for others
  /// @param columns how many numbers an observation has after preprocessing
  /// @param train observations to learn from
  /// @param test observations held back
  /// @param classes their names; empty where there are none
  /// @param labels `classes`, `values` or `none`
  /// @param classCounts test observations of each class
  /// @param preprocess what is done to its images
  /// @param problem why it cannot be read; null if it can
  public record DataPart(
      String name,
      String kind,
      @Nullable List<Integer> shape,
      int columns,
      int train,
      int test,
      List<String> classes,
      String labels,
      List<Integer> classCounts,
      String preprocess,
      @Nullable String problem) {}

  /// How the data go into the network.
  ///
  /// @param fits whether they do
  /// @param sentence both shapes in words
  /// @param binding what goes into which input
  /// @param proposal a preprocessing that would fit; null where there is none, or it fits already
  /// @param low the least number of the examples
  /// @param high the greatest
  /// @param mean of all their numbers
  /// @param examples how many observations these were taken of
  /// @param problem why not; null if it fits
  public record InputPart(
      boolean fits,
      String sentence,
      List<BindingPart> binding,
      @Nullable String proposal,
      double low,
      double high,
      double mean,
      int examples,
      @Nullable String problem) {}

  /// What goes into one input.
  ///
  /// @param input its name
  /// @param part of the data, empty where there is one
  /// @param shape that the network is given, batch first
  /// @param layout such as `as it is` or `channels last`
  /// @param type of the elements
  public record BindingPart(
      String input, String part, List<@Nullable Integer> shape, String layout, String type) {}

  /// The first sanity check.
  ///
  /// @param accuracy share of the observations that is right; null where it gives no classes
  /// @param of how many observations
  /// @param epoch of the network that was asked
  /// @param answers what the outputs are: `classes`, `values` or `none`
  /// @param suspicious whether a person should look at the preprocessing again
  /// @param sentence in words
  public record Check(
      @Nullable Double accuracy,
      int of,
      int epoch,
      String answers,
      boolean suspicious,
      String sentence) {}

  /// A view and whether there will be something to see in it.
  ///
  /// @param view the page's name of it
  /// @param title as a person reads it
  /// @param available `yes`, `reduced` or `no`
  /// @param why what is there, or what is missing
  public record View(String view, String title, String available, String why) {}
}
