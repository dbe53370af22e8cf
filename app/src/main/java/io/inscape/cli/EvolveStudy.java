package io.inscape.cli;

import io.inscape.evolution.field.FieldParams;
import io.inscape.matrix.Progress;
import io.inscape.matrix.Workers;
import io.inscape.sequences.BundledTrails;
import io.inscape.sequences.EvolutionOrder;
import io.inscape.sequences.EvolutionReport;
import io.inscape.sequences.EvolutionResult;
import io.inscape.sequences.FlowField;
import io.inscape.sequences.StudyEvolution;
import io.inscape.study.Study;
import io.inscape.study.analysis.Column;
import io.inscape.study.analysis.Job;
import io.inscape.study.analysis.JobInfo;
import io.inscape.study.analysis.JobQueue;
import io.inscape.study.analysis.JobState;
import io.inscape.study.analysis.SequenceAnalysis;
import io.inscape.study.sequence.SequenceSource;
import io.inscape.terminal.Console;
import io.inscape.vectors.ArrayOutput;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/// An evolution of steps of a study, kept there.
final class EvolveStudy {
  private final Console console;
  private final Study study;
  private final Workers workers;
  private final Progress progress;

  EvolveStudy(Console console, Study study, Workers workers, Progress progress) {
    this.console = console;
    this.study = study;
    this.workers = workers;
    this.progress = progress;
  }

  /// Computes or finds everything, and writes the files.
  ///
  /// @return what came out; empty where Ctrl-C ended it before the layouts were done
  Optional<EvolutionReport> run(SequenceSource source, EvolutionOrder order)
      throws InterruptedException {
    SequenceAnalysis analysis = SequenceAnalysis.of(source.resolve(study), order.method());
    if (!layouts(analysis, order)) {
      return Optional.empty();
    }
    StudyEvolution evolution = new StudyEvolution(study, workers, progress);
    EvolutionResult result = evolution.align(analysis);
    layouts(order, result);
    try {
      EvolutionOrder.Bundle bundle = order.bundle();
      if (bundle != null) {
        result = evolution.bundle(result, bundle);
        trails(order, result);
      }
      FieldParams field = order.field();
      if (field != null) {
        result = evolution.flow(result, field);
        field(order, result);
      }
    } catch (CancellationException e) {
      if (!Thread.currentThread().isInterrupted()) {
        throw e;
      }
    }
    return Optional.of(report(analysis, order, result, evolution));
  }

  private EvolutionReport report(
      SequenceAnalysis analysis,
      EvolutionOrder order,
      EvolutionResult result,
      StudyEvolution evolution) {
    Map<String, Object> input = new LinkedHashMap<>();
    input.put("study", study.folder().toString());
    input.put("source", analysis.source().describe());
    input.put("names", result.names());
    input.put("rows", study.count());
    input.put("classes", result.classNames().size());
    return new EvolutionReport(
        input,
        "the study's sample, the same in every step",
        order.method(),
        order.outputs(),
        evolution.keeping(),
        result,
        evolution.seconds(),
        Map.of());
  }

  private static void layouts(EvolutionOrder order, EvolutionResult result) {
    var layouts = result.aligned().layouts();
    write(order.outputs().layouts(), layouts.toArray(), layouts.steps(), layouts.observations(), 2);
  }

  private static void trails(EvolutionOrder order, EvolutionResult result) {
    BundledTrails trails = result.trails();
    if (trails != null) {
      int observations = result.aligned().layouts().observations();
      write(order.outputs().trails(), trails.samples(), observations, trails.perTrail(), 2);
    }
  }

  private static void field(EvolutionOrder order, EvolutionResult result) {
    FlowField field = result.field();
    if (field != null) {
      int grid = field.fields().grid();
      write(order.outputs().field(), field.values(), field.fields().fields(), grid, grid, 2);
    }
  }

  private static void write(@Nullable Path file, float[] values, long... shape) {
    try (ArrayOutput output = ArrayOutput.reserve(file, shape)) {
      output.write(values);
    }
  }

  /// Has the layouts computed by a queue, which knows those reached when Ctrl-C comes.
  ///
  /// @return whether they are done
  private boolean layouts(SequenceAnalysis analysis, EvolutionOrder order)
      throws InterruptedException {
    try (JobQueue queue = JobQueue.start(study, workers)) {
      Runnable unsubscribe =
          queue.listen(info -> {
            if (info.state() == JobState.RUNNING) {
              progress.report(info.stage(), info.fraction());
            }
          });
      Job job = queue.submit(analysis);
      try {
        JobInfo ended = job.await();
        if (ended.state() == JobState.FAILED) {
          throw failure(String.valueOf(ended.error()));
        }
        return true;
      } catch (InterruptedException _) {
        stopped(job, order);
        return false;
      } finally {
        unsubscribe.run();
      }
    }
  }

  private void stopped(Job job, EvolutionOrder order) {
    Optional<Job.Reached> reached = job.reached();
    if (reached.isEmpty()) {
      console.note(
          job.info().state() == JobState.DONE
              ? "Stopped just after the layouts were done; they are kept in the study."
              : "Stopped before there were layouts; nothing is kept of them.");
      return;
    }
    Column layouts = reached.get().layout();
    int[] shape = layouts.shape();
    write(order.outputs().layouts(), layouts.floats(), shape[0], shape[1], shape[2]);
    console.note(
        "Stopped at iteration "
            + reached.get().iteration()
            + " of "
            + job.info().iterations()
            + "; "
            + (order.outputs().layouts() == null
                ? "a study keeps whole results only, so the layouts reached so far are lost:"
                    + " --output SEQ.npy would have them."
                : order.outputs().layouts() + " holds the layouts reached so far."));
  }

  private static RuntimeException failure(String why) {
    return why.startsWith("unexpected: ")
        ? new IllegalStateException(why)
        : new IllegalArgumentException(why);
  }
}
