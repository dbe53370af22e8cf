package io.inscape.network;

import io.inscape.dataset.Feed;
import io.inscape.dataset.InputException;
import io.inscape.network.Binding.Input;
import io.inscape.network.Binding.Layout;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/// Finds out which part of a feed goes into which input, and how.
final class BindingFinder {
  private static final Pattern BATCH = Pattern.compile("(?i)n|b|bs|.*batch.*");

  private final Network network;

  BindingFinder(Network network) {
    this.network = network;
  }

  Binding find(List<Feed.Slot> slots) {
    List<Input> inputs = new ArrayList<>();
    for (ValueInfo input : network.inputs()) {
      int slot = slotFor(input, slots);
      if (slot < 0) {
        throw refused(
            "the graph's inputs",
            described(),
            "inputs that the data have parts for, which are " + described(slots),
            "give the data's parts the names of the inputs, as the arrays of an .npz file");
      }
      inputs.add(fit(input, slot, slots.get(slot)));
    }
    if (inputs.isEmpty()) {
      throw refused("the graph's inputs", "none", "at least one", "export the network again");
    }
    requireOneBatch(inputs);
    return new Binding(inputs, slots);
  }

  Binding natural() {
    List<ValueInfo> inputs = network.inputs();
    if (inputs.size() != 1) {
      throw refused(
          "the graph's inputs",
          described(),
          "one input",
          "bind the data's parts to them by their names");
    }
    ValueInfo input = inputs.getFirst();
    List<Integer> sizes = new ArrayList<>();
    List<Long> shape = sizes(input);
    for (int axis = 1; axis < shape.size(); axis++) {
      if (shape.get(axis) < 1) {
        throw refused(
            "input '" + input.name() + "'",
            "a free size for axis " + axis,
            "a free size for the batch only",
            "say what data the network is for");
      }
      sizes.add(Math.toIntExact(shape.get(axis)));
    }
    return find(List.of(new Feed.Slot("", sizes)));
  }

  private int slotFor(ValueInfo input, List<Feed.Slot> slots) {
    boolean alone = network.inputs().size() == 1;
    if (alone && slots.size() == 1) {
      return 0;
    }
    for (int i = 0; i < slots.size(); i++) {
      if (plain(slots.get(i).name()).equals(plain(input.name()))) {
        return i;
      }
    }
    boolean text = alone && input.type().map(ElementType::isInteger).orElse(false);
    for (int i = 0; i < slots.size() && text; i++) {
      if (slots.get(i).name().equals("input_ids")) {
        return i; // the only input of a network over tokens, whatever it is called
      }
    }
    return -1;
  }

  /// A name as different exporters would write it: TensorFlow's end in `:0`.
  private static String plain(String name) {
    return name.toLowerCase(Locale.ROOT).replaceFirst(":0$", "");
  }

  private Input fit(ValueInfo input, int slot, Feed.Slot part) {
    ElementType type = type(input);
    if (input.shape().isEmpty()) {
      return new Input(
          input.name(), slot, part.shape(), 0, Layout.AS_IS, type, OptionalInt.empty());
    }
    List<Long> sizes = sizes(input);
    int first = batchFirst(input) ? 0 : 1;
    for (int axis : new int[] {first, 1 - first}) {
      // the batch stands second only in [token, batch, feature]: an image's channels are no batch
      if (axis < sizes.size() && (axis == 0 || sizes.size() == 3)) {
        List<Long> rest = new ArrayList<>(sizes);
        long batch = rest.remove(axis);
        Optional<Input> fitting =
            fit(part, rest, axis == first)
                .map(fit ->
                    new Input(
                        input.name(),
                        slot,
                        fit.shape(),
                        axis,
                        fit.layout(),
                        type,
                        batch < 1 ? OptionalInt.empty() : OptionalInt.of(Math.toIntExact(batch))));
        if (fitting.isPresent()) {
          return fitting.get();
        }
      }
    }
    throw refused(
        "input '" + input.name() + "'",
        "the shape " + shape(input),
        "[batch, " + joined(part.shape()) + "], the shape of the prepared data",
        hint(input, sizes, part));
  }

