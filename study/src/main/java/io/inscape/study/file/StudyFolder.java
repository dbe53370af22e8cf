package io.inscape.study.file;

import io.inscape.dataset.Part;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;

/// Where everything lies in a study's folder.
///
/// @param root the folder
public record StudyFolder(Path root) {
  /// {@return what the study is about}
  public Path description() {
    return root.resolve("study.json");
  }

  /// {@return the observations looked at}
  public Path sample() {
    return root.resolve("sample.npy");
  }

  /// {@return their classes}
  public Path sampleLabels() {
    return root.resolve("sample-labels.npy");
  }

  /// {@return their target values}
  public Path sampleValues() {
    return root.resolve("sample-values.npy");
  }

  /// {@return what was uploaded and is not part of the study yet}
  public Path staging() {
    return root.resolve(".staging");
  }

  /// {@return the data sets that came with an upload}
  public Path data() {
    return root.resolve("data");
  }

  /// {@return what was found in each file of a large data set, so that it need not be read again}
  public Path dataIndex() {
    return root.resolve("data-index");
  }

  /// {@return a copy of the observations, where the study was packed for others}
  public Path observed() {
    return root.resolve("observed.npy");
  }

  /// {@return a copy of the observations of a study of texts, where it was packed for others}
  public Path observedTexts() {
    return root.resolve("observed.json");
  }

  /// {@return the tokenizer that goes with [#observedTexts()]}
  public Path observedTokenizer() {
    return root.resolve("observed-tokenizer.json");
  }

  /// {@return the folder of all runs}
  public Path runs() {
    return root.resolve("runs");
  }

  /// {@return the folder of a run}
  ///
  /// @param run its name
  public Path run(String run) {
    return runs().resolve(run);
  }

  /// {@return how a run was trained}
  ///
  /// @param run its name
  public Path runFile(String run) {
    return run(run).resolve("run.json");
  }

  /// {@return where the activations of a run lie that were made elsewhere}
  ///
  /// @param run its name
  public Path activationFiles(String run) {
    return run(run).resolve("activations.json");
  }

  /// {@return what the training of a run goes on from}
  ///
  /// @param run its name
  public Path state(String run) {
    return run(run).resolve("resume.npz");
  }

  /// {@return the network of a run after an epoch}
  ///
  /// @param run its name
  /// @param epoch 0 for the untrained network
  public Path snapshot(String run, int epoch) {
    return run(run).resolve(epochName(epoch) + ".onnx");
  }

  /// {@return what that network predicts for the sample}
  ///
  /// @param run its name
  /// @param epoch 0 for the untrained network
  public Path predictions(String run, int epoch) {
    return run(run).resolve(epochName(epoch).replace("epoch", "predictions") + ".npy");
  }

  /// {@return how the weights of a run are distributed after an epoch, kept or not}
  ///
  /// @param run its name
  /// @param epoch 0 for the untrained network
  public Path weights(String run, int epoch) {
    return run(run).resolve("weights").resolve(epochName(epoch) + ".json");
  }

  /// {@return the folder of what its layers make of the sample}
  ///
  /// @param run its name
  /// @param epoch 0 for the untrained network
  public Path activations(String run, int epoch) {
    return root.resolve("activations").resolve(run).resolve(epochName(epoch));
  }

  /// Activations for another number of observations than the sample has.
  ///
  /// @param run its name
  /// @param epoch 0 for the untrained network
  /// @param split the part of the data set that they are drawn from
  /// @param observations how many
  /// @return the folder of what its layers make of them
  public Path activations(String run, int epoch, Part split, int observations) {
    return root.resolve("activations")
        .resolve(run)
        .resolve(
            epochName(epoch) + "-" + split.name().toLowerCase(Locale.ROOT) + "-" + observations);
  }

  private static String epochName(int epoch) {
    return String.format(Locale.ROOT, "epoch-%04d", epoch);
  }

  /// A layer's file: its name where that is a safe file name, otherwise one made from it that no
  /// other layer has.
  ///
  /// @param layer its name
  /// @return a file name
  public static String layerFile(String layer) {
    boolean safe = layer.matches("[A-Za-z0-9_][A-Za-z0-9._-]{0,99}") && !layer.contains(".tmp-");
    if (safe) {
      return layer + ".npy";
    }
    String readable = layer.replaceAll("[^A-Za-z0-9_-]", "_");
    String digest = Digests.of(layer.getBytes(StandardCharsets.UTF_8));
    return readable.substring(0, Math.min(60, readable.length()))
        + "-"
        + digest.substring(0, 12)
        + ".npy";
  }
}
