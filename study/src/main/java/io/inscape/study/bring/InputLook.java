package io.inscape.study.bring;

import io.inscape.dataset.Dataset;
import io.inscape.dataset.Feed;
import io.inscape.dataset.ImageShape;
import io.inscape.dataset.Images;
import io.inscape.dataset.InputException;
import io.inscape.dataset.Pipeline;
import io.inscape.dataset.Sample;
import io.inscape.network.Binding;
import io.inscape.network.Dimension;
import io.inscape.network.Network;
import io.inscape.study.bring.Understanding.InputPart;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How a data set goes into a network.
final class InputLook {
  private static final int MEASURED = 100;

  private InputLook() {}

  static InputPart of(Network network, Dataset dataset, Pipeline pipeline) {
    Feed feed = Feed.of(dataset.content(), pipeline);
    int[] some = Sample.draw(feed.count(), Math.min(MEASURED, feed.count()), 0);
    float[] row = new float[feed.width()];
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    double sum = 0;
    boolean whole = true;
    for (int observation : some) {
      feed.fill(observation, row, 0);
      for (float value : row) {
        low = Math.min(low, value);
        high = Math.max(high, value);
        sum += value;
        whole &= value == Math.rint(value);
      }
    }
    double mean = sum / ((double) some.length * row.length);
    Fit fit = fit(network, feed, whole);
    String proposal = fit.binding().isEmpty() ? proposal(network, dataset).orElse(null) : null;
    String problem =
        fit.problem() == null || proposal == null
            ? fit.problem()
            : fit.problem() + "; a preprocessing that fits: " + proposal;
    return new InputPart(
        problem == null,
        fit.sentence(),
        fit.binding(),
        proposal,
        low,
        high,
        mean,
        some.length,
        problem);
  }

  private record Fit(
      String sentence, List<Understanding.BindingPart> binding, @Nullable String problem) {}

  private static Fit fit(Network network, Feed feed, boolean whole) {
    try {
      Binding binding = Binding.of(network, feed.slots());
      List<Understanding.BindingPart> parts =
          binding.inputs().stream().map(input -> part(binding, input)).toList();
      return new Fit(sentence(feed), parts, whole ? null : cut(binding));
    } catch (InputException e) {
      return new Fit(sentence(feed), List.of(), String.valueOf(e.getMessage()));
    }
  }

  /// Why fractions cannot go in: an input of whole numbers would cut them off.
  private static @Nullable String cut(Binding binding) {
    for (Binding.Input input : binding.inputs()) {
      if (input.type().isInteger() && binding.slots().size() == 1) {
        return "input '"
            + input.name()
            + "' takes whole numbers ("
            + input.type().name().toLowerCase(Locale.ROOT)
            + "), and the data have fractions after preprocessing, which would be cut off; leave"
            + " out the scaling, or bring a copy of the network that takes real numbers";
      }
    }
    return null;
  }

  private static Understanding.BindingPart part(Binding binding, Binding.Input input) {
    List<@Nullable Integer> shape = new ArrayList<>();
    shape.addAll(input.shape());
    shape.add(
        input.batchAxis(),
        input.fixedBatch().isPresent() ? Integer.valueOf(input.fixedBatch().getAsInt()) : null);
    String layout =
        switch (input.layout()) {
          case AS_IS -> "as it is";
          case CHANNELS_LAST -> "channels last";
          case RESHAPED -> "reshaped";
        };
    return new Understanding.BindingPart(
        input.name(),
        binding.slot(input).name(),
        java.util.Collections.unmodifiableList(shape),
        layout,
        input.type().name().toLowerCase(Locale.ROOT));
  }

  private static String sentence(Feed feed) {
    List<String> parts = new ArrayList<>();
    for (Feed.Slot slot : feed.slots()) {
      String shape = String.join(" x ", slot.shape().stream().map(String::valueOf).toList());
      parts.add(slot.name().isEmpty() ? shape : slot.name() + " " + shape);
    }
    return "Each observation is " + String.join(", ", parts) + " after preprocessing.";
  }

  /// Steps that make the images as large as the network's input, and of as many channels.
  private static Optional<String> proposal(Network network, Dataset dataset) {
    if (!(dataset.content() instanceof Images images) || network.inputs().size() != 1) {
      return Optional.empty();
    }
    List<Dimension> axes = network.inputs().getFirst().shape().orElse(List.of());
    if (axes.size() != 4
        || !(axes.get(1) instanceof Dimension.Fixed(long channels))
        || !(axes.get(2) instanceof Dimension.Fixed(long rows))
        || !(axes.get(3) instanceof Dimension.Fixed(long cols))) {
      return Optional.empty();
    }
    boolean last = channels > 4 && cols <= 4;
    long height = last ? channels : rows;
    long width = last ? rows : cols;
    long depth = last ? cols : channels;
    ImageShape shape = images.shape();
    List<String> steps = new ArrayList<>();
    if (shape.rows() != height || shape.cols() != width) {
      steps.add("resize(" + height + "," + width + ")");
    }
    if (shape.channels() == 1 && depth == 3) {
      steps.add("rgb");
    } else if (shape.channels() == 3 && depth == 1) {
      steps.add("grey");
    } else if (shape.channels() != depth) {
      return Optional.empty();
    }
    steps.add("scale");
    return Optional.of(String.join(",", steps));
  }
}
