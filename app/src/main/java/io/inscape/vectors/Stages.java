package io.inscape.vectors;

import io.inscape.matrix.Progress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/// Times the stages of a computation by what it reports: a stage lasts until the next one begins.
/// Safe for use by several threads.
public final class Stages implements Progress {
  private final Progress next;
  private final Map<String, Double> seconds = new LinkedHashMap<>();
  private final Map<String, Double> cpuSeconds = new LinkedHashMap<>();
  private String current = "";
  private long begun = System.nanoTime();
  private double cpuBegun = cpu();

  /// A clock that starts with the first stage.
  ///
  /// @param next hears everything too
  public Stages(Progress next) {
    this.next = next;
  }

  @Override
  public synchronized void report(String stage, double fraction) {
    if (!stage.equals(current)) {
      end();
      current = stage;
    }
    next.report(stage, fraction);
  }

  /// Ends the stage that is going on.
  public synchronized void end() {
    long now = System.nanoTime();
    double cpuNow = cpu();
    if (!current.isEmpty()) {
      seconds.merge(current, thousandths((now - begun) / 1e9), Double::sum);
      cpuSeconds.merge(current, thousandths(cpuNow - cpuBegun), Double::sum);
    }
    current = "";
    begun = now;
    cpuBegun = cpuNow;
  }

  private static double thousandths(double value) {
    return Math.round(value * 1000) / 1000.0;
  }

  /// The processor time of this process so far; 0 where the system does not tell.
  private static double cpu() {
    return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO).toMillis() / 1e3;
  }

  /// {@return the seconds that each ended stage took, in the order they began}
  public synchronized Map<String, Double> seconds() {
    return new LinkedHashMap<>(seconds);
  }

  /// {@return the processor seconds, user and system, of each ended stage}
  public synchronized Map<String, Double> cpuSeconds() {
    return new LinkedHashMap<>(cpuSeconds);
  }
}
