package io.inscape.http;

import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Keeps other web pages from driving this server, and other machines from reaching it under a
/// borrowed name.
///
/// A browser lets any page send requests to 127.0.0.1. Three things tell them apart from ours: the
/// `Host` they ask for (a rebound domain name shows here), the `Origin` they come from, and
/// `Sec-Fetch-Site`.
public final class SecurityFilter {
  /// Only what the page is made of may load; style attributes and elements come from the chart
  /// library.
  public static final String CONTENT_SECURITY_POLICY =
      "default-src 'none'; script-src 'self'; worker-src 'self' blob:; style-src 'self' 'unsafe-inline'; "
          + "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; base-uri 'none'; "
          + "form-action 'none'; frame-ancestors 'none'";

  static final String JSON = "application/json";

  /// No form of another page can send it: a browser asks this server first, which never agrees.
  static final String BYTES = "application/octet-stream";

  private static final Pattern VARIABLE = Pattern.compile("\\{[^}]*\\}");
  private static final Set<String> CHANGING = Set.of("POST", "PUT", "PATCH", "DELETE", "QUERY");

  private final List<String> hostNames;
  private final List<Pattern> takeBytes;

  /// Knows what this server is called.
  ///
  /// @param hostNames the names and addresses that this server answers to, without a port, in lower
  ///   case
  /// @param routes the table; those that take a file's bytes take nothing else, the others JSON
  ///   only
  public SecurityFilter(List<String> hostNames, List<Route> routes) {
    this.hostNames = List.copyOf(hostNames);
    this.takeBytes =
        routes.stream().filter(Route::takesBytes).map(SecurityFilter::addresses).toList();
  }

  /// Sets the headers that every answer carries, and refuses what must not be answered.
  ///
  /// @param context the request
  /// @throws HttpError 421 for a foreign host, 403 for a foreign origin, 415 for another content
  ///   type
  public void check(Context context) {
    addHeaders(context);
    int port = context.req().getLocalPort();
    String host = context.header("Host");
    if (!isOwn(host, port)) {
      throw new HttpError(
          421,
          "this server answers to "
              + hostNames.getFirst()
              + ":"
              + port
              + ", not to the host "
              + quoted(host));
    }
    String origin = context.header("Origin");
    if (origin != null && !isOwnOrigin(origin, port)) {
      throw new HttpError(403, "requests from the page " + quoted(origin) + " are not answered");
    }
    String site = context.header("Sec-Fetch-Site");
    if (site != null
        && context.path().startsWith("/api")
        && !site.equals("same-origin")
        && !site.equals("none")) {
      throw new HttpError(
          403, "requests from other pages are not answered, and this one is " + quoted(site));
    }
    checkContentType(context);
  }

  /// What the addresses of a route look like.
  private static Pattern addresses(Route route) {
    String[] literals = VARIABLE.split(route.path(), -1);
    return Pattern.compile(
        Arrays.stream(literals).map(Pattern::quote).collect(Collectors.joining("[^/]+")));
  }

  private void checkContentType(Context context) {
    HandlerType method = context.method();
    if (!CHANGING.contains(method.name()) || method.equals(HandlerType.DELETE)) {
      return;
    }
    String type = context.contentType();
    String bare = type == null ? "" : type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    String path = context.path();
    String wanted =
        takeBytes.stream().anyMatch(pattern -> pattern.matcher(path).matches()) ? BYTES : JSON;
    if (!bare.equals(wanted)) {
      throw new HttpError(
          415,
          "a "
              + method.name()
              + " request here needs the content type "
              + wanted
              + ", got "
              + quoted(type));
    }
  }

  private static void addHeaders(Context context) {
    context.header("Content-Security-Policy", CONTENT_SECURITY_POLICY);
    context.header("X-Content-Type-Options", "nosniff");
    context.header("X-Frame-Options", "DENY");
    context.header("Referrer-Policy", "no-referrer");
    context.header("Cross-Origin-Resource-Policy", "same-origin");
    context.header("Cross-Origin-Opener-Policy", "same-origin");
    context.header("Cache-Control", "no-store");
  }

  private boolean isOwnOrigin(String origin, int port) {
    return origin.startsWith("http://") && isOwn(origin.substring("http://".length()), port);
  }

  /// Whether `name:port` names this server; the port may be missing only where it is 80.
  private boolean isOwn(@Nullable String nameAndPort, int port) {
    if (nameAndPort == null) {
      return false;
    }
    String lower = nameAndPort.toLowerCase(Locale.ROOT);
    for (String name : hostNames) {
      if (lower.equals(name + ":" + port) || (port == 80 && lower.equals(name))) {
        return true;
      }
    }
    return false;
  }

  /// What a stranger sent, short and without control characters.
  private static String quoted(@Nullable String text) {
    if (text == null) {
      return "(none)";
    }
    String clean = text.replaceAll("\\p{Cntrl}", "?");
    return '"' + (clean.length() > 100 ? clean.substring(0, 100) + "..." : clean) + '"';
  }
}
