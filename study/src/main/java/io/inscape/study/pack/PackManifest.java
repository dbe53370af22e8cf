package io.inscape.study.pack;

import java.util.List;

/// What a packed study says it holds.
///
/// @param format of the file; 1
/// @param version of the Inscape that packed it
/// @param study its name
/// @param files all but this one, in the order in which they lie in the file
public record PackManifest(int format, String version, String study, List<PackedFile> files) {
  /// The newest format, and the only one.
  public static final int FORMAT = 1;

  /// Where it lies: in the packed file, and in the folder that was unpacked.
  public static final String NAME = "inscape-pack.json";

  /// Copies the list.
  public PackManifest {
    files = List.copyOf(files);
  }

  /// One file.
  ///
  /// @param path below the study's folder, parts joined by `/`
  /// @param bytes how long it is
  /// @param sha256 of its content, in hexadecimal
  public record PackedFile(String path, long bytes, String sha256) {}
}
