package io.inscape.cli.share;

import io.inscape.study.file.Json;
import io.inscape.web.Server;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The page with recorded answers in one HTML file, which loads nothing from anywhere.
final class StaticPage {
  private static final String FOLDER = "page/";
  private static final String POLICY =
      "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; "
          + "img-src data: blob:; worker-src blob:; base-uri 'none'; form-action 'none'";

  private StaticPage() {}

  /// The file.
  ///
  /// @param title of the page
  /// @param provenance in words, for whoever opens the file as text
  static byte[] html(
      String title,
      String provenance,
      List<PublishedView> views,
      Map<String, Map<String, Object>> answers) {
    Map<String, Object> recording = new LinkedHashMap<>();
    recording.put("views", views.stream().map(PublishedView::label).toList());
    recording.put("answers", answers);
    String icon = Base64.getEncoder().encodeToString(bytes("icon.svg"));
    String page =
        String.format(
            Locale.ROOT,
            """
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="%s">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <meta name="description" content="%s">
            <title>%s</title>
            <link rel="icon" href="data:image/svg+xml;base64,%s" type="image/svg+xml">
            <style>
            %s
            </style>
            </head>
            <body>
            <div id="page"></div>
            <noscript>Inscape draws with JavaScript and WebGL; please allow JavaScript for this page.</noscript>
            <script type="application/json" id="inscape-recorded">%s</script>
            <script type="module">
            %s
            </script>
            </body>
            </html>
            """,
            POLICY,
            escaped(provenance),
            escaped(title),
            icon,
            text("static/page.css").replace("</style", "<\\/style"),
            Json.write(recording).replace("<", "\\u003c"),
            script(text("static/page.js")));
    return page.getBytes(StandardCharsets.UTF_8);
  }

  /// What would end the element, or begin a comment in it, is only ever part of a text in it.
  private static String script(String code) {
    return code.replace("</script", "<\\/script").replace("<!--", "<\\!--");
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
  }

  private static String text(String name) {
    return new String(bytes(name), StandardCharsets.UTF_8);
  }

  private static byte[] bytes(String name) {
    try (InputStream in = Server.class.getResourceAsStream(FOLDER + name)) {
      if (in == null) {
        throw new IllegalArgumentException(
            "the page is not in this build, so it cannot be published; build again with Node's npm"
                + " at hand");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
