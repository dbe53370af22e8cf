package io.inscape.web;

import io.inscape.dataset.InputException;
import io.inscape.http.Answers;
import io.inscape.http.HttpError;
import io.inscape.http.Route;
import io.inscape.http.SecurityFilter;
import io.inscape.study.file.StudyException;
import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.util.JavalinBindException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/// A port that answers by a table of routes, with the page's files beside them.
final class HttpListener implements AutoCloseable {
  private static final long LARGEST_BODY = 1024 * 1024;

  private final Javalin javalin;
  private final ServerConfig config;

  private HttpListener(Javalin javalin, ServerConfig config) {
    this.javalin = javalin;
    this.config = config;
  }

  /// Starts listening.
  ///
  /// @param failures hears of our own faults, each of which is also answered with status 500
  /// @throws IllegalArgumentException when the port is in use or the host is not of this machine
  static HttpListener start(ServerConfig config, List<Route> routes, Consumer<Throwable> failures) {
    SecurityFilter filter = new SecurityFilter(hostNames(config.host()), routes);
    PageFiles page = new PageFiles(HttpListener.class.getClassLoader(), PageFiles.FOLDER);
    Javalin javalin =
        Javalin.create(settings -> {
          configure(settings);
          settings.routes.before(filter::check);
          for (Route route : routes) {
            settings.routes.addHttpHandler(route.method(), route.path(), route.handler()::handle);
          }
          settings.routes.get("/api/*", HttpListener::unknownAddress);
          settings.routes.get("/*", page::serve);
          mapErrors(settings.routes, failures);
          settings.routes.after(HttpListener::readRest);
        });
    try {
      javalin.start(config.host(), config.port());
    } catch (JavalinBindException _) {
      javalin.stop();
      throw new IllegalArgumentException(
          "port "
              + config.port()
              + " on "
              + config.host()
              + " cannot be used: it is taken, or not allowed; name another with --port, or 0 for any free one");
    }
    return new HttpListener(javalin, config);
  }

  private static void configure(JavalinConfig settings) {
    settings.startup.showJavalinBanner = false;
    settings.startup.showOldJavalinVersionWarning = false;
    settings.startup.startupWatcherEnabled = false;
    settings.concurrency.useVirtualThreads = true;
    settings.http.prefer405over404 = true;
    settings.http.maxRequestSize = LARGEST_BODY;
    settings.http.compressionStrategy =
        CompressionStrategy.NONE; // the way is short, and the columns do not shrink
    settings.jetty.modifyHttpConfiguration(http -> http.setSendServerVersion(false));
    settings.jetty.modifyServer(server -> server.setErrorHandler(new PlainErrors()));
  }

  /// Reads what a route left of a small body. A connection that is answered before the body has
  /// come is closed after the answer, and who asks next on it is not answered.
  private static void readRest(Context context) {
    long length = context.req().getContentLengthLong();
    if (length > 0 && length <= LARGEST_BODY && !context.res().isCommitted()) {
      try {
        context.req().getInputStream().transferTo(OutputStream.nullOutputStream());
      } catch (IOException _) {
        // The rest will not come: the connection ends with the answer.
      }
    }
  }

  private static void unknownAddress(Context context) {
    throw new HttpError(
        404, "there is nothing at " + context.path() + "; /api/openapi.json lists what there is");
  }

  private static void mapErrors(RoutesConfig routes, Consumer<Throwable> failures) {
    routes.exception(HttpError.class, (e, context) -> error(context, e.status(), e.sentence()));
    routes.exception(
        IllegalArgumentException.class,
        (e, context) -> error(context, 400, String.valueOf(e.getMessage())));
    routes.exception(
        InputException.class, (e, context) -> error(context, 400, String.valueOf(e.getMessage())));
    routes.exception(
        StudyException.class,
        (e, context) -> error(context, status(e), String.valueOf(e.getMessage())));
    routes.exception(
        HttpResponseException.class,
        (e, context) -> {
          e.getDetails().forEach((name, value) -> context.header(name, value));
          error(context, e.getStatus(), sentence(e.getStatus(), context));
        });
    routes.exception(
        Exception.class,
        (e, context) -> {
          failures.accept(e);
          error(
              context,
              500,
              "this is a fault of Inscape's, which has written about it where it was started");
        });
  }

  private static int status(StudyException e) {
    return switch (e.kind()) {
      case UNKNOWN, NO_STUDY -> 404;
      case READ_ONLY -> 403;
      case NOT_YET, IN_USE, OTHER_VERSION, EXISTS, OTHER_PARAMETERS -> 409;
      case QUEUE_FULL -> 503;
      case DISK -> 507;
      case DAMAGED -> 500;
    };
  }

  private static String sentence(int status, Context context) {
    return switch (status) {
      case 404 -> "there is nothing at " + context.path();
      case 405 -> context.method().name() + " is not possible at " + context.path();
      case 413 -> "the request is larger than " + LARGEST_BODY + " bytes, which no request needs";
      default -> "the request was refused with status " + status;
    };
  }

  private static void error(Context context, int status, String sentence) {
    if (status == 503) {
      context.header("Retry-After", "2");
    }
    context.status(status);
    Answers.json(context, Map.of("error", Map.of("message", sentence)));
  }

  /// The names under which this server may be asked: this machine's own, and beyond loopback all
  /// its addresses.
  private static List<String> hostNames(String host) {
    String given = host.toLowerCase(Locale.ROOT);
    List<String> names = new ArrayList<>(List.of(ServerConfig.LOOPBACK, "localhost", "[::1]"));
    if (names.contains(given)) {
      return names;
    }
    names.add(given.contains(":") && !given.startsWith("[") ? "[" + given + "]" : given);
    try {
      names.add(InetAddress.getLocalHost().getHostName().toLowerCase(Locale.ROOT));
      for (NetworkInterface device : NetworkInterface.networkInterfaces().toList()) {
        for (InetAddress address : device.inetAddresses().toList()) {
          String text = address.getHostAddress();
          names.add(text.contains(":") ? "[" + text.split("%", 2)[0] + "]" : text);
        }
      }
    } catch (UnknownHostException | SocketException _) {
      // Then the name given is all there is.
    }
    return names;
  }

  /// The port that it listens at.
  int port() {
    return javalin.port();
  }

  /// The address of the page.
  String url() {
    String host =
        config.host().equals("0.0.0.0") || config.host().equals("::")
            ? ServerConfig.LOOPBACK
            : config.host();
    return "http://"
        + (host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host)
        + ":"
        + port()
        + "/";
  }

  @Override
  public void close() {
    javalin.stop();
  }

  /// Answers what Jetty itself refuses, such as an address with hidden separators, as the rest of
  /// the server answers.
  private static final class PlainErrors extends ErrorHandler {
    @Override
    public boolean handle(Request request, Response response, Callback callback) {
      response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
      response.getHeaders().put("X-Content-Type-Options", "nosniff");
      String body = "{\"error\":{\"message\":\"the request is not well-formed\"}}";
      response.write(true, ByteBuffer.wrap(body.getBytes(StandardCharsets.UTF_8)), callback);
      return true;
    }
  }
}
