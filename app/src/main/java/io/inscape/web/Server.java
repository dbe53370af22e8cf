package io.inscape.web;

import io.inscape.http.EventHub;
import io.inscape.http.HttpError;
import io.inscape.http.Route;
import io.inscape.study.Study;
import io.inscape.study.analysis.JobQueue;
import io.inscape.study.file.Json;
import io.inscape.study.run.RunEvent;
import io.inscape.study.trainer.BackgroundTraining;
import io.inscape.web.bring.Importer;
import io.inscape.web.bring.Imports;
import io.inscape.web.bring.StudyImporter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// A running web server over one study.
///
/// Requests run on virtual threads. Nothing that is not this machine can reach it unless the
/// configuration names another address, and no other web page can drive it (`SecurityFilter`).
public final class Server implements AutoCloseable {
  private static final long HEARTBEAT_MILLIS = 10_000;

  private final HttpListener listener;
  private final EventHub hub;
  private final List<Runnable> subscriptions;
  private final List<Route> routes;

  private Server(
      HttpListener listener, EventHub hub, List<Runnable> subscriptions, List<Route> routes) {
    this.listener = listener;
    this.hub = hub;
    this.subscriptions = subscriptions;
    this.routes = routes;
  }

  /// Starts listening.
  ///
  /// @param config where
  /// @param study what is shown; stays open until after the server is closed
  /// @param queue what computes; stays open until after the server is closed
  /// @param failures hears of our own faults, each of which is also answered with status 500
  /// @return the server, answering already
  /// @throws IllegalArgumentException when the port is in use or the host is not of this machine
  public static Server start(
      ServerConfig config, Study study, JobQueue queue, Consumer<Throwable> failures) {
    return start(config, study, queue, StudyImporter.into(study, queue.threads()), failures);
  }

  static Server start(
      ServerConfig config,
      Study study,
      JobQueue queue,
      Importer importer,
      Consumer<Throwable> failures) {
    EventHub hub = new EventHub(HEARTBEAT_MILLIS);
    BackgroundTraining training = new BackgroundTraining(study, queue.threads(), failures);
    Imports imports = Imports.into(study, importer, failures);
    List<Route> routes =
        ApiRoutes.all(study, queue, training, imports.routes(config.loopback()), hub);
    HttpListener listener;
    try {
      listener =
          HttpListener.start(
              config, routes.stream().map(route -> guarded(route, study)).toList(), failures);
    } catch (RuntimeException e) {
      imports.close();
      hub.close();
      throw e;
    }
    List<Runnable> subscriptions = new ArrayList<>();
    subscriptions.add(imports::close);
    subscriptions.add(training::close); // its last news are still told
    subscriptions.add(queue.listen(job -> hub.publish("job", job.id(), Json.write(job))));
    Thread.ofPlatform().daemon().name("inscape-warm-up").start(() -> warmUp(study));
    subscriptions.add(study.listen(event -> publish(hub, event)));
    return new Server(listener, hub, subscriptions, routes);
  }

  /// Keeps a study that is only looked at from being changed.
  private static Route guarded(Route route, Study study) {
    if (!study.readOnly() || !route.changes()) {
      return route;
    }
    return route.handledBy(_ -> {
      throw new HttpError(
          403,
          "this study is open for reading only, so nothing is computed or changed; start inscape serve without --read-only");
    });
  }

  /// Reads the data set before the first page asks for it, which takes a second or two.
  private static void warmUp(Study study) {
    try {
      study.content();
    } catch (RuntimeException _) {
      // Whoever asks for them is told what is wrong with them.
    }
  }

  private static void publish(EventHub hub, RunEvent event) {
    switch (event) {
      case RunEvent.Changed(var run) -> hub.publish("run", run.name(), Json.write(run));
      case RunEvent.Progressed(var progress) ->
          hub.publish("progress", progress.run(), Json.write(progress));
    }
  }

  /// {@return the port that the server listens at}
  public int port() {
    return listener.port();
  }

  /// {@return the address of the page}
  public String url() {
    return listener.url();
  }

  /// Where the events go out.
  EventHub hub() {
    return hub;
  }

  /// The table that the live routes were made from.
  List<Route> routes() {
    return routes;
  }

  /// Stops listening, and ends what is trained from the page. Open connections are ended.
  @Override
  public void close() {
    subscriptions.forEach(Runnable::run);
    hub.close();
    listener.close();
  }
}
