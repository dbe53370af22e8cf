package io.inscape.parameter;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Single values: between a component's type and the plain types that JSON knows.
final class Values {
  /// Stands for an explicit null in a map.
  static final Object NOTHING =
      new Object() {
        @Override
        public String toString() {
          return "null";
        }
      };

  private static final String AUTO = "auto";

  private Values() {}

  static ParameterField.Kind kind(RecordComponent component) {
    Class<?> type = component.getType();
    if (type == int.class || type == long.class) {
      return ParameterField.Kind.INTEGER;
    } else if (type == double.class) {
      return ParameterField.Kind.NUMBER;
    } else if (type == boolean.class) {
      return ParameterField.Kind.BOOLEAN;
    } else if (type == String.class) {
      return ParameterField.Kind.TEXT;
    } else if (type.isEnum()) {
      return ParameterField.Kind.CHOICE;
    } else if (type == List.class) {
      return elementType(component) == Integer.class
          ? ParameterField.Kind.INTEGERS
          : ParameterField.Kind.NUMBERS;
    }
    fixedCase(type); // refuses what is no such pair
    return ParameterField.Kind.AUTO_OR_NUMBER;
  }

  static List<String> choices(Class<?> type) {
    return type.isEnum()
        ? Arrays.stream(type.getEnumConstants()).map(Values::word).toList()
        : List.of();
  }

  static Object toPlain(Object value) {
    return switch (value) {
      case Enum<?> choice -> word(choice);
      case Record pair when pair.getClass().getRecordComponents().length == 0 -> AUTO;
      case Record pair -> Parameters.read(pair.getClass().getRecordComponents()[0], pair);
      default -> value;
    };
  }

  static Object fromPlain(String name, RecordComponent component, Option option, Object value) {
    Class<?> type = component.getType();
    return switch (kind(component)) {
      case INTEGER -> {
        long whole = whole(name, value);
        checkRange(name, option, (double) whole);
        yield type == int.class ? (Object) toInt(name, whole) : (Object) whole;
      }
      case NUMBER -> ranged(name, option, number(name, value));
      case BOOLEAN -> value instanceof Boolean ? value : wrong(name, "true or false", value);
      case TEXT -> value instanceof String ? value : wrong(name, "text", value);
      case CHOICE -> choice(name, type, value);
      case AUTO_OR_NUMBER -> autoOrNumber(name, type, option, value);
      case INTEGERS, NUMBERS -> list(name, component, option, value);
    };
  }

