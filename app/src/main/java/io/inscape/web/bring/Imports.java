package io.inscape.web.bring;

import io.inscape.dataset.InputException;
import io.inscape.http.EventHub;
import io.inscape.http.HttpError;
import io.inscape.http.Route;
import io.inscape.study.Study;
import io.inscape.study.run.RunInfo;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// All imports of one server: into the study it shows, or into a folder that has none yet. One is
/// carried out at a time. Safe for use by several threads.
public final class Imports implements AutoCloseable {
  private static final long HEARTBEAT_MILLIS = 10_000;
  private static final long MILLIS_TO_TELL_THE_END = 3_000;

  private final Path folder;
  private final Optional<Study> study;
  private final Importer importer;
  private final Consumer<Throwable> failures;
  private final Consumer<RunInfo> whenDone;
  private final Staging staging;
  private final Map<String, Upload> uploads = new ConcurrentHashMap<>();
  private @Nullable ImportJob current; // guarded by this
  private boolean over; // guarded by this

  private Imports(
      Path folder,
      Optional<Study> study,
      Importer importer,
      Consumer<Throwable> failures,
      Consumer<RunInfo> whenDone) {
    this.folder = folder.toAbsolutePath().normalize();
    this.study = study;
    this.importer = importer;
    this.failures = failures;
    this.whenDone = whenDone;
    this.staging = new Staging(folder, study.isPresent() && study.get().readOnly());
  }

  /// Imports that add runs to a study.
  ///
  /// @param study stays open until after this is closed
  /// @param importer does the work
  /// @param failures hears of our own faults
  /// @return none yet
  public static Imports into(Study study, Importer importer, Consumer<Throwable> failures) {
    return new Imports(study.folder(), Optional.of(study), importer, failures, _ -> {});
  }

  /// The import that makes a study.
  ///
  /// @param folder not there yet, or empty
  /// @param importer does the work
  /// @param failures hears of our own faults
  /// @param whenDone told once the study is there and the pages know it
  /// @return none yet
  public static Imports fresh(
      Path folder, Importer importer, Consumer<Throwable> failures, Consumer<RunInfo> whenDone) {
    return new Imports(folder, Optional.empty(), importer, failures, whenDone);
  }

  /// The routes to them.
  ///
  /// @param loopback whether only this machine can ask, which may therefore name its own files
  /// @return the rows of the table
  public List<Route> routes(boolean loopback) {
    return new ImportRoutes(this, loopback).routes();
  }

  /// Everything about one staging area.
  static final class Upload {
    private final StagingArea area;
    private final EventHub hub = EventHub.remembering(HEARTBEAT_MILLIS);
    private volatile @Nullable ImportOrder looked;
    private volatile @Nullable ImportJob job;

    Upload(StagingArea area) {
      this.area = area;
    }

    StagingArea area() {
      return area;
    }

    EventHub hub() {
      return hub;
    }

    boolean importing() {
      ImportJob begun = job;
      return begun != null && begun.running();
    }

    /// For JSON: open, or how its import is.
    String state() {
      ImportJob begun = job;
      return begun == null ? "open" : begun.state().json();
    }
  }

  Path folder() {
    return folder;
  }

  boolean hasStudy() {
    return study.isPresent();
  }

  Upload make() {
    Upload upload = new Upload(staging.make());
    uploads.put(upload.area().id(), upload);
    return upload;
  }

  /// @throws HttpError 404 if there is none
  Upload get(String id) {
    Upload upload = uploads.get(id);
    if (upload == null) {
      throw new HttpError(
          404, "there is no such upload any more; they end with the server, so begin again");
    }
    return upload;
  }

  Object look(Upload upload, ImportOrder order) {
    requireIdle(upload);
    upload.looked = order;
    return importer.look(order);
  }

  Importer.Examples examples(Upload upload) {
    return importer.examples(looked(upload));
  }

  Object graph(Upload upload) {
    return importer.graph(looked(upload));
  }

  private ImportOrder looked(Upload upload) {
    requireIdle(upload);
    ImportOrder order = upload.looked;
    if (order == null) {
      throw new HttpError(409, "nothing was looked at yet; ask for look first, then for this");
    }
    return order;
  }

  void requireIdle(Upload upload) {
    if (upload.importing()) {
      throw new HttpError(409, "this upload is being imported; wait for it, or cancel it");
    }
  }

  /// Begins an import.
  ///
  /// @throws HttpError 409 if another one goes on
  /// @throws io.inscape.study.file.StudyException if the run is being written
  synchronized void start(Upload upload, ImportOrder order) {
    ImportJob busy = current;
    if (over || (busy != null && busy.running())) {
      throw new HttpError(
          409,
          "an import is going on, and one is carried out at a time; wait for it, or cancel it");
    }
    ImportJob job =
        new ImportJob(
            upload.area(), order, importer, upload.hub(), failures, run -> done(upload, run));
    try {
      job.start();
    } catch (InputException | IllegalArgumentException e) {
      throw new HttpError(400, upload.area().readable(String.valueOf(e.getMessage())));
    }
    upload.job = job;
    current = job;
  }

  private void done(Upload upload, RunInfo run) {
    if (study.isEmpty()) {
      synchronized (this) {
        over = true; // the study is there, and whoever serves it takes over
      }
    }
    try {
      upload.hub().drain(MILLIS_TO_TELL_THE_END);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    upload.area().delete();
    whenDone.accept(run);
  }

  /// Cancels what goes on in an area, or takes the area away.
  ///
  /// @return whether it is still there
  boolean end(Upload upload) {
    ImportJob job = upload.job;
    if (job != null && job.running()) {
      job.cancel();
      return true;
    }
    uploads.remove(upload.area().id());
    upload.hub().close();
    staging.remove(upload.area());
    return false;
  }

  /// Cancels what goes on and removes all areas.
  @Override
  public void close() {
    ImportJob busy;
    synchronized (this) {
      over = true;
      busy = current;
    }
    if (busy != null && busy.running()) {
      busy.cancel();
      busy.awaitEnd();
    }
    uploads.values().forEach(upload -> upload.hub().close());
    staging.close();
  }
}
