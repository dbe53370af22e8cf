package io.inscape.dataset.source;

import io.inscape.dataset.DataRequest;
import io.inscape.dataset.Dataset;
import io.inscape.dataset.InputException;
import io.inscape.dataset.table.ArraySets;
import io.inscape.dataset.table.Parts;
import io.inscape.dataset.table.TableSets;
import io.inscape.dataset.text.TextSets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// Data sets that are no images: vectors in arrays and tables, and texts.
final class Records {
  private Records() {}

  /// {@return the data set that a request names; empty where its file or folder holds none of
  /// these}
  static Optional<Dataset> open(DataRequest request) {
    Path path = Path.of(request.source());
    if (Files.isDirectory(path)
        && Parts.files(path).stream().anyMatch(file -> file.toString().contains("ubyte"))) {
      return Optional.empty(); // IDX, whatever else lies beside it
    }
    return ArraySets.open(request)
        .or(() -> TextSets.open(request))
        .or(() -> TableSets.open(request));
  }

  /// Says of a file that it is none of these.
  static InputException unknown(String file) {
    return InputException.unsupported(
        file,
        "its name",
        "no ending of a data set",
        ".csv, .tsv, .parquet, .npy, .npz, .h5, .hdf5, or .txt beside its tokenizer.json",
        "images come in a folder");
  }
}
