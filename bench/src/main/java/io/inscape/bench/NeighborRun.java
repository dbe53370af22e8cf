package io.inscape.bench;

import io.inscape.activation.ArrayFile;
import io.inscape.activation.NpyFile;
import io.inscape.matrix.Workers;
import io.inscape.neighbors.ExactNeighbors;
import io.inscape.neighbors.Neighbors;
import java.nio.file.Path;

/// Our side of the comparison of nearest-neighbour searches: a file in, indices out.
final class NeighborRun {
  private NeighborRun() {}

  /// Searches.
  ///
  /// @param args `DATA.npy OUT.npy THREADS NEIGHBORS`
  public static void main(String[] args) {
    try (Workers workers = Workers.of(Integer.parseInt(args[2]))) {
      int k = Integer.parseInt(args[3]);
      Neighbors found = ExactNeighbors.find(ArrayFile.open(args[0]).matrix(), k, workers);
      int[] indices = new int[Math.multiplyExact(found.observations(), k)];
      for (int i = 0; i < found.observations(); i++) {
        for (int j = 0; j < k; j++) {
          indices[i * k + j] = found.index(i, j);
        }
      }
      NpyFile.writeInts(Path.of(args[1]), indices, found.observations(), k);
    }
  }
}
