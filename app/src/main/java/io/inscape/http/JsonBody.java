package io.inscape.http;

import io.inscape.study.file.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A JSON object of a request, whose fields are read by type and refused by name.
public final class JsonBody {
  private final String what;
  private final Map<String, Object> fields;

  private JsonBody(String what, Map<String, Object> fields) {
    this.what = what;
    this.fields = fields;
  }

  /// The body of a request.
  ///
  /// @param body UTF-8
  /// @return the object in it
  /// @throws IllegalArgumentException if it is something else
  public static JsonBody of(byte[] body) {
    return of("the request", Json.read(new String(body, StandardCharsets.UTF_8), Map.class));
  }

  private static JsonBody of(String what, @Nullable Object value) {
    if (!(value instanceof Map<?, ?> map)) {
      throw new IllegalArgumentException(what + " must be a JSON object, got " + value);
    }
    Map<String, Object> fields = new LinkedHashMap<>();
    map.forEach((key, held) -> fields.put(String.valueOf(key), held));
    return new JsonBody(what, fields);
  }

  /// Refuses fields of other names.
  ///
  /// @param names the names there are
  /// @return this object
  /// @throws IllegalArgumentException if it has another field
  public JsonBody only(String... names) {
    Set<String> known = Set.of(names);
    for (String key : fields.keySet()) {
      if (!known.contains(key)) {
        throw new IllegalArgumentException(
            what
                + " has no field \""
                + key
                + "\"; known are "
                + String.join(", ", known.stream().sorted().toList()));
      }
    }
    return this;
  }

  /// Whether a field is there and not null.
  ///
  /// @param key the field's name
  /// @return whether it is
  public boolean has(String key) {
    return fields.get(key) != null;
  }

  /// A text that says something.
  ///
  /// @param key the field's name
  /// @return the text
  /// @throws IllegalArgumentException if it is something else
  public String text(String key) {
    if (fields.get(key) instanceof String text && !text.isBlank()) {
      return text;
    }
    throw new IllegalArgumentException(key + " must be a text, got " + fields.get(key));
  }

  /// A text that may be missing.
  ///
  /// @param key the field's name
  /// @return the text; null where it is missing
  /// @throws IllegalArgumentException if it is something else
  public @Nullable String textOrNull(String key) {
    return has(key) ? text(key) : null;
  }

  /// A whole number.
  ///
  /// @param key the field's name
  /// @return the number
  /// @throws IllegalArgumentException if it is something else
  public int integer(String key) {
    if (fields.get(key) instanceof Integer number) {
      return number;
    }
    throw new IllegalArgumentException(
        path(key) + " must be a whole number, got " + fields.get(key));
  }

  /// True or false.
  ///
  /// @param key the field's name
  /// @param missing what it is where it is missing
  /// @return which
  /// @throws IllegalArgumentException if it is something else
  public boolean flag(String key, boolean missing) {
    Object value = fields.getOrDefault(key, missing);
    if (value instanceof Boolean flag) {
      return flag;
    }
    throw new IllegalArgumentException(path(key) + " must be true or false, got " + value);
  }

  /// A list of whole numbers, empty where it is missing.
  ///
  /// @param key the field's name
  /// @return the numbers
  /// @throws IllegalArgumentException if it is something else
  public List<Integer> integers(String key) {
    return list(key, Integer.class, "whole numbers");
  }

  /// A list of texts, empty where it is missing.
  ///
  /// @param key the field's name
  /// @return the texts
  /// @throws IllegalArgumentException if it is something else
  public List<String> texts(String key) {
    return list(key, String.class, "texts");
  }

  /// A list of objects.
  ///
  /// @param key the field's name
  /// @return the objects
  /// @throws IllegalArgumentException if it is something else
  public List<JsonBody> objects(String key) {
    if (!(fields.get(key) instanceof List<?> list)) {
      throw new IllegalArgumentException(
          path(key) + " must be a list of objects, got " + fields.get(key));
    }
    List<JsonBody> objects = new ArrayList<>();
    for (Object element : list) {
      objects.add(of(key + "[" + objects.size() + "]", element));
    }
    return objects;
  }

  /// Points as the list of their coordinates.
  ///
  /// @param key the field's name
  /// @return x and y in turn; empty where it is missing
  /// @throws IllegalArgumentException if it is something else
  public double[] points(String key) {
    List<?> points = fields.get(key) instanceof List<?> list ? list : List.of();
    double[] flat = new double[2 * points.size()];
    for (int i = 0; i < points.size(); i++) {
      if (!(points.get(i) instanceof List<?> point)
          || point.size() != 2
          || !(point.get(0) instanceof Number x)
          || !(point.get(1) instanceof Number y)) {
        throw new IllegalArgumentException(
            path(key) + " must be a list of points [x, y], got " + points.get(i));
      }
      flat[2 * i] = x.doubleValue();
      flat[2 * i + 1] = y.doubleValue();
    }
    return flat;
  }

  private <T> List<T> list(String key, Class<T> type, String elements) {
    if (!has(key)) {
      return List.of();
    }
    List<T> values = new ArrayList<>();
    if (fields.get(key) instanceof List<?> list && !list.isEmpty()) {
      for (Object element : list) {
        if (!type.isInstance(element)) {
          throw new IllegalArgumentException(
              path(key) + " must be a list of " + elements + ", got " + element + " in it");
        }
        values.add(type.cast(element));
      }
      return values;
    }
    throw new IllegalArgumentException(
        path(key) + " must be a list of " + elements + " or left out, got " + fields.get(key));
  }

  /// An object in this one.
  ///
  /// @param key the field's name
  /// @return the object
  /// @throws IllegalArgumentException if it is something else
  public JsonBody object(String key) {
    return of(key, fields.get(key));
  }

  /// An object as it came; empty where it is missing.
  ///
  /// @param key the field's name
  /// @return its fields
  /// @throws IllegalArgumentException if it is something else
  public Map<String, Object> map(String key) {
    return has(key) ? object(key).fields : Map.of();
  }

  /// A field as it came.
  ///
  /// @param key the field's name
  /// @return its value; null where it is missing
  public @Nullable Object raw(String key) {
    return fields.get(key);
  }

  private String path(String key) {
    return what.contains(" ") ? key : what + "." + key;
  }
}
