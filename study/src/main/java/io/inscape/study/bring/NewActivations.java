package io.inscape.study.bring;

import io.inscape.dataset.InputException;
import io.inscape.study.file.StudyException;
import io.inscape.study.file.StudyException.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/// Files of activations on their way into the folder that a study refers to: new runs and epochs
/// are moved in, and what is there already must be the same.
public final class NewActivations {
  /// What tells of a run's epochs, and grows with them.
  private static final Set<String> OF_A_RUN = Set.of("metrics.csv", "layers.txt");

  private final Path from;
  private final Path into;
  private final List<Path> moved = new ArrayList<>(); // relative
  private final Map<Path, byte[]> replaced = new LinkedHashMap<>();

  private NewActivations(Path from, Path into) {
    this.from = from;
    this.into = into;
  }

  /// Compares two folders.
  ///
  /// @param from a folder of activations
  /// @param into the study's, on the same disk
  /// @return what is new, not yet moved
  /// @throws InputException if a file is there already with other contents
  public static NewActivations of(Path from, Path into) {
    NewActivations found = new NewActivations(from, into);
    try {
      for (Path path : found.files()) {
        found.compare(path);
      }
    } catch (IOException e) {
      throw InputException.refused(from.toString(), "read", e);
    }
    return found;
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> paths = Files.walk(from)) {
      return paths.filter(Files::isRegularFile).map(from::relativize).sorted().toList();
    }
  }

  private void compare(Path path) throws IOException {
    Path target = into.resolve(path);
    if (!Files.exists(target)) {
      moved.add(path);
    } else if (Files.mismatch(from.resolve(path), target) >= 0) {
      if (!OF_A_RUN.contains(String.valueOf(path.getFileName()))) {
        throw other(path);
      }
      replaced.put(path, Files.readAllBytes(target));
    }
  }

  private InputException other(Path path) {
    boolean ofAll = path.getNameCount() == 1;
    return InputException.unsupported(
        from.resolve(path).toString(),
        "its contents",
        "others than the file of that name in the study",
        ofAll ? "the observations of the study, which never change" : "the same, or a new name",
        ofAll
            ? "leave it out, or make a study of its own"
            : "rename the folder of the run to bring it as another one");
  }

  /// Moves what is new.
  ///
  /// @throws StudyException of kind [Kind#DISK] if that cannot be done; nothing is moved then
  public void move() {
    try {
      for (Path path : moved) {
        carry(from.resolve(path), into.resolve(path));
      }
      for (Path path : replaced.keySet()) {
        Files.copy(from.resolve(path), into.resolve(path), StandardCopyOption.REPLACE_EXISTING);
      }
    } catch (IOException e) {
      takeBack();
      throw disk(e);
    }
  }

  /// Puts everything back to where it was.
  ///
  /// @throws StudyException of kind [Kind#DISK] if that cannot be done
  public void takeBack() {
    try {
      for (Path path : moved) {
        if (Files.exists(into.resolve(path))) {
          carry(into.resolve(path), from.resolve(path));
          clear(Objects.requireNonNull(into.resolve(path).getParent()));
        }
      }
      for (Map.Entry<Path, byte[]> text : replaced.entrySet()) {
        Files.write(into.resolve(text.getKey()), text.getValue());
      }
    } catch (IOException e) {
      throw disk(e);
    }
  }

  private static void carry(Path source, Path target) throws IOException {
    Files.createDirectories(Objects.requireNonNull(target.getParent()));
    Files.move(source, target);
  }

  /// Removes folders that nothing is left in.
  private void clear(Path folder) throws IOException {
    for (Path one = folder;
        one.startsWith(into) && !one.equals(into);
        one = Objects.requireNonNull(one.getParent())) {
      try (Stream<Path> entries = Files.list(one)) {
        if (entries.findAny().isPresent()) {
          return;
        }
      }
      Files.delete(one);
    }
  }

  private StudyException disk(IOException e) {
    return new StudyException(
        Kind.DISK, into + " cannot be written: " + e.getMessage() + "; make room and try again", e);
  }
}
