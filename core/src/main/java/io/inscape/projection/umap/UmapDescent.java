package io.inscape.projection.umap;

import io.inscape.matrix.Workers;
import java.util.Arrays;

/// UMAP's descent: points joined by an edge pull each other, points drawn at random push.
///
/// An epoch is two sweeps over all points. In a sweep an edge's end i is due with a probability of
/// its weight over the largest one (a fixed rhythm with a phase of its own, no draw); each point
/// goes through its due edges one after the other, pulled by the other end and pushed by half the
/// random partners, while all others stand where the last sweep left them. So a point never sees
/// what another thread writes, and the result depends on the seed alone. Over an epoch, each end of
/// an edge is pulled as often as in the sequential algorithm, which moves both ends for each of the
/// two directions.
///
/// The points are renumbered by how many edges are due in a sweep, within stretches of neighbouring
/// numbers: points that move side by side have about as many steps.
public final class UmapDescent {
  private static final int SWEEPS = 2; // per epoch
  private static final int STRETCH = 8192; // points sorted among themselves
  private static final int ENERGY_SAMPLES = 5;
  private static final int POINTS_PER_CHUNK = 4 * SweepBlock.POINTS;

  private final DescentSettings settings;
  private final MembershipCurve curve;
  private final Workers workers;
  private final int count;
  private final int[] newNumber; // of each observation
  private final ClockedEdges edges;
  private final double[] weightSum; // of each point's edges, over the largest weight
  private float[][] position; // one array per dimension, by new number
  private float[][] next;
  private int sweepsDone;

  /// Prepares the descent.
  ///
  /// @param graph the edges
  /// @param curve the membership strengths of the layout
  /// @param start positions, `[observation * dimensions + dim]`; not modified
  /// @param settings how to descend
  /// @param workers do the arithmetic
  public UmapDescent(
      FuzzyGraph graph,
      MembershipCurve curve,
      float[] start,
      DescentSettings settings,
      Workers workers) {
    this.settings = settings;
    this.curve = curve;
    this.workers = workers;
    count = graph.vertices();
    float largest = graph.largestWeight();
    float least = largest / settings.epochs(); // a weaker edge would never be due
    double[] load = loads(graph, largest, least);
    int[] oldNumber = byLoad(load);
    newNumber = new int[count];
    weightSum = new double[count];
    for (int i = 0; i < count; i++) {
      newNumber[oldNumber[i]] = i;
      weightSum[i] = load[oldNumber[i]];
    }
    edges = renumbered(graph, oldNumber, least);
    int dimensions = settings.dimensions();
    position = new float[dimensions][count];
    next = new float[dimensions][count];
    for (int i = 0; i < count; i++) {
      for (int dim = 0; dim < dimensions; dim++) {
        position[dim][i] = start[oldNumber[i] * dimensions + dim];
      }
    }
  }

  private static double[] loads(FuzzyGraph graph, float largest, float least) {
    double[] load = new double[graph.vertices()];
    for (int i = 0; i < load.length; i++) {
      for (int at = graph.rowStart()[i]; at < graph.rowStart()[i + 1]; at++) {
        float weight = graph.weight()[at];
        load[i] += weight >= least ? weight / largest : 0;
      }
    }
    return load;
  }

  /// Old numbers in the new order: heavy before light in every stretch.
  private static int[] byLoad(double[] load) {
    int[] order = new int[load.length];
    long[] keys = new long[Math.min(STRETCH, load.length)];
    for (int from = 0; from < load.length; from += STRETCH) {
      int length = Math.min(STRETCH, load.length - from);
      for (int at = 0; at < length; at++) {
        long heavy = (long) Integer.MAX_VALUE - Float.floatToIntBits((float) load[from + at]);
        keys[at] = heavy << 32 | at;
      }
      Arrays.sort(keys, 0, length);
      for (int at = 0; at < length; at++) {
        order[from + at] = from + (int) keys[at];
      }
    }
    return order;
  }