  private record Fit(List<Integer> shape, Layout layout) {}

  /// Fits one observation to the sizes of an input without its batch; free ones are below 1.
  private static Optional<Fit> fit(Feed.Slot part, List<Long> rest, boolean reshape) {
    List<Integer> shape = part.shape();
    if (matches(shape, rest)) {
      return Optional.of(new Fit(shape, Layout.AS_IS));
    }
    if (shape.size() == 3) {
      List<Integer> turned = List.of(shape.get(1), shape.get(2), shape.get(0));
      if (matches(turned, rest)) {
        boolean same = shape.get(0) == 1 || shape.get(1) * shape.get(2) == 1;
        return Optional.of(new Fit(turned, same ? Layout.RESHAPED : Layout.CHANNELS_LAST));
      }
    }
    return reshape
        ? reshaped(part, rest).map(sizes -> new Fit(sizes, Layout.RESHAPED))
        : Optional.empty();
  }

  private static boolean matches(List<Integer> shape, List<Long> rest) {
    if (shape.size() != rest.size()) {
      return false;
    }
    for (int axis = 0; axis < shape.size(); axis++) {
      if (rest.get(axis) >= 1 && rest.get(axis) != (long) shape.get(axis)) {
        return false;
      }
    }
    return true;
  }

  /// The sizes when at most one is free and the numbers are as many as there is room for. Images
  /// are not bent into images of other sides.
  private static Optional<List<Integer>> reshaped(Feed.Slot part, List<Long> rest) {
    long known = 1;
    int free = -1;
    int sides = 0;
    for (int axis = 0; axis < rest.size(); axis++) {
      if (rest.get(axis) >= 1) {
        known = Math.min(Integer.MAX_VALUE, known) * rest.get(axis);
        sides += rest.get(axis) > 1 ? 1 : 0;
      } else if (free >= 0) {
        return Optional.empty();
      } else {
        free = axis;
        sides++;
      }
    }
    long wanted = part.size();
    boolean bent = sides > 1 && part.shape().stream().filter(size -> size > 1).count() == 3;
    if (bent || (free < 0 ? known != wanted : known > wanted || wanted % known != 0)) {
      return Optional.empty();
    }
    List<Integer> sizes = new ArrayList<>();
    for (int axis = 0; axis < rest.size(); axis++) {
      sizes.add((int) (axis == free ? wanted / known : rest.get(axis)));
    }
    return Optional.of(sizes);
  }

  private ElementType type(ValueInfo input) {
    ElementType type =
        input
            .type()
            .orElseThrow(() ->
                refused(
                    "input '" + input.name() + "'",
                    "a sequence, map or optional value",
                    "a tensor",
                    "export the network with tensors as its inputs"));
    return switch (type) {
      case FLOAT, FLOAT16, BFLOAT16, DOUBLE, INT64, INT32, INT16, INT8 -> type;
      case UINT64, UINT32, UINT16, UINT8, BOOL -> type;
      case STRING ->
          throw refused(
              "input '" + input.name() + "'",
              "text",
              "numbers",
              "export the network without the step that splits the text, and bring the tokenizer");
      case COMPLEX64, COMPLEX128, FLOAT8E4M3FN, FLOAT8E4M3FNUZ -> throw unknown(input, type);
      case FLOAT8E5M2, FLOAT8E5M2FNUZ, UINT4, INT4, FLOAT4E2M1 -> throw unknown(input, type);
    };
  }

  private InputException unknown(ValueInfo input, ElementType type) {
    return refused(
        "input '" + input.name() + "'",
        "elements of type " + type,
        "real or whole numbers of 8 bits or more",
        "export the network with 32-bit floats as its input");
  }

  private void requireOneBatch(List<Input> inputs) {
    List<Integer> fixed =
        inputs.stream()
            .map(Input::fixedBatch)
            .filter(OptionalInt::isPresent)
            .map(OptionalInt::getAsInt)
            .distinct()
            .toList();
    if (fixed.size() > 1) {
      throw refused(
          "the graph's inputs",
          "the batch sizes " + fixed,
          "one batch size for all inputs",
          "export the network with a free batch");
    }
  }

