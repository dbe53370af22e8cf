package io.inscape.study.run;

import io.inscape.dataset.InputException;
import io.inscape.study.file.EpochNames;
import io.inscape.study.run.ImportRequest.Checkpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.stream.Stream;

/// Finds network files and the epochs that their names tell.
public final class Checkpoints {
  private static final String ENDING = ".onnx";

  private Checkpoints() {}

  /// The network files of a training, by rising epoch.
  ///
  /// The epoch is the number after `epoch`, `ep`, `e` or `step` in a file's name, or else the last
  /// whole number in it. One file without a number is epoch 1.
  ///
  /// @param fileOrFolder an ONNX file, or a folder of them
  /// @return at least one
  /// @throws InputException if there is none, or a name among several tells no epoch, or two tell
  ///   the same
  public static List<Checkpoint> find(Path fileOrFolder) {
    if (!Files.isDirectory(fileOrFolder)) {
      if (!Files.isRegularFile(fileOrFolder)) {
        throw InputException.missing(
            fileOrFolder.toString(), "an ONNX file or a folder of them", "check the path");
      }
      return List.of(new Checkpoint(epoch(fileOrFolder).orElse(1), fileOrFolder));
    }
    List<Path> files = files(fileOrFolder);
    List<Checkpoint> found = new ArrayList<>();
    for (Path file : files) {
      OptionalInt epoch = epoch(file);
      if (epoch.isEmpty() && files.size() > 1) {
        throw InputException.malformed(
            file.toString(),
            "its name",
            "no epoch",
            "a number in each name, such as epoch-0005.onnx",
            "rename the files, or name one file");
      }
      found.add(new Checkpoint(epoch.orElse(1), file));
    }
    found.sort(Comparator.comparingInt(Checkpoint::epoch));
    for (int i = 1; i < found.size(); i++) {
      if (found.get(i).epoch() == found.get(i - 1).epoch()) {
        throw InputException.malformed(
            found.get(i).file().toString(),
            "its name",
            "epoch " + found.get(i).epoch() + ", as in " + found.get(i - 1).file().getFileName(),
            "another epoch in each name",
            "rename the files, or put those of different trainings into different folders");
      }
    }
    return List.copyOf(found);
  }

  private static List<Path> files(Path folder) {
    List<Path> files;
    try (Stream<Path> entries = Files.list(folder)) {
      files =
          entries
              .filter(file -> name(file).toLowerCase(Locale.ROOT).endsWith(ENDING))
              .filter(file -> !name(file).startsWith("."))
              .sorted()
              .toList();
    } catch (IOException e) {
      throw InputException.refused(folder.toString(), "list", e);
    }
    if (files.isEmpty()) {
      throw InputException.missing(
          folder.resolve("*" + ENDING).toString(),
          "network files",
          "export each checkpoint with torch.onnx.export, or name another folder");
    }
    return files;
  }

  static OptionalInt epoch(Path file) {
    String name = name(file);
    return EpochNames.epoch(name.substring(0, name.length() - ENDING.length()));
  }

  private static String name(Path file) {
    Path last = file.getFileName();
    return last == null ? "" : last.toString();
  }
}
