package io.inscape.web.bring;

import io.inscape.study.file.Json;
import io.inscape.study.file.SafeFiles;
import io.inscape.study.file.StudyException;
import io.inscape.study.file.StudyFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Which folders below the study's `data` came from a staging area, written down before they come
/// there: where no study comes of it they are taken away again, by whoever starts next if need be.
///
/// @param names of folders in `data`
record MovedData(List<String> names) {
  private static final String FILE = "moved.json";

  MovedData {
    names = List.copyOf(names);
  }

  /// What an area wrote down; nothing where it moved nothing.
  ///
  /// @param area its folder
  static MovedData of(Path area) {
    Path file = area.resolve(FILE);
    if (!Files.exists(file)) {
      return new MovedData(List.of());
    }
    try {
      return Json.read(file, MovedData.class);
    } catch (StudyException _) { // not ours: nothing is taken away for its sake
      return new MovedData(List.of());
    }
  }

  void write(Path area) {
    SafeFiles.plain().write(area.resolve(FILE), Json.pretty(this));
  }

  /// The folders themselves.
  List<Path> targets(Path study) {
    Path data = new StudyFolder(study).data();
    return names.stream()
        .filter(name -> name.matches("[A-Za-z0-9_][A-Za-z0-9._-]*"))
        .map(data::resolve)
        .toList();
  }
}
