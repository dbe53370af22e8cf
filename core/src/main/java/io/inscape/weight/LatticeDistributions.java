package io.inscape.weight;

import io.inscape.matrix.Workers;
import java.util.ArrayList;
import java.util.List;

/// Describes the weights of many tensors at once, in bins of the lattice.
///
/// Three looks at each weight: the first finds range, mean, variance and what is near zero; the
/// second counts it in the bins of a lattice eight times as fine as the histogram's; the third
/// takes out what lies in the bins of the quartiles, which is then sorted. The chunks of all
/// tensors are one list, so that no thread waits at the end of a tensor. Cost: about 3 ns per
/// weight, of which most is the counting. The same bits on any number of threads.
public final class LatticeDistributions {
  private LatticeDistributions() {}

  /// The distributions of some tensors, each in the finest bins that its range takes at most 1,024
  /// of.
  ///
  /// @param tensors the weights of each; not modified, not kept
  /// @param nearZero a weight counts as near zero when its size is at most this, from 0
  /// @param workers do the arithmetic
  /// @return one for each
  public static List<LatticeDistribution> of(
      List<float[]> tensors, double nearZero, Workers workers) {
    if (!(nearZero >= 0)) {
      throw new IllegalArgumentException("near zero must be at least 0, got " + nearZero);
    }
    float threshold = floor(nearZero);
    List<TensorLook> looks = new ArrayList<>();
    tensors.forEach(weights -> looks.add(new TensorLook(weights, threshold)));
    forEachPart(looks, workers, TensorLook::measure);
    looks.forEach(TensorLook::measured);
    List<TensorLook> unsound = looks.stream().filter(look -> !look.sound()).toList();
    unsound.forEach(TensorLook::leaveOut);
    forEachPart(unsound, workers, TensorLook::measure);
    unsound.forEach(TensorLook::measured);
    List<TensorLook> finite = looks.stream().filter(TensorLook::any).toList();
    forEachPart(finite, workers, (look, _, from, to) -> look.count(from, to));
    finite.forEach(TensorLook::counted);
    List<TensorLook> plain = finite.stream().filter(TensorLook::selects).toList();
    forEachPart(plain, workers, TensorLook::select);
    return looks.stream().map(look -> look.result(workers)).toList();
  }

  /// What is done to a part of a tensor.
  @FunctionalInterface
  private interface Step {
    void take(TensorLook look, int part, int from, int to);
  }

  private static void forEachPart(List<TensorLook> looks, Workers workers, Step step) {
    int parts = 0;
    for (TensorLook look : looks) {
      parts += look.parts();
    }
    TensorLook[] whose = new TensorLook[parts];
    int[] number = new int[parts];
    int next = 0;
    for (TensorLook look : looks) {
      for (int part = 0; part < look.parts(); part++) {
        whose[next] = look;
        number[next] = part;
        next++;
      }
    }
    workers.forEachChunk(
        parts,
        1,
        (at, _, _) -> {
          int from = number[at] * TensorLook.PART;
          int to = Math.min(from + TensorLook.PART, whose[at].size());
          step.take(whose[at], number[at], from, to);
        });
  }

  /// The greatest float that is not above a number.
  private static float floor(double value) {
    float nearest = (float) value;
    return nearest > value ? Math.nextDown(nearest) : nearest;
  }
}
