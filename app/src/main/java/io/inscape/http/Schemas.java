package io.inscape.http;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonValue;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// JSON schemas of the records that are sent, read off the records themselves.
public final class Schemas {
  private final Map<String, Object> known = new LinkedHashMap<>();

  /// None yet.
  public Schemas() {}

  /// A schema by name.
  ///
  /// @param name its name
  /// @return a reference to it
  public static Map<String, Object> reference(String name) {
    return Map.of("$ref", "#/components/schemas/" + name);
  }

  /// The schema of a record, kept under its name.
  ///
  /// @param type the record
  /// @param name what the description calls it
  /// @return a reference to it
  public Map<String, Object> of(Class<? extends Record> type, String name) {
    if (!known.containsKey(name)) {
      Map<String, Object> schema = new LinkedHashMap<>();
      known.put(name, schema); // before its components, which may refer back to it
      Map<String, Object> properties = new LinkedHashMap<>();
      List<String> required = new ArrayList<>();
      for (RecordComponent component : type.getRecordComponents()) {
        String key = key(component);
        properties.put(key, ofType(component.getAnnotatedType()));
        required.add(key);
      }
      schema.put("type", "object");
      schema.put("properties", properties);
      schema.put("required", required);
    }
    return reference(name);
  }

  /// Keeps a schema written by hand.
  ///
  /// @param name what the description calls it
  /// @param schema in the words of JSON Schema
  /// @return a reference to it
  public Map<String, Object> add(String name, Map<String, Object> schema) {
    known.put(name, schema);
    return reference(name);
  }

  /// {@return everything kept, by name}
  public Map<String, Object> all() {
    return known;
  }

  /// A list of one kind of thing.
  ///
  /// @param items the schema of each
  /// @return the schema of the list
  public static Map<String, Object> array(Map<String, Object> items) {
    return Map.of("type", "array", "items", items);
  }

  /// The component's name in JSON: another than its own only where that is a word of Java's.
  private static String key(RecordComponent component) {
    JsonProperty renamed = component.getAccessor().getAnnotation(JsonProperty.class);
    return renamed == null ? component.getName() : renamed.value();
  }

  private Map<String, Object> ofType(AnnotatedType annotated) {
    Map<String, Object> plain = ofPlain(annotated);
    if (annotated.isAnnotationPresent(Nullable.class) || isOptional(annotated.getType())) {
      return Map.of("oneOf", List.of(plain, Map.of("type", "null")));
    }
    return plain;
  }

  private Map<String, Object> ofPlain(AnnotatedType annotated) {
    Class<?> raw = raw(annotated.getType());
    if (annotated instanceof AnnotatedParameterizedType parameterized) {
      AnnotatedType[] arguments = parameterized.getAnnotatedActualTypeArguments();
      AnnotatedType last = arguments[arguments.length - 1];
      if (Map.class.isAssignableFrom(raw)) {
        return Map.of("type", "object", "additionalProperties", ofType(last));
      }
      return raw == Optional.class ? ofPlain(last) : array(ofType(last));
    }
    if (isArray(raw)) {
      return array(Map.of("type", "number"));
    }
    if (isMap(raw)) {
      return Map.of("type", "object", "additionalProperties", Map.of());
    }
    if (raw.isRecord()) {
      return of(raw.asSubclass(Record.class), name(raw));
    }
    if (raw.isEnum()) {
      return Map.of("type", "string", "enum", constants(raw));
    }
    if (raw.isArray()) {
      return array(ofSimple(raw.getComponentType()));
    }
    return ofSimple(raw);
  }

  private static Map<String, Object> ofSimple(Class<?> raw) {
    if (raw == String.class) {
      return Map.of("type", "string");
    } else if (raw == boolean.class || raw == Boolean.class) {
      return Map.of("type", "boolean");
    } else if (raw == int.class
        || raw == long.class
        || raw == Integer.class
        || raw == Long.class
        || raw == OptionalInt.class) {
      return Map.of("type", "integer");
    } else if (Number.class.isAssignableFrom(raw)
        || raw.isPrimitive()
        || raw == OptionalDouble.class) {
      return Map.of("type", "number");
    } else {
      return Map.of(); // anything
    }
  }

  private static List<String> constants(Class<?> type) {
    return Stream.of(type.getEnumConstants())
        .map(constant -> ((Enum<?>) constant).name().toLowerCase(Locale.ROOT))
        .toList();
  }

  /// `RunInfo` is `Run` to whoever reads the description.
  private static String name(Class<?> type) {
    String name = type.getSimpleName();
    return name.endsWith("Info") ? name.substring(0, name.length() - "Info".length()) : name;
  }

  /// A record that is sent as the list of its components.
  private static boolean isArray(Class<?> raw) {
    JsonFormat format = raw.getAnnotation(JsonFormat.class);
    return format != null && format.shape() == JsonFormat.Shape.ARRAY;
  }

  /// A record that is sent as the map that it holds.
  private static boolean isMap(Class<?> raw) {
    return raw.isRecord()
        && raw.getRecordComponents().length == 1
        && raw.getRecordComponents()[0].getAccessor().isAnnotationPresent(JsonValue.class);
  }

  private static boolean isOptional(Type type) {
    Class<?> raw = raw(type);
    return raw == Optional.class || raw == OptionalInt.class || raw == OptionalDouble.class;
  }

  private static Class<?> raw(Type type) {
    return switch (type) {
      case Class<?> plain -> plain;
      case ParameterizedType parameterized -> (Class<?>) parameterized.getRawType();
      default -> Object.class;
    };
  }
}
