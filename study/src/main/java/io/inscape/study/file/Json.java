package io.inscape.study.file;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.EnumFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import io.inscape.study.file.StudyException.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/// JSON as this project writes it: records in the order of their components, enums in lower case,
/// nothing left out.
public final class Json {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .addModule(new Jdk8Module())
          .enable(EnumFeature.WRITE_ENUMS_TO_LOWERCASE)
          .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private Json() {}

  /// Compact text, for a message.
  ///
  /// @param value records, maps, lists, numbers, strings
  /// @return its JSON
  public static String write(Object value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("not expressible as JSON: " + value.getClass(), e);
    }
  }

  /// Indented text in UTF-8, for a file that people look into.
  ///
  /// @param value records, maps, lists, numbers, strings
  /// @return its JSON, ending with a line break
  public static byte[] pretty(Object value) {
    try {
      String text = MAPPER.writer(SerializationFeature.INDENT_OUTPUT).writeValueAsString(value);
      return (text + "\n").getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("not expressible as JSON: " + value.getClass(), e);
    }
  }

  /// The one text that stands for a value, for digests: keys sorted, no white space.
  ///
  /// @param value records, maps, lists, numbers, strings
  /// @return UTF-8
  public static byte[] canonical(Object value) {
    return write(sorted(MAPPER.valueToTree(value))).getBytes(StandardCharsets.UTF_8);
  }

  /// Reads a value of a type.
  ///
  /// @param text JSON
  /// @param type a record, or `Map`, `List`
  /// @param <T> the type
  /// @return the value
  /// @throws IllegalArgumentException if the text is no JSON of that type
  public static <T> T read(String text, Class<T> type) {
    try {
      T value = MAPPER.readValue(text, type);
      if (value == null) {
        throw new IllegalArgumentException("expected a JSON object, got null");
      }
      return value;
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(sentence(e), e);
    }
  }

  /// Reads a file of ours.
  ///
  /// @param file the file
  /// @param type the record it holds
  /// @param <T> the type
  /// @return the value
  /// @throws StudyException of kind [Kind#DAMAGED] if it is not there, or not what was written
  public static <T> T read(Path file, Class<T> type) {
    try {
      return read(Files.readString(file), type);
    } catch (NoSuchFileException e) {
      throw new StudyException(Kind.DAMAGED, file + " is missing", e);
    } catch (IOException e) {
      throw new StudyException(
          Kind.DAMAGED, file + " cannot be read as UTF-8 text: " + e.getMessage(), e);
    } catch (IllegalArgumentException e) {
      throw new StudyException(Kind.DAMAGED, file + " is damaged: " + e.getMessage(), e);
    }
  }

  /// Reads a file of ours that an older version may have written.
  ///
  /// @param file the file
  /// @param type the record it holds
  /// @param upgrade puts in what older versions did not write
  /// @param <T> the type
  /// @return the value
  /// @throws StudyException of kind [Kind#DAMAGED] if it is not there, or not what was written
  public static <T> T read(Path file, Class<T> type, Consumer<Map<String, Object>> upgrade) {
    Map<String, Object> fields = new LinkedHashMap<>();
    Map<?, ?> kept = read(file, Map.class);
    kept.forEach((key, value) -> fields.put(String.valueOf(key), value));
    upgrade.accept(fields);
    try {
      return convert(fields, type);
    } catch (IllegalArgumentException e) {
      String sentence = String.valueOf(e.getMessage());
      throw new StudyException(
          Kind.DAMAGED,
          file + " is damaged: " + sentence.replaceFirst("^line \\d+, column \\d+: ", ""),
          e);
    }
  }

  /// Turns maps and lists into a record.
  ///
  /// @param value what a JSON text was read into
  /// @param type the record
  /// @param <T> the type
  /// @return the record
  /// @throws IllegalArgumentException if it does not fit
  public static <T> T convert(Object value, Class<T> type) {
    return read(write(value), type);
  }

  private static String sentence(JsonProcessingException e) {
    String where =
        e.getLocation() == null
            ? ""
            : "line "
                + e.getLocation().getLineNr()
                + ", column "
                + e.getLocation().getColumnNr()
                + ": ";
    String what = e.getOriginalMessage();
    int lineBreak = what.indexOf('\n');
    return where + (lineBreak < 0 ? what : what.substring(0, lineBreak));
  }

  private static JsonNode sorted(JsonNode node) {
    if (node instanceof ObjectNode object) {
      ObjectNode result = JsonNodeFactory.instance.objectNode();
      object.properties().stream()
          .sorted(java.util.Map.Entry.comparingByKey())
          .forEach(field -> result.set(field.getKey(), sorted(field.getValue())));
      return result;
    }
    if (node instanceof ArrayNode array) {
      ArrayNode result = JsonNodeFactory.instance.arrayNode();
      array.forEach(element -> result.add(sorted(element)));
      return result;
    }
    return node;
  }
}
