package io.inscape.cli;

import io.inscape.dataset.InputException;
import io.inscape.matrix.Matrix;
import io.inscape.matrix.Progress;
import io.inscape.matrix.Workers;
import io.inscape.projection.Layout;
import io.inscape.projection.params.ProjectionParams;
import io.inscape.study.analysis.Column;
import io.inscape.study.analysis.Job;
import io.inscape.study.analysis.JobInfo;
import io.inscape.study.analysis.JobQueue;
import io.inscape.study.analysis.JobState;
import io.inscape.study.analysis.Results;
import io.inscape.study.file.StudyException;
import io.inscape.terminal.Bar;
import io.inscape.terminal.Browser;
import io.inscape.terminal.Console;
import io.inscape.vectors.LayoutOutput;
import io.inscape.vectors.ProjectionReport;
import io.inscape.vectors.Stages;
import io.inscape.vectors.VectorFile;
import io.inscape.vectors.VectorStudy;
import io.inscape.web.PageAddress;
import io.inscape.web.Server;
import io.inscape.web.ServerConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A projection of a file as a job of a server, so that the page shows the layout move.
final class LiveProjection {
  /// How long the layout reached is waited for after Ctrl-C: less than the process lives on.
  private static final long PATIENCE_SECONDS = 20;

  private final Console console;
  private final PageOptions page;
  private final VectorFile file;
  private final ProjectionParams params;
  private final @Nullable Path output;

  /// @param output where the layout goes too; null for nowhere
  LiveProjection(
      Console console,
      PageOptions page,
      VectorFile file,
      ProjectionParams params,
      @Nullable Path output) {
    this.console = console;
    this.page = page;
    this.file = file;
    this.params = params;
    this.output = output;
  }

  /// Shows the page, projects, and goes on showing until Ctrl-C unless that is not wanted.
  ///
  /// @param asked the study's folder; null for a temporary one
  /// @param tell gets the report when the projection is done
  /// @return the exit code
  int run(@Nullable Path asked, int threads, Consumer<ProjectionReport> tell)
      throws InterruptedException {
    Path folder = asked == null ? temporary() : asked;
    try (VectorStudy study = VectorStudy.openOrCreate(folder, file);
        Workers workers = Workers.of(threads);
        JobQueue queue = JobQueue.start(study.study(), workers);
        Server server =
            Server.start(ServerConfig.loopback(page.port()), study.study(), queue, console::trace);
        LayoutOutput layout = LayoutOutput.reserve(output, file.rows(), params.dimensions())) {
      file.flattened().ifPresent(console::note);
      study.study().problems().forEach(console::error);
      if (asked == null) {
        console.note("The study is in the temporary folder " + folder + ", which is kept.");
      }
      boolean before = study.find(params).isPresent();
      Stages stages;
      JobInfo ended;
      try (Bar bar = console.bar("project", Bar.parts())) {
        stages = new Stages(Bar.timed(bar));
        Runnable unsubscribe =
            follow(queue, new Results(study.study()).digest(study.analysis(params)), stages);
        Job job = queue.submit(study.analysis(params));
        show(server);
        try {
          ended = job.await();
        } catch (InterruptedException _) {
          stop(queue, job, layout);
          return Inscape.INTERRUPTED;
        } finally {
          unsubscribe.run();
        }
      }
      stages.end();
      if (ended.state() == JobState.FAILED) {
        throw failure(String.valueOf(ended.error()));
      }
      if (ended.state() == JobState.DONE) {
        report(study, ended.digest(), before, stages, layout, tell);
      } else {
        console.note("The projection was cancelled on the page; nothing of it is kept.");
      }
      return stay(folder, server, ended.state());
    }
  }

  private static Path temporary() {
    try {
      return Files.createTempDirectory("inscape-");
    } catch (IOException e) {
      throw InputException.refused(System.getProperty("java.io.tmpdir"), "write", e);
    }
  }

  private static Runnable follow(JobQueue queue, String digest, Progress progress) {
    return queue.listen(info -> {
      if (info.digest().equals(digest) && info.state() == JobState.RUNNING) {
        progress.report(info.stage(), info.fraction());
      }
    });
  }

  private void show(Server server) {
    String address = server.url() + PageAddress.projection(params);
    console.note("The page is at " + address + " and shows the layout while it is computed.");
    if (page.browser() && !Browser.open(address)) {
      console.note("No browser could be opened from here; open the address yourself.");
    }
  }

  private void report(
      VectorStudy study,
      String digest,
      boolean before,
      Stages stages,
      LayoutOutput layout,
      Consumer<ProjectionReport> tell) {
    ProjectionReport kept = study.report(new Results(study.study()).get(digest), params);
    layout.write(kept.projection().layout());
    String written = output == null ? null : output.toString();
    tell.accept(before ? kept.writtenTo(written) : kept.writtenTo(written).justMade(stages));
  }

  private int stay(Path folder, Server server, JobState ended) throws InterruptedException {
    String again = "./inscape serve " + folder + " --open shows it again.";
    if (page.exit()) {
      console.note("Kept in " + folder + "; " + again);
      return ended == JobState.DONE ? Inscape.DONE : Inscape.INTERRUPTED;
    }
    console.note(
        "The page stays at "
            + server.url()
            + " until Ctrl-C; kept in "
            + folder
            + ", and "
            + again);
    new CountDownLatch(1).await();
    return Inscape.DONE;
  }

  /// Ctrl-C while it computes: the layout reached so far goes to the output, where there is one.
  private void stop(JobQueue queue, Job job, LayoutOutput layout) throws InterruptedException {
    if (job.reached().isPresent()) {
      rest(queue, job);
    }
    Optional<Job.Reached> reached = job.reached();
    JobInfo info = job.info();
    if (reached.isEmpty()) {
      console.note(
          info.state() == JobState.DONE
              ? "Stopped just after the layout was done; it is kept in the study."
              : "Stopped before there was a layout; nothing is kept of it.");
      return;
    }
    Column positions = reached.get().layout();
    layout.write(
        Layout.of(Matrix.of(positions.shape()[0], positions.shape()[1], positions.floats())));
    console.note(
        "Stopped at iteration "
            + reached.get().iteration()
            + " of "
            + info.iterations()
            + "; "
            + (output == null
                ? "a study keeps whole results only, so the layout reached so far is lost: --output"
                    + " FILE.npy would have it."
                : output + " holds the layout reached so far."));
  }

  /// Lets the job rest, so that its newest layout is the one it has reached.
  private static void rest(JobQueue queue, Job job) throws InterruptedException {
    CountDownLatch rested = new CountDownLatch(1);
    Runnable unsubscribe =
        queue.listen(info -> {
          if (info.id().equals(job.id()) && rests(info.state())) {
            rested.countDown();
          }
        });
    try {
      job.pause();
      if (!rests(job.info().state())) {
        boolean _ = rested.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
      }
    } catch (StudyException _) { // too many rest already: then the newest that it has put out
    } finally {
      unsubscribe.run();
    }
  }

  private static boolean rests(JobState state) {
    return state == JobState.PAUSED || state.ended();
  }

  private static RuntimeException failure(String why) {
    return why.startsWith("unexpected: ")
        ? new IllegalStateException(why)
        : new IllegalArgumentException(why);
  }
}
