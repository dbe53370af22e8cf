package io.inscape.terminal;

import io.inscape.autograd.DifferentiableNetwork;
import io.inscape.dataset.Dataset;
import io.inscape.dataset.ImageShape;
import io.inscape.dataset.InputException;
import io.inscape.dataset.source.Datasets;
import io.inscape.network.Architecture;
import io.inscape.network.Architectures;
import io.inscape.network.Network;
import io.inscape.network.OnnxExecutor;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// What this machine has of what Inscape uses.
public final class Checkup {
  private static final long NEEDED_DISK = 2L << 30;
  private static final long NEEDED_HEAP = 1L << 30;

  private Checkup() {}

  /// How a finding is to be taken.
  public enum State {
    /// It is there.
    OK,
    /// It is not there, and something works less well without it.
    OPTIONAL,
    /// It is not there, and Inscape needs it.
    MISSING
  }

  /// One thing looked for.
  ///
  /// @param what its name
  /// @param state whether it is there
  /// @param found what was found, or what is wrong
  /// @param hint what to do; empty when there is nothing to do
  public record Finding(String what, State state, String found, String hint) {
    static Finding ok(String what, String found) {
      return new Finding(what, State.OK, found, "");
    }

    /// {@return the finding as a line of text}
    public String line() {
      String mark =
          switch (state) {
            case OK -> "ok      ";
            case OPTIONAL -> "without ";
            case MISSING -> "MISSING ";
          };
      return mark
          + String.format(Locale.ROOT, "%-20s ", what)
          + found
          + (hint.isEmpty() ? "" : "; " + hint);
    }
  }

  /// {@return everything looked for}
  public static List<Finding> all() {
    List<Finding> findings = new ArrayList<>();
    findings.add(java());
    findings.add(
        tool(
            "Maven",
            State.OPTIONAL,
            "to build Inscape: apt install maven, or brew install maven",
            "mvn",
            "-v"));
    findings.add(
        tool(
            "Node",
            State.OPTIONAL,
            "to build the page, 20 or newer: apt install nodejs npm",
            "node",
            "-v"));
    findings.add(chromium());
    findings.add(vectors());
    findings.add(inference());
    findings.add(training());
    findings.add(page());
    findings.add(dataset("mnist", State.MISSING, "build Inscape again with Node's npm at hand"));
    findings.add(
        dataset(
            "fashion-mnist",
            State.OPTIONAL,
            "Debian, Ubuntu: apt install dataset-fashion-mnist (non-free), or name a folder with its four files"));
    findings.add(disk());
    findings.add(memory());
    return findings;
  }

  private static Finding java() {
    String found = Runtime.version() + ", " + System.getProperty("java.home");
    return Runtime.version().feature() >= 25
        ? Finding.ok("Java", found)
        : new Finding(
            "Java", State.MISSING, found, "Inscape needs a JDK 25: sdk install java 25-tem");
  }

  private static Finding chromium() {
    for (String name : List.of("chromium", "chromium-browser", "google-chrome")) {
      Optional<String> version = firstLine(name, "--version");
      if (version.isPresent()) {
        return Finding.ok("Chromium", version.get());
      }
    }
    return new Finding(
        "Chromium",
        State.OPTIONAL,
        "not found",
        "only the tests of the page need it: apt install chromium");
  }

  private static Finding tool(String what, State otherwise, String hint, String... command) {
    return firstLine(command)
        .map(line -> Finding.ok(what, line))
        .orElseGet(() -> new Finding(what, otherwise, "not found", hint));
  }

  private static Finding vectors() {
    boolean there = ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
    return there
        ? Finding.ok("Vector kernels", "the JDK's vector module is there")
        : new Finding(
            "Vector kernels",
            State.OPTIONAL,
            "not loaded",
            "start Inscape by its launcher, or computing is slower");
  }

  private static Finding inference() {
    try (OnnxExecutor executor =
        OnnxExecutor.open(small(), List.of(small().layers().getLast().value()), 1)) {
      executor.run(new float[16], 1);
      return Finding.ok("ONNX Runtime", "loads and runs a network");
    } catch (RuntimeException | LinkageError e) {
      return broken("ONNX Runtime", e);
    }
  }

  private static Finding training() {
    try (DifferentiableNetwork network = DifferentiableNetwork.open(small(), 1)) {
      network.forward(new float[16], 1, List.of(small().layers().getLast().value()));
      return Finding.ok(
          "PyTorch (DJL)",
          "loads; " + DifferentiableNetwork.operators().size() + " operators can be trained");
    } catch (RuntimeException | LinkageError e) {
      return broken("PyTorch (DJL)", e);
    }
  }

  private static Network small() {
    return Architectures.build(Architecture.RMLP, new ImageShape(1, 4, 4), 2, 0);
  }

  private static Finding broken(String what, Throwable e) {
    return new Finding(
        what,
        State.MISSING,
        "does not load: " + e,
        "Linux with glibc on x86-64 or arm64, macOS on arm64 and Windows on x86-64 are supported");
  }

  private static Finding page() {
    boolean there =
        Checkup.class.getClassLoader().getResource("io/inscape/web/page/index.html") != null;
    return there
        ? Finding.ok("The page", "is built")
        : new Finding(
            "The page",
            State.OPTIONAL,
            "is not in this build",
            "build with Node: mvn -DskipTests package");
  }

  private static Finding dataset(String name, State otherwise, String hint) {
    try {
      Dataset data = Datasets.open(name);
      return Finding.ok(
          "Data: " + name,
          data.train().count() + " + " + data.test().count() + " images, " + data.source());
    } catch (InputException | IllegalStateException _) {
      return new Finding("Data: " + name, otherwise, "not found", hint);
    }
  }

  private static Finding disk() {
    File here = Path.of("").toAbsolutePath().toFile();
    long free = here.getUsableSpace();
    String found = gibibytes(free) + " GiB free in " + here;
    return free >= NEEDED_DISK
        ? Finding.ok("Disk", found)
        : new Finding(
            "Disk", State.OPTIONAL, found, "a study with all its layers takes up to 2 GiB");
  }

  private static Finding memory() {
    long heap = Runtime.getRuntime().maxMemory();
    String found =
        gibibytes(heap) + " GiB for Java, " + Runtime.getRuntime().availableProcessors() + " cores";
    return heap >= NEEDED_HEAP
        ? Finding.ok("Memory", found)
        : new Finding("Memory", State.OPTIONAL, found, "give Java more with INSCAPE_JVM=-Xmx2g");
  }

  private static String gibibytes(long bytes) {
    return String.format(Locale.ROOT, "%.1f", bytes / (double) (1L << 30));
  }

  /// The first line that a program prints; empty when it is not installed.
  private static Optional<String> firstLine(String... command) {
    if (!onPath(command[0])) {
      return Optional.empty();
    }
    try {
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      process.getOutputStream().close();
      String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      boolean ended = process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
      // Maven colours its first line even where nobody sees it.
      return ended
          ? text.lines().map(line -> line.replaceAll("\u001b\\[[0-9;]*m", "")).findFirst()
          : Optional.empty();
    } catch (IOException _) {
      return Optional.empty();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  private static boolean onPath(String program) {
    String path = System.getenv("PATH");
    return path != null
        && Stream.of(path.split(File.pathSeparator))
            .filter(folder -> !folder.isEmpty())
            .anyMatch(folder ->
                Files.isExecutable(Path.of(folder, program))
                    || Files.exists(Path.of(folder, program + ".cmd")));
  }
}
