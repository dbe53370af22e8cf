package io.inscape.terminal;

import io.inscape.study.file.Json;
import java.io.PrintStream;

/// Where the command line speaks: results on one stream, talk and progress on the other.
public final class Console {
  private final PrintStream out;
  private final PrintStream err;
  private final int columns;
  private boolean quiet;

  /// A console on two streams.
  ///
  /// @param out for results
  /// @param err for everything else
  /// @param columns the width of the terminal behind `err`; 0 when there is none, and bars are not
  ///   drawn
  public Console(PrintStream out, PrintStream err, int columns) {
    this.out = out;
    this.err = err;
    this.columns = columns;
  }

  /// Leaves out talk and progress from here on.
  public void beQuiet() {
    quiet = true;
  }

  /// Prints a line of the result.
  ///
  /// @param text the line
  public void line(String text) {
    out.println(text);
    out.flush();
  }

  /// Prints the result for machines.
  ///
  /// @param value records, maps, lists, numbers, strings
  public void json(Object value) {
    line(Json.write(value));
  }

  /// Tells something to the person who waits.
  ///
  /// @param text the line
  public void note(String text) {
    if (!quiet) {
      err.println(text);
      err.flush();
    }
  }

  /// Tells what went wrong.
  ///
  /// @param sentence one sentence, without a full stop
  public void error(String sentence) {
    err.println("inscape: " + sentence);
    err.flush();
  }

  /// Prints a fault of ours, for whoever repairs it.
  ///
  /// @param fault what happened
  public void trace(Throwable fault) {
    fault.printStackTrace(err);
    err.flush();
  }

  /// Begins a progress bar, drawn only where somebody can see it move.
  ///
  /// @param task what is being done
  /// @param max how much there is to do
  /// @return the bar, to be closed when done
  public Bar bar(String task, long max) {
    return quiet || columns == 0 ? Bar.unseen() : Bar.drawn(task, max, columns, err);
  }

  /// {@return the stream for talk}
  public PrintStream err() {
    return err;
  }

  /// {@return the stream for results}
  public PrintStream out() {
    return out;
  }
}
