package io.inscape.web;

import io.inscape.http.Answers;
import io.inscape.http.Route;
import io.inscape.study.Study;
import io.inscape.study.file.StudyException;
import io.inscape.study.file.StudyException.Kind;
import io.inscape.web.bring.Importer;
import io.inscape.web.bring.Imports;
import io.inscape.web.bring.StudyImporter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;

/// A web server over a folder that has no study yet: the page, and the import that makes one. Once
/// it is made, [#await] returns, and a [Server] takes over the port.
public final class ImportServer implements AutoCloseable {
  private final HttpListener listener;
  private final Imports imports;
  private final CountDownLatch done;
  private final List<Route> routes;

  private ImportServer(
      HttpListener listener, Imports imports, CountDownLatch done, List<Route> routes) {
    this.listener = listener;
    this.imports = imports;
    this.done = done;
    this.routes = routes;
  }

  /// Starts listening.
  ///
  /// @param config where
  /// @param folder not there yet, or empty
  /// @param threads how many threads compute
  /// @param failures hears of our own faults, each of which is also answered with status 500
  /// @return the server, answering already
  /// @throws StudyException if the folder holds something else
  /// @throws IllegalArgumentException when the port is in use or the host is not of this machine
  public static ImportServer start(
      ServerConfig config, Path folder, int threads, Consumer<Throwable> failures) {
    return start(config, folder, StudyImporter.fresh(threads), failures);
  }

  static ImportServer start(
      ServerConfig config, Path folder, Importer importer, Consumer<Throwable> failures) {
    if (!Study.vacant(folder)) {
      throw new StudyException(
          Kind.EXISTS,
          folder
              + " holds something else than a study; name an empty folder, or one that is not there yet");
    }
    CountDownLatch done = new CountDownLatch(1);
    Imports imports = Imports.fresh(folder, importer, failures, _ -> done.countDown());
    List<Route> routes = ApiRoutes.withoutStudy(noStudy(folder), imports.routes(config.loopback()));
    try {
      HttpListener listener = HttpListener.start(config, routes, failures);
      return new ImportServer(listener, imports, done, routes);
    } catch (RuntimeException e) {
      imports.close();
      throw e;
    }
  }

  /// Says so in a way that the page tells from a wrong address.
  private static Route noStudy(Path folder) {
    String sentence =
        "there is no study in " + folder + " yet; the page makes one of your own model and data";
    return Route.get(
        "/api/study",
        "Nothing: there is no study yet",
        context -> {
          context.status(404);
          Answers.json(context, Map.of("error", Map.of("message", sentence), "empty", true));
        },
        Route.Answer.error(404, "There is no study yet; \"empty\" is true"));
  }

  /// Waits until the study is made and the pages were told.
  ///
  /// @throws InterruptedException if the thread was interrupted meanwhile
  public void await() throws InterruptedException {
    done.await();
  }

  /// {@return the port that the server listens at}
  public int port() {
    return listener.port();
  }

  /// {@return the address of the page}
  public String url() {
    return listener.url();
  }

  /// The table that the live routes were made from.
  List<Route> routes() {
    return routes;
  }

  /// Stops listening, and takes back what is not complete.
  @Override
  public void close() {
    imports.close();
    listener.close();
  }
}
