package io.inscape.evolution.vff;

import io.inscape.evolution.params.AlignmentTarget;
import io.inscape.evolution.params.StepScale;
import io.inscape.matrix.Workers;
import io.inscape.projection.mds.Dissimilarities;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;

/// Visual Feature Fusion: layouts of several steps that keep each step's distances and stay
/// together.
///
/// Minimises, over all steps k, the sum of
///
///     lambda / n^2 sum_ij (D_ij - d_ij)^2 + (1 - lambda) / n^2 sum_ij (w_ij - |m_i - y_j|)^2
///
/// with `D` the step's dissimilarities over their largest or over the largest of all steps, `y` its positions, `d` their distances,
/// `m` the mean positions of all steps and `w` the wanted distances, by default the means of `d`.
/// With `m` and `w` held fixed, both parts lie below quadratic functions that touch them at the
/// present layout, and those have their least sum at
///
///     y_i + [2 lambda p_i + (1 - lambda) (q_i - qm)] / [(1 + lambda) n] + qm / n
///
/// where `p_i = sum_j (D_ij / d_ij - 1) (y_i - y_j)`, `q_i = sum_j (w_ij / |y_i - m_j| - 1) (y_i -
/// m_j)` and `qm` is the mean of the `q_i`. A sweep moves all points of all steps there at once,
/// plus a share of its last move (Nesterov's, begun anew whenever it misleads). But `m` and `w`
/// follow the layouts, so nothing bounds the energy itself: a sweep that would raise it is not
/// taken, but tried without the last move, then at half the length and so on; when none lowers the
/// energy, the layouts are the best that can be reached.
///
/// A step without any difference, all of whose `D` are 0, takes no part in `m` and `w`.
///
/// One pass over all pairs per sweep; each sum has one order, whatever the threads.
public final class Fusion {
  private static final int LANES = Dissimilarities.LANES;
  private static final int PANELS_PER_CHUNK = 2;
  private static final int MOST_HALVINGS = 6;

  private final List<Dissimilarities> tables;
  private final FusionSettings settings;
  private final Workers workers;
  private final int steps;
  private final int count;
  private final float[] scale; // of a step's kept dissimilarities
  private final double[] share; // of a step in the means
  private final float[][][] before; // the layouts one sweep ago, [step][dim][point]
  private Frame present;
  private Frame next;
  private double momentum = 1; // Nesterov's t: 1 is without
  private int rejected;

  private Fusion(
      List<Dissimilarities> tables, float[][] start, FusionSettings settings, Workers workers) {
    this.tables = List.copyOf(tables);
    this.settings = settings;
    this.workers = workers;
    steps = tables.size();
    count = tables.getFirst().count();
    int padded = tables.getFirst().panelCount() * LANES;
    scale = new float[steps];
    share = new double[steps];
    present = new Frame(steps, padded);
    next = new Frame(steps, padded);
    before = new float[steps][2][padded];
    double unit = settings.scale() == StepScale.OWN ? 0 : largest(tables);
    double counting = tables.stream().filter(table -> table.largestKept() > 0).count();
    for (int step = 0; step < steps; step++) {
      float largest = tables.get(step).largestKept();
      double own = unit > 0 ? tables.get(step).scale() / unit : 1 / (double) largest;
      scale[step] = largest > 0 ? (float) own : 0;
      share[step] = counting == 0 ? 1.0 / steps : largest > 0 ? 1 / counting : 0;
      for (int dim = 0; dim < 2; dim++) {
        System.arraycopy(start[dim], 0, present.position[step][dim], 0, count);
      }
    }
    evaluate(present);
  }

  /// The largest dissimilarity of all steps.
  ///
  /// @param tables dissimilarities of every step
  /// @return in the unit of the data; 0 where no step has any difference
  public static double largest(List<Dissimilarities> tables) {
    return tables.stream().mapToDouble(t -> t.largestKept() * t.scale()).max().orElse(0);
  }

  /// Begins with all steps at one layout.
  ///
  /// @param tables dissimilarities of every step, all of the same observations
  /// @param start `[dim][observation]`, 2 dimensions, finite, in the unit in which the largest
  ///   dissimilarity is 1; not modified
  /// @param settings what is minimised
  /// @param workers do the arithmetic
  /// @return the descent, before its first sweep
  /// @throws CancellationException if the calling thread is interrupted
  public static Fusion start(
      List<Dissimilarities> tables, float[][] start, FusionSettings settings, Workers workers) {
    return new Fusion(tables, start, settings, workers);
  }

  /// One sweep. The layouts are replaced when it is complete, so an interrupt leaves the last ones.
  ///
  /// @return whether the energy fell; if not, the layouts are the best that can be reached
  /// @throws CancellationException if the calling thread is interrupted
  public boolean step() {
    double faster = faster(momentum);
    if (momentum > 1 && attempt(1, (momentum - 1) / faster)) {
      momentum = faster;
      return true;
    }
    momentum = 1;
    double length = 1;
    for (int halving = 0; halving <= MOST_HALVINGS; halving++) {
      if (attempt(length, 0)) {
        momentum = faster(1);
        return true;
      }
      length /= 2;
    }
    return false;
  }

