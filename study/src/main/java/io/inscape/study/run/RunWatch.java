package io.inscape.study.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/// Looks once a second whether another process has written to a run, on a thread of its own.
final class RunWatch implements Runnable {
  private static final long MILLIS = 1000;

  private final Supplier<List<String>> names;
  private final Function<String, Path> fileOf;
  private final Consumer<String> changed;
  private final Map<String, String> seen = new HashMap<>();

  RunWatch(Supplier<List<String>> names, Function<String, Path> fileOf, Consumer<String> changed) {
    this.names = names;
    this.fileOf = fileOf;
    this.changed = changed;
  }

  /// Begins with what is there now.
  Thread start() {
    look(false);
    return Thread.ofVirtual().name("runs").start(this);
  }

  @Override
  public void run() {
    try {
      while (!Thread.interrupted()) {
        Thread.sleep(MILLIS);
        look(true);
      }
    } catch (InterruptedException _) { // nobody listens any longer
    }
  }

  private void look(boolean tell) {
    for (String name : names.get()) {
      String stamp = stamp(fileOf.apply(name));
      String before = seen.put(name, stamp);
      if (tell && !stamp.isEmpty() && !stamp.equals(before)) {
        changed.accept(name);
      }
    }
  }

  private static String stamp(Path file) {
    try {
      return Files.getLastModifiedTime(file) + " " + Files.size(file);
    } catch (IOException _) { // being replaced, or gone: the next look tells
      return "";
    }
  }
}