  private ClockedEdges renumbered(FuzzyGraph graph, int[] oldNumber, float least) {
    int kept = 0;
    for (float weight : graph.weight()) {
      kept += weight >= least ? 1 : 0;
    }
    int[] rowStart = new int[count + 1];
    int[] partner = new int[kept];
    int[] rate = new int[kept];
    double largest = graph.largestWeight();
    int end = 0;
    for (int i = 0; i < count; i++) {
      int old = oldNumber[i];
      for (int at = graph.rowStart()[old]; at < graph.rowStart()[old + 1]; at++) {
        if (graph.weight()[at] >= least) {
          partner[end] = newNumber[graph.index()[at]];
          rate[end++] = ClockedEdges.rate(graph.weight()[at] / largest);
        }
      }
      rowStart[i + 1] = end;
    }
    return new ClockedEdges(rowStart, partner, rate);
  }

  /// {@return how many epochs are done}
  public int epoch() {
    return sweepsDone / SWEEPS;
  }

  /// Does one epoch, or the rest of one that was interrupted.
  ///
  /// @throws java.util.concurrent.CancellationException if the calling thread is interrupted; what
  ///   is missing of the epoch is done by the next call
  public void step() {
    do {
      sweep();
    } while (sweepsDone % SWEEPS != 0);
  }

  private void sweep() {
    double part = (double) sweepsDone / ((double) SWEEPS * settings.epochs());
    int before = settings.negativeSamples() * (sweepsDone % SWEEPS) / SWEEPS;
    int after = settings.negativeSamples() * (sweepsDone % SWEEPS + 1) / SWEEPS;
    double rate = settings.learningRate() * (1 - part);
    Sweep sweep = Sweep.of(count, rate, curve, settings, after - before, sweepsDone);
    int time = sweepsDone + 1;
    float[][] from = position;
    float[][] to = next;
    workers.forEachChunk(
        count,
        POINTS_PER_CHUNK,
        (_, first, last) -> {
          SweepBlock block = new SweepBlock(edges, sweep, from);
          for (int i = first; i < last; i += SweepBlock.POINTS) {
            block.move(i, Math.min(SweepBlock.POINTS, last - i), i, time, to);
          }
        });
    position = to;
    next = from;
    sweepsDone++;
  }

  /// {@return a copy of the positions, `[observation * dimensions + dim]`}
  public float[] positions() {
    int dimensions = position.length;
    float[] values = new float[count * dimensions];
    for (int i = 0; i < count; i++) {
      for (int dim = 0; dim < dimensions; dim++) {
        values[i * dimensions + dim] = position[dim][newNumber[i]];
      }
    }
    return values;
  }

  /// What the descent lowers, per point: the cross entropy of edges and random partners, in nats.
  ///
  /// Edges are summed exactly; the partners are a fixed sample of five per point, the same at every
  /// call.
  ///
  /// @return the cross entropy
  /// @throws java.util.concurrent.CancellationException if the calling thread is interrupted
  public double energy() {
    int key = UmapKernels.mix((int) settings.seed() ^ UmapKernels.MIX_1);
    double sum =
        workers.sumChunks(
            count,
            POINTS_PER_CHUNK,
            (from, to) -> {
              double part = 0;
              for (int i = from; i < to; i++) {
                part += attraction(i) + repulsion(i, key);
              }
              return part;
            });
    return sum / count;
  }

  private double attraction(int i) {
    double sum = 0;
    for (int at = edges.rowStart()[i]; at < edges.rowStart()[i + 1]; at++) {
      double power = Math.pow(squared(i, edges.partner()[at]), curve.b());
      sum += edges.share(at) * Math.log1p(curve.a() * power);
    }
    return sum;
  }

  private double repulsion(int i, int key) {
    double sum = 0;
    for (int sample = 0; sample < ENERGY_SAMPLES; sample++) {
      int draw = UmapKernels.mix(key + (i * ENERGY_SAMPLES + sample) * UmapKernels.WEYL);
      int other = (int) ((Integer.toUnsignedLong(draw) * count) >>> 32);
      if (other != i) {
        double softened = squared(i, other) + UmapKernels.SOFTENING;
        sum += Math.log1p(1 / (curve.a() * Math.pow(softened, curve.b())));
      }
    }
    return settings.repulsion() * settings.negativeSamples() * weightSum[i] * sum / ENERGY_SAMPLES;
  }

  private double squared(int i, int j) {
    double sum = 0;
    for (float[] axis : position) {
      double difference = (double) axis[i] - axis[j];
      sum += difference * difference;
    }
    return sum;
  }
}