  private static double faster(double momentum) {
    return 0.5 * (1 + Math.sqrt(1 + 4 * momentum * momentum));
  }

  private boolean attempt(double length, double again) {
    move(length, again);
    evaluate(next);
    if (!(next.energy < present.energy)) {
      rejected++;
      return false;
    }
    for (int step = 0; step < steps; step++) {
      for (int dim = 0; dim < 2; dim++) {
        System.arraycopy(present.position[step][dim], 0, before[step][dim], 0, count);
      }
    }
    Frame last = present;
    present = next;
    next = last;
    return true;
  }

  /// Fills in the next positions.
  ///
  /// @param length of the move, 1 for the least sum
  /// @param again share of the last move
  private void move(double length, double again) {
    double lambda = settings.lambda();
    for (int step = 0; step < steps; step++) {
      for (int dim = 0; dim < 2; dim++) {
        double[] stress = present.stressPull[step][dim];
        double[] alignment = present.alignmentPull[step][dim];
        double mean = Arrays.stream(alignment, 0, count).sum() / count;
        float[] from = present.position[step][dim];
        float[] last = before[step][dim];
        float[] to = next.position[step][dim];
        for (int i = 0; i < count; i++) {
          double own = 2 * lambda * stress[i] + (1 - lambda) * (alignment[i] - mean);
          double shift = (own / (1 + lambda) + mean) / count;
          double repeated = again > 0 ? again * ((double) from[i] - last[i]) : 0;
          to[i] = (float) (from[i] + length * shift + repeated);
        }
      }
    }
  }

  private void evaluate(Frame frame) {
    frame.average(share, count);
    double lambda = settings.lambda();
    double sum =
        workers.sumChunks(
            tables.getFirst().panelCount(),
            PANELS_PER_CHUNK,
            (from, to) -> {
              Block block = new Block();
              double total = 0;
              for (int panel = from; panel < to; panel++) {
                pull(frame, panel, block);
                for (int i = panel * LANES; i < Math.min(count, (panel + 1) * LANES); i++) {
                  total += lambda * frame.stress[i] + (1 - lambda) * frame.alignment[i];
                }
              }
              return total;
            });
    frame.energy = sum / ((double) count * count);
  }

  /// All that pulls at sixteen points.
  private void pull(Frame frame, int panel, Block block) {
    block.first = panel * LANES;
    frame.clear(block.first, LANES);
    for (int begin = 0; begin < count; begin += Block.LENGTH) {
      block.begin = begin;
      block.end = Math.min(begin + Block.LENGTH, count);
      if (settings.target() == AlignmentTarget.MEAN_POSITION) {
        FusionKernels.between(frame.mean, block);
      } else {
        Arrays.fill(block.wanted, 0);
      }
      for (int step = 0; step < steps; step++) {
        float part = (float) share[step];
        FusionKernels.stress(
            tables.get(step).panel(panel),
            scale[step],
            frame.position[step],
            settings.target() == AlignmentTarget.MEAN_DISTANCE ? part : 0,
            settings.target() == AlignmentTarget.ORIGINAL ? part : 0,
            block);
        block.addTo(frame.stress, frame.stressPull[step]);
      }
      for (int step = 0; step < steps && settings.lambda() < 1; step++) {
        FusionKernels.alignment(frame.position[step], frame.mean, block);
        block.addTo(frame.alignment, frame.alignmentPull[step]);
      }
    }
  }

  /// {@return what is minimised}
  public double energy() {
    return present.energy;
  }

  /// {@return the part of the distances within the steps, before its share lambda}
  public double stress() {
    return meanOfPairs(present.stress);
  }

  /// {@return the part of the alignment, before its share; 0 where its share is 0}
  public double alignment() {
    return meanOfPairs(present.alignment);
  }

  private double meanOfPairs(double[] values) {
    return Arrays.stream(values, 0, count).sum() / ((double) count * count);
  }

  /// {@return how many sweeps would have raised the energy and were not taken}
  public int rejected() {
    return rejected;
  }

  /// The layout of one step.
  ///
  /// @param step in [0, steps)
  /// @return a copy, `[observation * 2 + dim]`, in the unit in which the largest dissimilarity, of
  ///   the step or of all, is 1
  public float[] layout(int step) {
    float[] values = new float[2 * count];
    for (int at = 0; at < values.length; at++) {
      values[at] = present.position[step][at % 2][at / 2];
    }
    return values;
  }

  /// The present positions and pulls, for tests; not to be modified.
  Frame present() {
    return present;
  }
}