  static void checkRange(String name, Option option, double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException(name + " must be a finite number, got " + value);
    }
    if (option.minExclusive() ? !(value > option.min()) : !(value >= option.min())) {
      throw new IllegalArgumentException(
          name
              + " must be "
              + (option.minExclusive() ? "above " : "at least ")
              + show(option.min())
              + ", got "
              + show(value));
    }
    if (option.maxExclusive() ? !(value < option.max()) : !(value <= option.max())) {
      throw new IllegalArgumentException(
          name
              + " must be "
              + (option.maxExclusive() ? "below " : "at most ")
              + show(option.max())
              + ", got "
              + show(value));
    }
  }

  static Object parse(ParameterField field, String typed) {
    String text = typed.strip();
    try {
      return switch (field.kind()) {
        case INTEGER -> Long.parseLong(text);
        case NUMBER -> Double.parseDouble(text);
        case AUTO_OR_NUMBER -> text.equals(AUTO) ? AUTO : (Object) Double.parseDouble(text);
        case BOOLEAN ->
            switch (text) {
              case "true" -> true;
              case "false" -> false;
              default -> wrong(field.name(), "true or false", typed);
            };
        case CHOICE, TEXT -> text;
        case INTEGERS, NUMBERS -> parseList(field, text);
      };
    } catch (NumberFormatException _) {
      return wrong(field.name(), expected(field.kind()), typed);
    }
  }

  private static List<Object> parseList(ParameterField field, String text) {
    List<Object> values = new ArrayList<>();
    for (String part : text.isEmpty() ? new String[0] : text.split(",", -1)) {
      values.add(
          field.kind() == ParameterField.Kind.INTEGERS
              ? (Object) Integer.parseInt(part.strip())
              : (Object) Double.parseDouble(part.strip()));
    }
    return values;
  }

  private static String expected(ParameterField.Kind kind) {
    return switch (kind) {
      case INTEGER -> "a whole number";
      case AUTO_OR_NUMBER -> "auto or a number";
      case INTEGERS -> "whole numbers separated by commas";
      case NUMBERS -> "numbers separated by commas";
      case NUMBER, BOOLEAN, CHOICE, TEXT -> "a number";
    };
  }

  private static Object autoOrNumber(String name, Class<?> type, Option option, Object value) {
    try {
      if (AUTO.equals(value)) {
        var constructor = autoCase(type).getDeclaredConstructor();
        constructor.setAccessible(true);
        return constructor.newInstance();
      }
      if (!(value instanceof Number)) {
        return wrong(name, "auto or a number", value);
      }
      var constructor = fixedCase(type).getDeclaredConstructor(double.class);
      constructor.setAccessible(true);
      return constructor.newInstance(ranged(name, option, number(name, value)));
    } catch (ReflectiveOperationException thrown) {
      throw thrown.getCause() instanceof IllegalArgumentException refusal
          ? refusal
          : new IllegalStateException("cannot construct a " + type.getSimpleName(), thrown);
    }
  }

  private static Class<?> autoCase(Class<?> type) {
    return permitted(type, 0);
  }

  private static Class<?> fixedCase(Class<?> type) {
    return permitted(type, 1);
  }

  private static Class<?> permitted(Class<?> type, int components) {
    Class<?>[] cases = type.getPermittedSubclasses();
    if (cases != null && cases.length == 2) {
      for (Class<?> one : cases) {
        if (one.isRecord() && one.getRecordComponents().length == components) {
          return one;
        }
      }
    }
    throw new IllegalStateException(type + " is no type of option");
  }

  private static List<Object> list(
      String name, RecordComponent component, Option option, Object value) {
    if (!(value instanceof List<?> given)) {
      return wrong(name, "a list of numbers", value);
    }
    List<Object> list = new ArrayList<>();
    for (int at = 0; at < given.size(); at++) {
      String element = name + "[" + at + "]";
      Object one = given.get(at) == null ? NOTHING : given.get(at);
      if (elementType(component) == Integer.class) {
        long whole = whole(element, one);
        checkRange(element, option, (double) whole);
        list.add(toInt(element, whole));
      } else {
        list.add(ranged(element, option, number(element, one)));
      }
    }
    return List.copyOf(list);
  }

  private static Class<?> elementType(RecordComponent component) {
    if (component.getGenericType() instanceof ParameterizedType list
        && list.getActualTypeArguments()[0] instanceof Class<?> element
        && (element == Integer.class || element == Double.class)) {
      return element;
    }
    throw new IllegalStateException(component + " is no type of option");
  }

  private static Object choice(String name, Class<?> type, Object value) {
    for (Object constant : type.getEnumConstants()) {
      if (word(constant).equals(value)) {
        return constant;
      }
    }
    return wrong(name, "one of " + String.join(", ", choices(type)), value);
  }

  private static String word(Object constant) {
    return ((Enum<?>) constant).name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static double ranged(String name, Option option, double value) {
    checkRange(name, option, value);
    return value;
  }

  private static double number(String name, Object value) {
    return value instanceof Number number ? number.doubleValue() : wrong(name, "a number", value);
  }

  private static long whole(String name, Object value) {
    if (value instanceof Number number) {
      try {
        return new BigDecimal(number.toString()).longValueExact();
      } catch (ArithmeticException | NumberFormatException _) {
        return wrong(name, "a whole number", value);
      }
    }
    return wrong(name, "a whole number", value);
  }

  private static int toInt(String name, long value) {
    return (int) value == value ? (int) value : wrong(name, "a whole number below 2^31", value);
  }

  /// Never returns; typed so that it can stand in an expression.
  @SuppressWarnings("TypeParameterUnusedInFormals") // there is no value whose type could be wrong
  private static <T> T wrong(String name, String expected, Object value) {
    throw new IllegalArgumentException(name + " must be " + expected + ", got " + show(value));
  }

  /// A value as it is read in a message: numbers without a needless `.0`, text in quotes, and not
  /// too long.
  static String show(Object value) {
    String shown =
        switch (value) {
          case Double number when number == Math.rint(number) && Math.abs(number) < 1e15 ->
              Long.toString(number.longValue());
          case String text -> "\"" + text + "\"";
          case Map<?, ?> _ -> "an object";
          case null -> "null";
          default -> value.toString();
        };
    return shown.length() > 60 ? shown.substring(0, 57) + "..." : shown;
  }
}
