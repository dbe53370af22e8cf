package io.inscape.study.unit;

import io.inscape.study.ActivationSource;
import io.inscape.study.Study;
import io.inscape.study.run.RunInfo.LayerInfo;
import io.inscape.study.sequence.Steps;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Which units: those of a layer of a snapshot.
///
/// @param run the run
/// @param epoch a kept epoch, 0 for the untrained network
/// @param layer the layer's name
/// @param pooling what counts as a unit; empty for the usual of the layer's shape, until [#resolve]
///   says which that is
public record UnitSource(String run, int epoch, String layer, Optional<UnitPooling> pooling) {
  /// The units that a layer usually has.
  ///
  /// @param run the run
  /// @param epoch a kept epoch
  /// @param layer the layer's name
  /// @return the source, with the pooling left open
  public static UnitSource of(String run, int epoch, String layer) {
    return new UnitSource(run, epoch, layer, Optional.empty());
  }

  /// The same with the pooling said.
  ///
  /// @param study that has the layer
  /// @return with a pooling
  /// @throws io.inscape.study.file.StudyException if the run or the epoch is not there
  /// @throws IllegalArgumentException if the study is about vectors, the layer is not there, or it
  ///   has no positions to pool
  public UnitSource resolve(Study study) {
    requireNetworks(study);
    List<Integer> shape = info(study).shape();
    study.run(run).requireEpoch(epoch);
    UnitPooling chosen = pooling.orElse(UnitPooling.usual(shape));
    if (chosen != UnitPooling.NONE && !UnitPooling.spatial(shape)) {
      throw new IllegalArgumentException(
          "pooling "
              + chosen.label()
              + " needs a layer of maps, but layer "
              + layer
              + " of run "
              + run
              + " has the shape "
              + shape
              + "; leave pooling out, or say none");
    }
    return new UnitSource(run, epoch, layer, Optional.of(chosen));
  }

  /// Refuses a study that has no networks.
  ///
  /// @param study any
  /// @throws IllegalArgumentException if it is about vectors
  public static void requireNetworks(Study study) {
    if (study.info().dataset().shape() == null && study.runs().isEmpty()) {
      throw new IllegalArgumentException(
          "study "
              + study.folder()
              + " is about the vectors of "
              + study.info().dataset().source()
              + " and has no networks, so no units; name a study of images with a trained run, or"
              + " give the file to `inscape neurons`");
    }
  }

  /// {@return what is known of the layer}
  ///
  /// @param study that has it
  /// @throws io.inscape.study.file.StudyException if the run is not there
  /// @throws IllegalArgumentException if the layer is not there
  public LayerInfo info(Study study) {
    return Steps.requireLayer(study.run(run), layer);
  }

  /// {@return how many units there are}
  ///
  /// @param study that has the layer
  /// @throws IllegalStateException if it is not resolved
  public int units(Study study) {
    return chosen().units(info(study).shape());
  }

  /// {@return the pooling of a resolved source}
  ///
  /// @throws IllegalStateException if it is not resolved
  public UnitPooling chosen() {
    return pooling.orElseThrow(() -> new IllegalStateException(words() + " is not resolved"));
  }

  /// {@return the layer, as activations are asked for}
  public ActivationSource.Layer activations() {
    return new ActivationSource.Layer(run, epoch, layer);
  }

  /// {@return the digest of everything in the study that determines the activations}
  ///
  /// @param study that has the layer
  /// @throws io.inscape.study.file.StudyException if the run or the epoch is not there
  public String inputsDigest(Study study) {
    return study.inputsDigest(activations());
  }

  /// {@return the source as JSON has it; `pooling` is left out where it is open}
  public Map<String, Object> describe() {
    Map<String, Object> fields = new LinkedHashMap<>(activations().describe());
    pooling.ifPresent(chosen -> fields.put("pooling", chosen.label()));
    return fields;
  }

  /// {@return the source as a sentence has it}
  public String words() {
    return "layer " + layer + " of run " + run + ", epoch " + epoch;
  }
}
