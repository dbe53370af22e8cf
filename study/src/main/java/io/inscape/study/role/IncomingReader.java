package io.inscape.study.role;

import io.inscape.dataset.ImageShape;
import io.inscape.network.Layer;
import io.inscape.network.LayerTensor;
import io.inscape.network.Network;
import io.inscape.network.Node;
import io.inscape.study.ActivationSource;
import io.inscape.study.Study;
import io.inscape.study.role.IncomingWeights.Strongest;
import io.inscape.study.unit.UnitPooling;
import io.inscape.study.unit.UnitSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Finds the weights of a unit in its network, and the layer that they come from.
final class IncomingReader {
  private static final String[] CONVOLUTIONS = {"Conv", "ConvInteger", "QLinearConv"};
  private static final int STRONGEST = 10;
  private static final int LONGEST_WAY = 64;

  private final Network network;
  private final Layer layer;

  private IncomingReader(Network network, Layer layer) {
    this.network = network;
    this.layer = layer;
  }

  static IncomingWeights read(Study study, UnitSource source, int unit) {
    Network network = study.run(source.run()).network(source.epoch());
    Layer layer = network.layer(source.layer());
    IncomingReader reader = new IncomingReader(network, layer);
    Optional<Use> use = reader.use();
    return use.isPresent() ? reader.read(study, use.get(), source, unit) : reader.without();
  }

  /// The layer's weights, and the operation that computes with them.
  private record Use(LayerTensor tensor, Node node) {
    boolean kernel() {
      return node.is(CONVOLUTIONS);
    }
  }

  /// Empty where the layer has no weights that belong to single units.
  private Optional<Use> use() {
    for (LayerTensor tensor : network.weights()) {
      if (tensor.layer().equals(layer.name())
          && tensor.kind() == LayerTensor.Kind.WEIGHTS
          && tensor.shape().size() > 1) {
        return computing(tensor)
            .filter(node -> node.is(CONVOLUTIONS) || layer.shape().size() == 1)
            .map(node -> new Use(tensor, node));
      }
    }
    return Optional.empty();
  }

  /// The operation that takes a tensor as its weights, past what only turns or names it.
  private Optional<Node> computing(LayerTensor tensor) {
    String value = tensor.name();
    for (int step = 0; step < LONGEST_WAY; step++) {
      String wanted = value;
      Optional<Node> user =
          network.nodes().stream().filter(node -> node.inputs().contains(wanted)).findFirst();
      if (user.isEmpty()
          || user.get().is("Conv", "Gemm", "MatMul", "ConvInteger", "MatMulInteger")) {
        return user.filter(node -> node.inputs().indexOf(wanted) == 1);
      }
      if (user.get().is("QLinearConv", "QLinearMatMul")) {
        return user.filter(node -> node.inputs().indexOf(wanted) == 3);
      }
      value = user.get().outputs().getFirst();
    }
    return Optional.empty();
  }

  private IncomingWeights read(Study study, Use use, UnitSource source, int unit) {
    LayerTensor tensor = use.tensor();
    int positions = use.kernel() && source.chosen() == UnitPooling.NONE ? positions(layer) : 1;
    int receiver = unit / positions;
    int receivers = tensor.receivers();
    float[] all = tensor.bySender(network.weight(tensor.name()));
    float[] weights = new float[tensor.senders()];
    for (int sender = 0; sender < weights.length; sender++) {
      weights[sender] = all[sender * receivers + receiver];
    }
    Way way = wayBack(use.node().inputs().getFirst());
    Layer sending = way.sender() == null ? null : sending(way.sender());
    return new IncomingWeights(
        layer.name(),
        layer.operator(),
        weights.length,
        use.kernel() ? kernel(tensor) : image(study, way, weights.length),
        boxed(weights),
        bias(receiver, receivers),
        sending == null ? List.of() : strongest(use, receiver, weights),
        way.sender(),
        sending == null || sending.shape().size() == 1
            ? null
            : (use.kernel() ? UnitPooling.MEAN : UnitPooling.NONE).label(),
        null);
  }

  private static int positions(Layer layer) {
    return layer.units() / layer.shape().getFirst();
  }

  private static List<Float> boxed(float[] values) {
    List<Float> list = new ArrayList<>(values.length);
    for (float value : values) {
      list.add(value);
    }
    return list;
  }

