package io.inscape.terminal;

import io.inscape.matrix.Progress;
import java.io.PrintStream;
import java.util.Locale;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/// A progress bar, or nothing where nobody watches.
public final class Bar implements AutoCloseable {
  private static final int PARTS = 1000;

  private final @Nullable ProgressBar bar;

  private Bar(@Nullable ProgressBar bar) {
    this.bar = bar;
  }

  static Bar unseen() {
    return new Bar(null);
  }

  static Bar drawn(String task, long max, int columns, PrintStream err) {
    // The width comes from the launcher: asking the terminal ourselves would need a native library.
    DelegatingProgressBarConsumer consumer =
        new DelegatingProgressBarConsumer(
            line -> {
              err.print('\r' + line);
              err.flush();
            },
            Math.max(20, columns - 1));
    return new Bar(
        new ProgressBarBuilder()
            .setTaskName(task)
            .setInitialMax(max)
            .setStyle(ProgressBarStyle.ASCII)
            .setUpdateIntervalMillis(200)
            .hideEta()
            .setConsumer(consumer)
            .build());
  }

  /// Moves a bar of length [#parts] by the fraction of a stage that is done.
  ///
  /// @param bar the bar
  /// @return what the work reports to
  public static Progress progress(Bar bar) {
    return (stage, fraction) -> bar.set(Math.round(fraction * PARTS), stage);
  }

  /// Moves a bar of length [#parts] like [#progress], and says how much time is left for the stage.
  ///
  /// @param bar the bar
  /// @return what the work reports to
  public static Progress timed(Bar bar) {
    return new Progress() {
      private String current = "";
      private long begun;

      @Override
      public void report(String stage, double fraction) {
        if (!stage.equals(current)) {
          current = stage;
          begun = System.nanoTime();
        }
        double elapsed = (System.nanoTime() - begun) / 1e9;
        boolean known = elapsed > 1 && fraction > 0.02 && fraction < 1;
        bar.set(
            Math.round(fraction * PARTS),
            known ? stage + ", " + duration(elapsed / fraction * (1 - fraction)) + " left" : stage);
      }
    };
  }

  /// {@return how long a bar for [#progress] is}
  public static long parts() {
    return PARTS;
  }

  /// Moves the bar.
  ///
  /// @param done of its length
  /// @param extra what is said behind it
  public void set(long done, String extra) {
    if (bar != null) {
      bar.stepTo(done);
      bar.setExtraMessage(' ' + extra);
    }
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
    }
  }

  /// {@return a duration as `1:05` or `2:01:05`}
  ///
  /// @param seconds at least 0
  public static String duration(double seconds) {
    if (!(seconds >= 0) || seconds > 1e7) {
      return "?";
    }
    long whole = Math.round(seconds);
    return whole < 3600
        ? String.format(Locale.ROOT, "%d:%02d", whole / 60, whole % 60)
        : String.format(Locale.ROOT, "%d:%02d:%02d", whole / 3600, whole / 60 % 60, whole % 60);
  }
}
