package io.inscape.web.bring;

import io.inscape.http.Answers;
import io.inscape.http.HttpError;
import io.inscape.http.Requests;
import io.inscape.http.Route;
import io.javalin.http.Context;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Lists this machine's folders, for a person who chooses a path. Only where nobody else can ask.
final class Folders {
  private static final int MOST_ENTRIES = 10_000;

  private final boolean loopback;

  Folders(boolean loopback) {
    this.loopback = loopback;
  }

  Route route() {
    return Route.get(
            "/api/folders",
            "What a folder of this machine holds; only where the server listens on this machine"
                + " alone",
            this::list,
            Route.Answer.json(
                200, "{path, parent, entries: [{name, folder, bytes}]}", Map.of("type", "object")))
        .query("path", "string", "A whole path; left out: the person's own folder")
        .or(Route.Answer.error(403, "Other machines can ask, or the folder may not be read"))
        .or(Route.Answer.error(404, "There is no such folder"));
  }

  private record Entry(String name, boolean folder, long bytes) {}

  private void list(Context context) {
    if (!loopback) {
      throw new HttpError(
          403, "folders are listed only where the server listens on 127.0.0.1; upload the files");
    }
    Path folder = folder(context);
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("path", folder.toString());
    answer.put("parent", folder.getParent() == null ? null : folder.getParent().toString());
    answer.put("entries", entries(folder));
    Answers.json(context, answer);
  }

  private static Path folder(Context context) {
    String text = Requests.blankIsNull(context.queryParam("path"));
    try {
      Path folder = Path.of(text == null ? System.getProperty("user.home", "/") : text);
      if (!folder.isAbsolute()) {
        throw new HttpError(400, "path must be a whole path such as /home, got \"" + text + "\"");
      }
      if (!Files.isDirectory(folder)) {
        throw new HttpError(
            Files.exists(folder) ? 400 : 404, "there is no folder \"" + folder + "\"");
      }
      return folder.normalize();
    } catch (InvalidPathException _) {
      throw new HttpError(400, "path is none that a file of this machine can have");
    }
  }

  /// Folders first; hidden ones are left out.
  private static List<Entry> entries(Path folder) {
    List<Entry> entries = new ArrayList<>();
    try (DirectoryStream<Path> paths = Files.newDirectoryStream(folder)) {
      for (Path path : paths) {
        String name = path.getFileName().toString();
        if (!name.startsWith(".") && entries.size() < MOST_ENTRIES) {
          entries.add(entry(path, name));
        }
      }
    } catch (IOException | DirectoryIteratorException _) {
      throw new HttpError(403, "the folder \"" + folder + "\" may not be read");
    }
    entries.sort(
        Comparator.comparing(Entry::folder)
            .reversed()
            .thenComparing(Entry::name, String.CASE_INSENSITIVE_ORDER)
            .thenComparing(Entry::name));
    return entries;
  }

  private static Entry entry(Path path, String name) {
    boolean folder = Files.isDirectory(path);
    try {
      return new Entry(name, folder, folder ? 0 : Files.size(path));
    } catch (IOException _) { // a link to nothing
      return new Entry(name, folder, 0);
    }
  }
}
