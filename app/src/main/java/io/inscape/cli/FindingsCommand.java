package io.inscape.cli;

import io.inscape.cli.option.OutputOptions;
import io.inscape.cli.option.ThreadOptions;
import io.inscape.matrix.Workers;
import io.inscape.study.Study;
import io.inscape.study.analysis.AnalysisResult;
import io.inscape.study.analysis.Results;
import io.inscape.study.finding.FindingParams;
import io.inscape.study.finding.FindingsAnalysis;
import io.inscape.terminal.Bar;
import io.inscape.terminal.Console;
import io.inscape.terminal.Interrupts;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `inscape findings`: what may be said about a network.
@Command(
    name = "findings",
    description = {
      "Says in sentences what may be said about a trained network, and what may not and why.",
      "",
      "Each sentence comes from a test with a control. The result is kept in the study; asked again, it is there at once."
    })
final class FindingsCommand implements Callable<Integer> {
  private final Console console;
  @Mixin private final OutputOptions output = new OutputOptions();

  @Option(names = "--study", required = true, paramLabel = "DIR", description = "The study folder.")
  private Path folder = Path.of("");

  @Option(names = "--run", required = true, paramLabel = "NAME", description = "The run.")
  private String run = "";

  @Option(names = "--epoch", paramLabel = "N", description = "A kept epoch. Default: the last one.")
  private @Nullable Integer epoch;

  @Mixin private final ThreadOptions threads = new ThreadOptions();

  FindingsCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws Exception {
    output.apply(console);
    return Interrupts.guard(console, "", this::find);
  }

  private int find() {
    try (Study study = Study.open(folder);
        Workers workers = Workers.of(threads.count())) {
      int at = epoch == null ? study.run(run).info().snapshots().getLast() : epoch;
      AnalysisResult result;
      try (Bar bar = console.bar("findings", Bar.parts())) {
        result =
            new Results(study)
                .compute(
                    new FindingsAnalysis(run, at, FindingParams.defaults()),
                    workers,
                    Bar.progress(bar));
      }
      if (output.json()) {
        console.json(result.report());
      } else {
        console.line("Run " + run + ", epoch " + at + ":");
        for (Map<?, ?> finding : list(result.report(), "findings")) {
          console.line("- " + finding.get("sentence"));
          console.line("  Compared with: " + finding.get("control") + ".");
        }
        console.line("Not said, and why:");
        reasons(result.report())
            .forEach((why, ids) -> console.line("- " + String.join(", ", ids) + ": " + why));
      }
    }
    return Inscape.DONE;
  }

  private static List<Map<?, ?>> list(Map<String, Object> report, String name) {
    List<Map<?, ?>> entries = new ArrayList<>();
    if (report.get(name) instanceof List<?> all) {
      for (Object one : all) {
        if (one instanceof Map<?, ?> entry) {
          entries.add(entry);
        }
      }
    }
    return entries;
  }

  /// Each reason once, with the tests that have it.
  private static Map<String, List<String>> reasons(Map<String, Object> report) {
    Map<String, List<String>> reasons = new LinkedHashMap<>();
    for (Map<?, ?> silence : list(report, "silent")) {
      reasons
          .computeIfAbsent(String.valueOf(silence.get("why")), _ -> new ArrayList<>())
          .add(String.valueOf(silence.get("id")));
    }
    return reasons;
  }
}