  /// Which axis of an input is the batch, as far as its shape says: the first, or the second where
  /// that alone is free or is called so.
  static int batchAxis(ValueInfo input) {
    List<Long> sizes = sizes(input);
    boolean second = sizes.size() > 2 && sizes.get(0) > 0 && sizes.get(1) < 0 && sizes.get(2) > 0;
    return second || !batchFirst(input) ? 1 : 0;
  }

  /// Whether the batch is the first axis, as far as the names of the free axes say.
  private static boolean batchFirst(ValueInfo input) {
    List<Dimension> axes = input.shape().orElse(List.of());
    return axes.size() < 3 || isBatch(axes.get(0)) || !isBatch(axes.get(1));
  }

  private static boolean isBatch(Dimension axis) {
    return axis instanceof Dimension.Free(String name) && BATCH.matcher(name).matches();
  }

  private static List<Long> sizes(ValueInfo input) {
    List<Long> sizes = new ArrayList<>();
    for (Dimension axis : input.shape().orElse(List.of())) {
      sizes.add(axis instanceof Dimension.Fixed(long size) && size > 0 ? size : -1L);
    }
    return sizes;
  }

  private static String hint(ValueInfo input, List<Long> sizes, Feed.Slot part) {
    List<Integer> shape = part.shape();
    if (sizes.size() == shape.size()) {
      return "the network has no axis for the batch: export it with one";
    }
    if (shape.size() == 3 && sizes.size() == 4) {
      boolean last =
          sizes.get(3) >= 1 && sizes.get(3) <= 4 && !(sizes.get(1) >= 1 && sizes.get(1) <= 4);
      long channels = sizes.get(last ? 3 : 1);
      long rows = sizes.get(last ? 1 : 2);
      long cols = sizes.get(last ? 2 : 3);
      String steps = "";
      if (channels == 1 && shape.get(0) == 3) {
        steps = "the step grey";
      } else if (channels == 3 && shape.get(0) == 1) {
        steps = "the step rgb";
      } else if (channels >= 1 && channels != shape.get(0)) {
        return "the network takes images of " + channels + " channels, choose other data";
      }
      if ((rows >= 1 && rows != shape.get(1)) || (cols >= 1 && cols != shape.get(2))) {
        String size = rows == cols ? "" + rows : rows + "," + cols;
        steps += (steps.isEmpty() ? "the step" : " and") + " resize(" + size + ")";
      }
      if (!steps.isEmpty()) {
        return "add " + steps + " to the preprocessing";
      }
    }
    return part.name().isEmpty()
        ? "choose the data set and preprocessing that the network was made for"
        : "prepare '" + input.name() + "' in the size that the network takes";
  }

  private static String shape(ValueInfo input) {
    List<String> axes = new ArrayList<>();
    for (Dimension axis : input.shape().orElse(List.of())) {
      axes.add(
          switch (axis) {
            case Dimension.Fixed(long size) -> String.valueOf(size);
            case Dimension.Free(String name) -> name.isEmpty() ? "?" : name;
          });
    }
    return axes.toString();
  }

  private String described() {
    List<String> found = new ArrayList<>();
    for (ValueInfo info : network.inputs()) {
      String type = info.type().map(t -> " (" + t + " " + shape(info) + ")").orElse("");
      found.add(info.name() + type);
    }
    return found.toString();
  }

  private static String described(List<Feed.Slot> slots) {
    List<String> found = new ArrayList<>();
    for (Feed.Slot slot : slots) {
      found.add((slot.name() + " " + slot.shape()).strip());
    }
    return String.join(", ", found);
  }

  private static String joined(List<Integer> shape) {
    return String.join(", ", shape.stream().map(String::valueOf).toList());
  }

  private InputException refused(String position, String found, String expected, String hint) {
    return InputException.unsupported(network.origin(), position, found, expected, hint);
  }
}
