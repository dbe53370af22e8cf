package io.inscape.autograd;

import io.inscape.network.Node;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/// The nodes that make the values asked for, in order, over numbered slots: constants, the input
/// and every node's value.
///
/// @param steps what to run
/// @param slots how many slots the network has
record Plan(List<Step> steps, int slots) {
  /// One node.
  ///
  /// @param node what it is, for messages
  /// @param kernel how it is computed
  /// @param inputs the slot of each input, -1 where it is left out or read beforehand
  /// @param output the slot of the value that it makes
  @SuppressWarnings("ArrayRecordComponent") // read only, never compared
  record Compiled(Node node, Operator.Kernel kernel, int[] inputs, int output) {}

  /// One node of a plan.
  ///
  /// @param compiled the node
  /// @param done the slots that no later node reads
  @SuppressWarnings("ArrayRecordComponent") // read only, never compared
  record Step(Compiled compiled, int[] done) {}

  /// Leaves out what the values asked for do not need.
  static Plan of(List<Compiled> network, BitSet asked, int slots) {
    BitSet needed = (BitSet) asked.clone();
    BitSet kept = (BitSet) asked.clone();
    List<Step> backwards = new ArrayList<>();
    for (Compiled node : network.reversed()) {
      if (!needed.get(node.output())) {
        continue;
      }
      int[] done =
          Arrays.stream(node.inputs()).filter(slot -> slot >= 0 && !kept.get(slot)).toArray();
      for (int slot : node.inputs()) {
        if (slot >= 0) {
          needed.set(slot);
          kept.set(slot); // an earlier node is not the last one to read it
        }
      }
      backwards.add(new Step(node, Arrays.stream(done).distinct().toArray()));
    }
    return new Plan(List.copyOf(backwards.reversed()), slots);
  }
}
