package io.inscape.web;

import io.inscape.http.HttpError;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The built page, from the class path.
final class PageFiles {
  static final String FOLDER = "io/inscape/web/page";

  private static final Pattern SAFE_PATH = Pattern.compile("(/[A-Za-z0-9_-][A-Za-z0-9._-]*)+");
  private static final Map<String, String> TYPES =
      Map.ofEntries(
          Map.entry("html", "text/html; charset=utf-8"),
          Map.entry("js", "text/javascript; charset=utf-8"),
          Map.entry("mjs", "text/javascript; charset=utf-8"),
          Map.entry("css", "text/css; charset=utf-8"),
          Map.entry("json", "application/json"),
          Map.entry("map", "application/json"),
          Map.entry("svg", "image/svg+xml"),
          Map.entry("png", "image/png"),
          Map.entry("webp", "image/webp"),
          Map.entry("ico", "image/x-icon"),
          Map.entry("woff2", "font/woff2"),
          Map.entry("txt", "text/plain; charset=utf-8"),
          Map.entry("wasm", "application/wasm"),
          Map.entry("webmanifest", "application/manifest+json"));

  private static final String NOT_BUILT =
      """
      <!doctype html>
      <html lang="en">
      <meta charset="utf-8">
      <title>Inscape</title>
      <h1>The page is not in this build</h1>
      <p>Inscape is running, and its <a href="api/study">data</a> are here, but the page was left out when it was built.</p>
      <p>To build it, Node 20 or newer is needed: run <code>mvn -DskipTests package</code> in the folder of Inscape,
      then start Inscape again.</p>
      </html>
      """;

  private final ClassLoader loader;
  private final String folder;

  PageFiles(ClassLoader loader, String folder) {
    this.loader = loader;
    this.folder = folder;
  }

  /// Answers with the file that the path names.
  ///
  /// @throws HttpError 404 when there is none
  void serve(Context context) {
    String path = context.path().equals("/") ? "/index.html" : context.path();
    byte[] content = read(path);
    if (content != null) {
      boolean named = path.startsWith("/assets/"); // their names hold a digest of their content
      context.header("Cache-Control", named ? "public, max-age=31536000, immutable" : "no-cache");
      context.contentType(type(path)).result(content);
    } else if (path.equals("/index.html")) {
      context.contentType("text/html; charset=utf-8").result(NOT_BUILT);
    } else {
      throw new HttpError(404, "there is nothing at this address; the page is at /");
    }
  }

  private byte @Nullable [] read(String path) {
    // A folder on the class path can be opened as a stream too: only names with a known ending are
    // files.
    if (!SAFE_PATH.matcher(path).matches() || !TYPES.containsKey(ending(path))) {
      return null;
    }
    try (InputStream in = loader.getResourceAsStream(folder + path)) {
      return in == null ? null : in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String type(String path) {
    return TYPES.getOrDefault(ending(path), "application/octet-stream");
  }

  private static String ending(String path) {
    return path.substring(path.lastIndexOf('.') + 1);
  }
}
