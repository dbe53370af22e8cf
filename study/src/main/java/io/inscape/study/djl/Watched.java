package io.inscape.study.djl;

import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import ai.djl.training.ParameterStore;
import ai.djl.util.Pair;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/// The children of a sequential block by the names that a person uses, and what they make of a
/// batch.
///
/// DJL has no hooks in a block's forward pass, so a block can be watched where its output is passed
/// on by a [SequentialBlock]: the children of the model's own, and of those nested in it. What
/// happens within any other block (parallel branches, a transformer's layers) is that block's own.
final class Watched {
  private final Block root;
  private final List<String> chosen;

  /// @param chosen names as [#names] gives them; empty for all
  Watched(Block root, List<String> chosen) {
    this.root = root;
    this.chosen = chosen.isEmpty() ? names(root) : List.copyOf(chosen);
    List<String> known = names(root);
    for (String name : this.chosen) {
      if (!known.contains(name)) {
        throw new IllegalArgumentException(
            "the model has no block "
                + name
                + " that can be watched; there are "
                + String.join(", ", known)
                + " (the children of sequential blocks)");
      }
    }
    if (known.isEmpty()) {
      throw new IllegalArgumentException(
          "nothing of this model can be watched: its block is a "
              + root.getClass().getSimpleName()
              + ", and only the children of a SequentialBlock can; put the parts to be watched into"
              + " one");
    }
  }

  /// The children in the order of the forward pass, such as `02Linear` or `01Body.03Activation`.
  static List<String> names(Block root) {
    List<String> names = new ArrayList<>();
    collect(root, "", names);
    return names;
  }

  private static void collect(Block block, String prefix, List<String> names) {
    if (block instanceof SequentialBlock) {
      for (Pair<String, Block> child : block.getChildren()) {
        if (child.getValue() instanceof SequentialBlock) {
          collect(child.getValue(), prefix + child.getKey() + ".", names);
        } else {
          names.add(prefix + child.getKey());
        }
      }
    }
  }

  List<String> chosen() {
    return chosen;
  }

  /// Runs a batch through the blocks as they are now, without training.
  ///
  /// @param heard gets each chosen block's first output, and the last of all as ``
  void forward(Model model, NDArray batch, BiConsumer<String, NDArray> heard) {
    try (NDManager manager = model.getNDManager().newSubManager()) {
      NDArray input = batch.duplicate();
      input.attach(manager);
      ParameterStore parameters = new ParameterStore(manager, true);
      NDList last = walk(root, "", parameters, new NDList(input), heard);
      heard.accept("", last.head());
    }
  }

  private NDList walk(
      Block block,
      String prefix,
      ParameterStore parameters,
      NDList input,
      BiConsumer<String, NDArray> heard) {
    if (!(block instanceof SequentialBlock)) {
      return block.forward(parameters, input, false);
    }
    NDList current = input;
    for (Pair<String, Block> child : block.getChildren()) {
      String name = prefix + child.getKey();
      current = walk(child.getValue(), name + ".", parameters, current, heard);
      if (chosen.contains(name)) {
        heard.accept(name, current.head());
      }
    }
    return current;
  }

  /// An output as 32-bit floats, observations first.
  static float[] floats(NDArray array) {
    try (NDArray converted = array.toType(DataType.FLOAT32, true)) {
      return converted.toFloatArray();
    }
  }

  /// The size of each axis behind the first.
  static long[] axes(NDArray array) {
    Shape shape = array.getShape();
    return shape.dimension() == 1 ? new long[] {1} : shape.slice(1).getShape();
  }
}
