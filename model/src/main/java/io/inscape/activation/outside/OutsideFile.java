package io.inscape.activation.outside;

import io.inscape.activation.ArrayPlace;
import io.inscape.dataset.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/// Files of arrays that somebody gave, told apart by their endings: `.npy`, `.npz`, `.safetensors`,
/// `.h5` and `.hdf5`.
public final class OutsideFile {
  private static final List<String> ENDINGS =
      List.of(".npy", ".npz", ".safetensors", ".h5", ".hdf5");

  private OutsideFile() {}

  /// {@return whether a file's name tells that it is one of these}
  ///
  /// @param file any path
  public static boolean isOne(Path file) {
    return !ending(file).isEmpty();
  }

  /// {@return a file's name without the ending that tells what it is}
  ///
  /// @param file any path
  public static String stem(Path file) {
    String name = String.valueOf(file.getFileName());
    return name.substring(0, name.length() - ending(file).length());
  }

  private static String ending(Path file) {
    String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    return ENDINGS.stream().filter(name::endsWith).findFirst().orElse("");
  }

  /// The arrays in a file. Only what describes them is read.
  ///
  /// @param file a file with one of the endings
  /// @return at least one; of an archive in its own order, else in that of their names; of a `.npy`
  ///   file one without a name
  /// @throws InputException when the file is not there, damaged, or holds what are no numbers
  public static List<OutsideArray> arrays(Path file) {
    requireFile(file);
    List<OutsideArray> arrays;
    try {
      arrays =
          switch (ending(file)) {
            case ".npy" ->
                List.of(new OutsideArray.Plain(ArrayPlace.ofNumpy(file, "", 0, Files.size(file))));
            case ".npz" -> NumpyArchive.arrays(file);
            case ".safetensors" -> Safetensors.arrays(file);
            case ".h5", ".hdf5" -> Hdf5.arrays(file);
            default ->
                throw InputException.unsupported(
                    file.toString(), "its name", "no known ending", String.join(", ", ENDINGS), "");
          };
    } catch (IOException e) {
      throw InputException.refused(file.toString(), "read", e);
    }
    if (arrays.isEmpty()) {
      throw InputException.unsupported(
          file.toString(), "its contents", "no array", "at least one", "save the layers into it");
    }
    return arrays;
  }

  private static void requireFile(Path file) {
    if (!Files.isRegularFile(file)) {
      throw InputException.missing(file.toString(), "a file of arrays", "check the path");
    }
  }

  /// A name in a file that may become a layer's: no way out of a folder, nothing that cannot be
  /// seen.
  static String requireName(Path file, String name) {
    boolean bad =
        name.isBlank()
            || name.length() > 200
            || name.startsWith("/")
            || name.chars().anyMatch(c -> c < ' ' || c == '\\' || c == ':' || c == 0x7f)
            || List.of(name.split("/", -1)).contains("..");
    if (bad) {
      String shown = name.length() > 60 ? name.substring(0, 60) + "..." : name;
      throw InputException.unsupported(
          file.toString(),
          "the names in it",
          "'" + shown.replaceAll("\\p{Cntrl}", "?") + "'",
          "names of 1 to 200 characters without '..', ':', backslash and a slash in front",
          "give the array another name");
    }
    return name;
  }
}
