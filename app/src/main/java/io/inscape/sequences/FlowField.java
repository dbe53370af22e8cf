package io.inscape.sequences;

import io.inscape.evolution.field.Box;
import io.inscape.evolution.field.VectorFields;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// A field that was fitted to the trails.
///
/// @param fields the fit
/// @param report its figures, for programs
public record FlowField(VectorFields fields, Map<String, ?> report) {
  /// A field that was just fitted.
  static FlowField of(VectorFields fields) {
    return new FlowField(fields, figures(fields));
  }

  /// {@return the fields' values, [field][row][column][dim], row 0 at the bottom}
  public float[] values() {
    double[] values = fields.values();
    float[] floats = new float[values.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }

  /// {@return how many observations follow each field}
  List<Integer> sizes() {
    return sizes(fields);
  }

  private static List<Integer> sizes(VectorFields fields) {
    int[] assignment = fields.assignment();
    return IntStream.range(0, fields.fields())
        .mapToObj(
            field -> (int) Arrays.stream(assignment).filter(assigned -> assigned == field).count())
        .collect(Collectors.toList());
  }

  private static Map<String, Object> figures(VectorFields fields) {
    Box box = fields.box();
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("box", List.of(box.left(), box.bottom(), box.right(), box.top()));
    map.put("grid", fields.grid());
    map.put("energy", fields.energy());
    map.put("smoothnessEnergy", fields.smoothnessEnergy());
    map.put("energies", fields.energies());
    map.put("sizes", sizes(fields));
    return map;
  }
}
