package io.inscape.study.analysis;

import com.fasterxml.jackson.annotation.JsonFormat;
import io.inscape.projection.ProjectionRun;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/// What a run minimises, measured now and then while it iterates: at most a few hundred points,
/// however long it runs, and at a small share of its time. Used by one thread.
public final class EnergyHistory {
  /// Points kept; when there are more, every second one goes.
  static final int MOST_POINTS = 400;

  /// Measuring may take one part in this many of the time.
  private static final int SHARE = 25;

  private static final long LEAST_NANOS = 10_000_000;

  /// The first few are measured by code that is not compiled yet; their cost says little.
  private static final int COLD = 8;

  private static final long COLD_NANOS = 100_000_000;

  private final List<Point> points = new ArrayList<>();
  private @Nullable Point newest;
  private int gap;
  private long due;
  private long cheapest = Long.MAX_VALUE; // nanoseconds
  private int measured;

  /// An empty history.
  public EnergyHistory() {}

  /// An energy, in JSON `[iteration, energy]`.
  ///
  /// @param iteration how many were done
  /// @param energy what the method minimises, then
  @JsonFormat(shape = JsonFormat.Shape.ARRAY)
  public record Point(int iteration, double energy) {}

  /// Measures if it is time to, and always at the end.
  ///
  /// @param run a projection between two iterations
  public void look(ProjectionRun run) {
    look(new SteppedRun.Projecting(run));
  }

  /// See [#look(ProjectionRun)].
  void look(SteppedRun run) {
    long now = System.nanoTime();
    if (!run.done() && !points.isEmpty() && now < due) {
      return;
    }
    if (newest != null && newest.iteration() == run.iteration()) {
      return;
    }
    OptionalDouble energy = run.energy();
    if (energy.isPresent()) {
      add(run.iteration(), energy.getAsDouble());
    }
    long end = System.nanoTime();
    cheapest = Math.min(cheapest, end - now);
    long wait = SHARE * cheapest;
    due = end + Math.max(LEAST_NANOS, ++measured <= COLD ? Math.min(wait, COLD_NANOS) : wait);
  }

  void add(int iteration, double energy) {
    Point point = new Point(iteration, energy);
    newest = point;
    if (points.isEmpty() || iteration - points.getLast().iteration() >= gap) {
      points.add(point);
    }
    if (points.size() >= MOST_POINTS) {
      List<Point> thinned = thin(points, MOST_POINTS / 2);
      points.clear();
      points.addAll(thinned);
      gap = (iteration - points.getFirst().iteration()) / (MOST_POINTS / 2);
    }
  }

  /// {@return the newest energy; null where there is none}
  @Nullable Double newest() {
    return newest == null ? null : (Double) newest.energy();
  }

  /// {@return the points so far, the newest always among them}
  public List<Point> points() {
    if (newest == null || points.getLast().equals(newest)) {
      return List.copyOf(points);
    }
    List<Point> all = new ArrayList<>(points);
    all.add(newest);
    return List.copyOf(all);
  }

  /// Some of the points, evenly chosen, first and last among them.
  static List<Point> thin(List<Point> points, int most) {
    if (points.size() <= most) {
      return List.copyOf(points);
    }
    List<Point> chosen = new ArrayList<>();
    for (int i = 0; i < most; i++) {
      chosen.add(points.get((int) ((long) i * (points.size() - 1) / (most - 1))));
    }
    return List.copyOf(chosen);
  }
}
