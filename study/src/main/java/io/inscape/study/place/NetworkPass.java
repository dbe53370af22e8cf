package io.inscape.study.place;

import io.inscape.dataset.Feed;
import io.inscape.matrix.Matrix;
import io.inscape.network.Layer;
import io.inscape.network.Network;
import io.inscape.study.ActivationSource;
import io.inscape.study.Study;
import io.inscape.study.run.RunInfo;
import io.inscape.training.CrossEntropy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Runs one new observation through the networks of a study. Safe for use by several threads, one
/// after the other; the networks that are open are closed with the study.
final class NetworkPass {
  /// How far from 1 the sum of 32-bit probabilities may lie.
  private static final double ROUNDING = 1e-3;

  private final Study study;
  private final OpenNetworks open;

  NetworkPass(Study study, int threads) {
    this.study = study;
    this.open = new OpenNetworks(threads);
    study.whenClosed(open::close);
  }

  /// What a snapshot makes of an observation.
  ///
  /// @param layers one row each, by name
  /// @param probabilities of each class; null where the network does not say
  @SuppressWarnings("ArrayRecordComponent") // kept within the package, never compared
  record Answer(Map<String, Matrix> layers, float @Nullable [] probabilities) {}

  /// Runs a snapshot.
  ///
  /// @param source a layer of it
  /// @param names the layers that are wanted
  /// @param feed of one observation
  Answer run(ActivationSource.Layer source, List<String> names, Feed feed) {
    RunInfo run = study.run(source.run()).info();
    if (!run.hasNetworks()) {
      throw new IllegalArgumentException(
          "run "
              + run.name()
              + " has activations only and no network, so nothing new can be run through it; place"
              + " into the input, or bring the networks too");
    }
    Path file = study.run(source.run()).snapshot(source.epoch());
    OpenNetworks.Values found =
        open.run(file, names, network -> chosen(network, names, run.answersClasses()), feed);
    List<Matrix> values = found.rows();
    List<Layer> layers = found.layers();
    Optional<Layer> scores = run.answersClasses() ? scores(found.network()) : Optional.empty();
    Map<String, Matrix> rows = new LinkedHashMap<>();
    for (int at = 0; at < names.size(); at++) {
      rows.put(names.get(at), values.get(at));
    }
    return new Answer(
        rows, scores.map(layer -> probabilities(values.get(layers.indexOf(layer)))).orElse(null));
  }

  /// The layers that are wanted, and the class scores where the network gives some.
  private List<Layer> chosen(Network network, List<String> names, boolean classes) {
    List<Layer> layers = new ArrayList<>();
    names.forEach(name -> layers.add(network.layer(name)));
    Optional<Layer> scores = classes ? scores(network) : Optional.empty();
    scores.filter(layer -> !layers.contains(layer)).ifPresent(layers::add);
    return layers;
  }

  /// The layer that holds one number for each class; empty where the network answers something
  /// else.
  private Optional<Layer> scores(Network network) {
    int classes = study.info().dataset().classNames().size();
    Optional<String> value = network.logits();
    return network.layers().stream()
        .filter(layer -> value.isPresent() && layer.value().equals(value.get()))
        .filter(layer -> classes > 1 && layer.units() == classes)
        .findFirst();
  }

  private static float[] probabilities(Matrix scores) {
    float[] values = scores.toArray();
    double sum = 0;
    boolean positive = true;
    for (float value : values) {
      sum += value;
      positive &= value >= 0;
    }
    if (positive && Math.abs(sum - 1) <= ROUNDING) {
      return values;
    }
    float[] probabilities = new float[values.length];
    new CrossEntropy(values.length).probabilities(values, 0, probabilities, 0);
    return probabilities;
  }
}
