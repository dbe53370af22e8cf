package io.inscape.study.outside;

import io.inscape.activation.ArrayPlace;
import io.inscape.activation.outside.OutsideArray;
import io.inscape.activation.outside.OutsideFile;
import io.inscape.dataset.InputException;
import io.inscape.study.file.Digests;
import io.inscape.study.file.StudyException;
import io.inscape.study.file.StudyException.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Where the activations of a run lie, and how the files were when they were looked at: what a
/// study keeps instead of a copy.
///
/// @param folder as the study names it: absolute, or relative to the study
/// @param epochs by rising number
public record KeptFiles(String folder, List<Epoch> epochs) {
  /// Copies the list.
  public KeptFiles {
    epochs = List.copyOf(epochs);
  }

  /// An epoch.
  ///
  /// @param epoch its number
  /// @param digest of what describes its files: sizes, times, types, shapes
  /// @param layers from input to output
  public record Epoch(int epoch, String digest, List<LayerFile> layers) {
    /// Copies the list.
    public Epoch {
      layers = List.copyOf(layers);
    }
  }

  /// A layer's array.
  ///
  /// @param layer its name
  /// @param file relative to the folder
  /// @param member in the file; empty where the file is one array
  /// @param bytes how large the file was
  /// @param modified when it was written, in milliseconds since 1970
  public record LayerFile(String layer, String file, String member, long bytes, long modified) {}

  /// What is to be kept of a run.
  ///
  /// @param folder as the study names it
  /// @param root the same, absolute
  /// @param run found there
  /// @return the description
  public static KeptFiles of(String folder, Path root, OutsideRun run) {
    List<Epoch> epochs = new ArrayList<>();
    for (OutsideRun.Epoch epoch : run.epochs()) {
      List<LayerFile> layers = new ArrayList<>();
      List<Object> described = new ArrayList<>();
      for (OutsideRun.Layer layer : epoch.layers()) {
        OutsideArray array = layer.array();
        LayerFile file =
            new LayerFile(
                layer.name(),
                root.relativize(array.file()).toString().replace('\\', '/'),
                array.member(),
                bytes(array.file()),
                modified(array.file()));
        layers.add(file);
        described.add(description(file, array));
      }
      epochs.add(new Epoch(epoch.epoch(), Digests.ofJson(described), layers));
    }
    return new KeptFiles(folder, epochs);
  }

  private static Map<String, Object> description(LayerFile file, OutsideArray array) {
    Map<String, Object> about = new LinkedHashMap<>();
    about.put("file", file);
    about.put("shape", array.shape());
    if (array instanceof OutsideArray.Plain(ArrayPlace place)) {
      about.put("type", place.type());
      about.put("offset", place.offset());
      about.put("bigEndian", place.bigEndian());
      about.put("fortran", place.fortran());
    }
    return about;
  }

  private static long bytes(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw InputException.refused(file.toString(), "read", e);
    }
  }

  private static long modified(Path file) {
    try {
      return Files.getLastModifiedTime(file).toMillis();
    } catch (IOException e) {
      throw InputException.refused(file.toString(), "read", e);
    }
  }

  /// {@return an epoch that is kept}
  ///
  /// @param epoch its number
  /// @throws StudyException of kind [Kind#UNKNOWN] if there is no such epoch
  public Epoch epoch(int epoch) {
    return epochs.stream()
        .filter(one -> one.epoch() == epoch)
        .findFirst()
        .orElseThrow(
            () -> new StudyException(Kind.UNKNOWN, "there are no activations of epoch " + epoch));
  }

  /// Finds an array again.
  ///
  /// @param study the study's folder
  /// @param epoch a kept one
  /// @param layer a layer of it
  /// @return the array, as it was
  /// @throws StudyException of kind [Kind#OTHER_PARAMETERS] if the file is another than it was, or
  ///   of kind [Kind#DAMAGED] if it is gone
  /// @throws IllegalArgumentException if the epoch has no such layer
  public OutsideArray find(Path study, int epoch, String layer) {
    LayerFile kept =
        epoch(epoch).layers().stream()
            .filter(one -> one.layer().equals(layer))
            .findFirst()
            .orElseThrow(() ->
                new IllegalArgumentException(
                    "there is no layer " + layer + " among the activations of epoch " + epoch));
    Path file = study.resolve(folder).resolve(kept.file());
    if (!Files.isRegularFile(file)) {
      throw new StudyException(
          Kind.DAMAGED,
          file
              + " is missing; the study refers to it and has no copy. Put it back, or import the"
              + " folder where it is now");
    }
    if (bytes(file) != kept.bytes() || modified(file) != kept.modified()) {
      throw new StudyException(
          Kind.OTHER_PARAMETERS,
          file
              + " has changed since it was imported; import the folder again, and what depends on"
              + " it is computed anew");
    }
    return OutsideFile.arrays(file).stream()
        .filter(array -> array.member().equals(kept.member()))
        .findFirst()
        .orElseThrow(
            () -> new StudyException(Kind.DAMAGED, file + " has no array " + kept.member()));
  }
}
