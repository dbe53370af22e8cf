package io.inscape.study.finding;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Something that may be said about a network.
///
/// @param id of the test, such as `worst-class`
/// @param sentence for a person
/// @param effect its size, and what that is
/// @param control what it was compared with, in words
/// @param strength from 0 to 1, to sort by
/// @param link the view that shows it, and the workspace to show it with
/// @param about what it is about: rows of the sample, classes, layers
record Finding(
    String id,
    String sentence,
    Effect effect,
    String control,
    double strength,
    Map<String, Object> link,
    About about)
    implements Verdict {
  Finding {
    link = Collections.unmodifiableMap(new LinkedHashMap<>(link));
    strength = Math.max(0, Math.min(1, strength));
  }

  /// The size of an effect.
  ///
  /// @param value a number
  /// @param is what it is, in words
  record Effect(double value, String is) {}

  /// What a finding is about.
  ///
  /// @param rows of the study's sample
  /// @param classes labels
  /// @param layers names
  record About(List<Integer> rows, List<Integer> classes, List<String> layers) {
    static final About NETWORK = new About(List.of(), List.of(), List.of());

    About {
      rows = List.copyOf(rows);
      classes = List.copyOf(classes);
      layers = List.copyOf(layers);
    }

    static About classes(Integer... labels) {
      return new About(List.of(), List.of(labels), List.of());
    }

    static About layers(List<String> names) {
      return new About(List.of(), List.of(), names);
    }
  }

  @Override
  public Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("id", id);
    map.put("sentence", sentence);
    map.put("effect", effect.value());
    map.put("effectIs", effect.is());
    map.put("control", control);
    map.put("strength", strength);
    map.put("link", link);
    map.put("rows", about.rows());
    map.put("classes", about.classes());
    map.put("layers", about.layers());
    map.put("speaks", true);
    return map;
  }
}
