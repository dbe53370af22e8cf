package io.inscape.study.sequence;

import io.inscape.study.ActivationSource;
import io.inscape.study.Study;
import io.inscape.study.run.Run;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Which steps a sequence has: vectors of the study's sample, the same observations in every step.
///
/// What is left out (an empty list) means all there are, until [#resolve] says which they are.
public sealed interface SequenceSource {
  /// The layers that are no hidden ones: what the network answers.
  List<String> OUTPUT_LAYERS = List.of("logits", "probabilities");

  /// {@return the source as JSON has it}
  Map<String, Object> describe();

  /// {@return the steps, in order; none where all were asked for and not yet resolved}
  List<Step> steps();

  /// The same with everything named.
  ///
  /// @param study that has it
  /// @return at least two steps
  /// @throws io.inscape.study.file.StudyException if a run or an epoch is not there
  /// @throws IllegalArgumentException if a layer is not there, or there is one step only
  SequenceSource resolve(Study study);

  /// One step.
  ///
  /// @param name as a person tells it from the others, such as `epoch 5`
  /// @param source its vectors
  record Step(String name, ActivationSource source) {}

  /// One layer while its network is trained.
  ///
  /// @param run the run
  /// @param layer the layer's name
  /// @param epochs kept ones, in the order of the steps; none for all
  record ByEpoch(String run, String layer, List<Integer> epochs) implements SequenceSource {
    /// Copies the list.
    public ByEpoch {
      epochs = List.copyOf(epochs);
    }

    @Override
    public Map<String, Object> describe() {
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("by", "epoch");
      fields.put("run", run);
      fields.put("layer", layer);
      fields.put("epochs", epochs);
      return fields;
    }

    @Override
    public List<Step> steps() {
      return epochs.stream()
          .map(epoch -> new Step("epoch " + epoch, new ActivationSource.Layer(run, epoch, layer)))
          .toList();
    }

    @Override
    public SequenceSource resolve(Study study) {
      if (layer.equals(ActivationSource.INPUT)) {
        throw new IllegalArgumentException(
            "the input is the same in every epoch, so there is nothing to follow; name a layer of run "
                + run);
      }
      Run trained = study.run(run);
      Steps.requireLayer(trained, layer);
      List<Integer> chosen = epochs.isEmpty() ? trained.info().snapshots() : epochs;
      chosen.forEach(trained::requireEpoch);
      Steps.requireSeveral(chosen, "epochs", "run " + run + " keeps", trained.info().snapshots());
      return new ByEpoch(run, layer, chosen);
    }
  }

  /// The layers of one snapshot.
  ///
  /// @param run the run
  /// @param epoch a kept one
  /// @param layers in the order of the steps, `input` among them if wished; none for the input and
  ///   all hidden layers
  record ByLayer(String run, int epoch, List<String> layers) implements SequenceSource {
    /// Copies the list.
    public ByLayer {
      layers = List.copyOf(layers);
    }

    @Override
    public Map<String, Object> describe() {
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("by", "layer");
      fields.put("run", run);
      fields.put("epoch", epoch);
      fields.put("layers", layers);
      return fields;
    }

    @Override
    public List<Step> steps() {
      return layers.stream().map(layer -> new Step(layer, source(layer))).toList();
    }

    private ActivationSource source(String layer) {
      return layer.equals(ActivationSource.INPUT)
          ? new ActivationSource.Input()
          : new ActivationSource.Layer(run, epoch, layer);
    }

    @Override
    public SequenceSource resolve(Study study) {
      Run trained = study.run(run);
      trained.requireEpoch(epoch);
      boolean input = study.info().dataset().columns() > 0;
      List<String> all =
          Stream.concat(
                  input ? Stream.of(ActivationSource.INPUT) : Stream.empty(),
                  Steps.hiddenLayers(trained).stream())
              .toList();
      List<String> chosen = layers.isEmpty() ? all : layers;
      chosen.stream()
          .filter(layer -> !layer.equals(ActivationSource.INPUT))
          .forEach(layer -> Steps.requireLayer(trained, layer));
      Steps.requireSeveral(chosen, "layers", "run " + run + " has", all);
      return new ByLayer(run, epoch, chosen);
    }
  }

  /// The same layer in several runs.
  ///
  /// @param runs in the order of the steps
  /// @param epoch a kept one of each
  /// @param layer the layer's name in each
  record ByRun(List<String> runs, int epoch, String layer) implements SequenceSource {
    /// Copies the list.
    public ByRun {
      runs = List.copyOf(runs);
    }

    @Override
    public Map<String, Object> describe() {
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("by", "run");
      fields.put("runs", runs);
      fields.put("epoch", epoch);
      fields.put("layer", layer);
      return fields;
    }

    @Override
    public List<Step> steps() {
      return runs.stream()
          .map(run -> new Step(run, new ActivationSource.Layer(run, epoch, layer)))
          .toList();
    }

    @Override
    public SequenceSource resolve(Study study) {
      for (String run : runs) {
        study.run(run).requireEpoch(epoch);
        Steps.requireLayer(study.run(run), layer);
      }
      Steps.requireSeveral(
          runs, "runs", "the study has", study.runs().stream().map(Run::name).toList());
      return this;
    }
  }
}