  private @Nullable Float bias(int receiver, int receivers) {
    for (LayerTensor tensor : network.weights()) {
      if (tensor.layer().equals(layer.name()) && tensor.kind() == LayerTensor.Kind.BIASES) {
        float[] values = network.weight(tensor.name());
        return values.length == receivers ? (Float) values[receiver] : null;
      }
    }
    return null;
  }

  /// `[row, col]` of a kernel on one channel, else `[channel, row, col]`; null along a line.
  private static @Nullable List<Integer> kernel(LayerTensor tensor) {
    List<Integer> shape =
        tensor.shape().subList(1, tensor.shape().size()).stream().map(Math::toIntExact).toList();
    return shape.size() == 3 ? image(shape) : null;
  }

  private static List<Integer> image(List<Integer> shape) {
    return shape.getFirst() == 1 ? shape.subList(1, 3) : shape;
  }

  private static @Nullable List<Integer> image(Study study, Way way, int senders) {
    if (!ActivationSource.INPUT.equals(way.sender()) || way.turned()) {
      return null;
    }
    ImageShape given = study.info().dataset().shape(); // the images need not be here
    if (given == null) {
      return null;
    }
    ImageShape shape = study.pipeline().outputShape(given);
    return shape.size() == senders
        ? image(List.of(shape.channels(), shape.rows(), shape.cols()))
        : null;
  }

  private static List<Strongest> strongest(Use use, int receiver, float[] weights) {
    List<Strongest> all = new ArrayList<>();
    if (use.kernel()) {
      List<Long> shape = use.tensor().shape();
      int channels = Math.toIntExact(shape.get(1));
      int area = weights.length / channels;
      int groups = Math.toIntExact(use.node().integer("group", 1));
      int first = receiver / (use.tensor().receivers() / groups) * channels;
      for (int channel = 0; channel < channels; channel++) {
        float[] map = Arrays.copyOfRange(weights, channel * area, (channel + 1) * area);
        all.add(new Strongest(first + channel, strongest(map)));
      }
    } else {
      for (int sender = 0; sender < weights.length; sender++) {
        all.add(new Strongest(sender, weights[sender]));
      }
    }
    all.sort(Comparator.comparingDouble(one -> -Math.abs(one.weight()))); // stable
    return all.subList(0, Math.min(STRONGEST, all.size()));
  }

  private static float strongest(float[] weights) {
    float strongest = 0;
    for (float weight : weights) {
      strongest = Math.abs(weight) > Math.abs(strongest) ? weight : strongest;
    }
    return strongest;
  }

  /// @param sender a layer's name or `input`; null where several values are mixed
  /// @param turned whether axes change places on the way
  private record Way(@Nullable String sender, boolean turned) {}

  /// Goes back to the first value that has a name for people.
  private Way wayBack(String from) {
    String value = from;
    boolean turned = false;
    for (int step = 0; step < LONGEST_WAY; step++) {
      for (Layer one : network.layers()) {
        if (one.value().equals(value)) {
          return new Way(one.name(), turned);
        }
      }
      Optional<Node> maker = network.producer(value);
      if (maker.isEmpty()) {
        return new Way(ActivationSource.INPUT, turned);
      }
      List<String> computed = maker.get().inputs().stream().filter(this::computed).toList();
      if (computed.size() != 1) {
        break;
      }
      turned |= maker.get().is("Transpose");
      value = computed.getFirst();
    }
    return new Way(null, turned);
  }

  private boolean computed(String value) {
    return !value.isEmpty()
        && !network.parameters().containsKey(value)
        && network.producer(value).map(node -> !node.is("Constant")).orElse(true);
  }

  private @Nullable Layer sending(String name) {
    return network.layers().stream()
        .filter(one -> one.name().equals(name))
        .findFirst()
        .orElse(null);
  }

  private IncomingWeights without() {
    Way way =
        network
            .producer(layer.value())
            .flatMap(node -> node.input(0))
            .map(this::wayBack)
            .orElse(new Way(null, false));
    return new IncomingWeights(
        layer.name(),
        layer.operator(),
        0,
        null,
        List.of(),
        null,
        List.of(),
        way.sender(),
        null,
        "layer "
            + layer.name()
            + " is made by "
            + layer.operator()
            + " and has the shape "
            + layer.shape()
            + ": it has no weights that belong to single units");
  }
}
