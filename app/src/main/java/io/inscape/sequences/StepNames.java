package io.inscape.sequences;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;

/// Short names for files that differ: as many of the last parts of their paths as are needed.
final class StepNames {
  private StepNames() {}

  /// @param places paths as typed
  /// @return one name for each, all different; a place named twice gets its position
  static List<String> of(List<String> places) {
    int most = places.stream().mapToInt(place -> Path.of(place).getNameCount()).max().orElse(1);
    for (int parts = 1; parts <= most; parts++) {
      int count = parts;
      List<String> names = places.stream().map(place -> last(place, count)).toList();
      if (new HashSet<>(names).size() == names.size()) {
        return names;
      }
    }
    List<String> numbered = new ArrayList<>();
    IntStream.range(0, places.size())
        .forEach(t -> numbered.add(last(places.get(t), 1) + " (" + t + ")"));
    return numbered;
  }

  private static String last(String place, int parts) {
    Path path = Path.of(place.replaceFirst("\\.npy$", ""));
    int count = path.getNameCount();
    return count == 0 ? place : path.subpath(Math.max(0, count - parts), count).toString();
  }
}
