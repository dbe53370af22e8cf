package io.inscape.vectors;

import io.inscape.dataset.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/// Where a result goes: looked at before the work begins and not after it.
public final class OutputFile {
  private OutputFile() {}

  /// Checks a place to write to.
  ///
  /// @param output the file to make or to replace
  /// @param endings what its name may end in, such as `.npy`
  /// @param inputs files that are read, which the output must not replace
  /// @return the file itself where the output is a link to one
  /// @throws InputException when nothing can be written there
  public static Path require(Path output, List<String> endings, List<Path> inputs) {
    String name = output.toString();
    if (endings.stream().noneMatch(name.toLowerCase(Locale.ROOT)::endsWith)) {
      throw new IllegalArgumentException(
          "the name of an output must end in " + String.join(" or ", endings) + ", got " + name);
    }
    Path folder = output.toAbsolutePath().getParent();
    if (folder != null && !Files.isDirectory(folder)) {
      throw InputException.missing(
          folder.toString(), "the folder for " + output.getFileName(), "make it first");
    }
    try {
      if (!Files.exists(output)) {
        return output;
      }
      if (!Files.isRegularFile(output)) {
        throw InputException.unsupported(
            name, "the path", "no plain file", "a file to write to", "choose another name");
      }
      for (Path input : inputs) {
        if (Files.exists(input) && Files.isSameFile(input, output)) {
          throw InputException.unsupported(
              name, "the path", "one of the inputs", "another file", "choose another name");
        }
      }
      return output.toRealPath();
    } catch (IOException e) {
      throw InputException.refused(name, "write", e);
    }
  }
}
