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
import java.util.Map;
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
    return find(fileOrFolder, Map.of());
  }

  /// The network files of a training, with some epochs told otherwise.
  ///
  /// @param fileOrFolder an ONNX file, or a folder of them
  /// @param told the epoch of a file, by its name
  /// @return at least one
  /// @throws InputException as [#find(Path)] has it
  public static List<Checkpoint> find(Path fileOrFolder, Map<String, Integer> told) {
    List<Named> files = list(fileOrFolder, told);
    List<Checkpoint> found = new ArrayList<>();
    for (Named named : files) {
      if (named.epoch().isEmpty() && files.size() > 1) {
        throw InputException.malformed(
            named.file().toString(),
            "its name",
            "no epoch",
            "a number in each name, such as epoch-0005.onnx",
            "rename the files, or name one file");
      }
      found.add(new Checkpoint(named.epoch().orElse(1), named.file()));
    }
    found.sort(Comparator.comparingInt(Checkpoint::epoch));
    requireDifferent(found);
    return List.copyOf(found);
  }

  /// A network file and the epoch that is known of it.
  ///
  /// @param file an ONNX file
  /// @param epoch what was told, or what its name tells
  public record Named(Path file, OptionalInt epoch) {}

  /// The network files of a training, whether their epochs are known or not.
  ///
  /// @param fileOrFolder an ONNX file, or a folder of them
  /// @param told the epoch of a file, by its name
  /// @return at least one, by name
  /// @throws InputException if there is none
  public static List<Named> list(Path fileOrFolder, Map<String, Integer> told) {
    if (!Files.isDirectory(fileOrFolder) && !Files.isRegularFile(fileOrFolder)) {
      throw InputException.missing(
          fileOrFolder.toString(), "an ONNX file or a folder of them", "check the path");
    }
    List<Path> files =
        Files.isDirectory(fileOrFolder) ? files(fileOrFolder) : List.of(fileOrFolder);
    return files.stream()
        .map(file -> {
          Integer given = told.get(name(file));
          return new Named(file, given == null ? epoch(file) : OptionalInt.of(given));
        })
        .toList();
  }

  /// The trainings in a folder: itself where it holds network files, else each folder in it that
  /// does.
  ///
  /// @param fileOrFolder an ONNX file, a folder of them, or a folder of such folders
  /// @return at least one file or folder, by name
  /// @throws InputException if there is no network file
  public static List<Path> runs(Path fileOrFolder) {
    if (!Files.isDirectory(fileOrFolder) || hasFiles(fileOrFolder)) {
      return List.of(fileOrFolder);
    }
    List<Path> runs;
    try (Stream<Path> entries = Files.list(fileOrFolder)) {
      runs = entries.filter(Checkpoints::hasFiles).sorted().toList();
    } catch (IOException e) {
      throw InputException.refused(fileOrFolder.toString(), "list", e);
    }
    return runs.isEmpty() ? List.of(fileOrFolder) : runs;
  }

  private static boolean hasFiles(Path folder) {
    if (!Files.isDirectory(folder)) {
      return false;
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.anyMatch(Checkpoints::isNetwork);
    } catch (IOException _) { // not to be listed: then nothing in it can be brought
      return false;
    }
  }

  private static boolean isNetwork(Path file) {
    return name(file).toLowerCase(Locale.ROOT).endsWith(ENDING) && !name(file).startsWith(".");
  }

  private static void requireDifferent(List<Checkpoint> found) {
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
  }

  private static List<Path> files(Path folder) {
    List<Path> files;
    try (Stream<Path> entries = Files.list(folder)) {
      files = entries.filter(Checkpoints::isNetwork).sorted().toList();
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
    String stem =
        name.toLowerCase(Locale.ROOT).endsWith(ENDING)
            ? name.substring(0, name.length() - ENDING.length())
            : name;
    return EpochNames.epoch(stem);
  }

  private static String name(Path file) {
    Path last = file.getFileName();
    return last == null ? "" : last.toString();
  }
}
