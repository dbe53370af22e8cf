package io.inscape.parameter;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Reads options from parameter records, and parameter records from maps.
///
/// A parameter record has a static `defaults()`, and every component carries an [Option] or is
/// itself a parameter record (a group; its names are joined with dots). Components are int, long,
/// double, boolean, String, enum, `List<Integer>`, `List<Double>`, or a sealed interface of a
/// component-less record `Auto` and a record of one double.
public final class Parameters {
  private Parameters() {}

  /// The options of a record, groups flattened, in the order of the components.
  ///
  /// @param type a parameter record
  /// @return one field per option
  public static List<ParameterField> describe(Class<? extends Record> type) {
    List<ParameterField> fields = new ArrayList<>();
    describe("", defaults(type), fields);
    return List.copyOf(fields);
  }

  /// A record as a map: groups become maps, `Auto` becomes the text `auto`, an enum its name in
  /// lower case.
  ///
  /// @param parameters a parameter record
  /// @return values by component name, in component order; holds what JSON can hold
  public static Map<String, Object> toMap(Record parameters) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (RecordComponent component : parameters.getClass().getRecordComponents()) {
      Object value = read(component, parameters);
      map.put(
          component.getName(),
          component.getType().isRecord() ? toMap((Record) value) : Values.toPlain(value));
    }
    return map;
  }

  /// A record from a map, checked.
  ///
  /// @param <R> the record
  /// @param type a parameter record
  /// @param map values by name; a group's either in a nested map or under dotted names; what is
  ///   missing has its default
  /// @return the record
  /// @throws IllegalArgumentException if a name is unknown, or a value is of another type or out of
  ///   range
  public static <R extends Record> R fromMap(Class<R> type, Map<String, ?> map) {
    Map<String, Object> flat = new LinkedHashMap<>();
    flatten("", map, groupNames("", type, new ArrayList<>()), flat);
    List<String> known = describe(type).stream().map(ParameterField::name).toList();
    for (String name : flat.keySet()) {
      if (!known.contains(name)) {
        throw new IllegalArgumentException(
            "unknown parameter " + name + "; known are " + String.join(", ", known));
      }
    }
    return build(type, "", defaults(type), flat);
  }

  /// Checks a number against the range that its component's [Option] states; meant for compact
  /// constructors.
  ///
  /// @param type the record under construction
  /// @param name the component's name
  /// @param value the number
  /// @throws IllegalArgumentException if it is NaN, infinite or out of range
  public static void check(Class<? extends Record> type, String name, double value) {
    for (RecordComponent component : type.getRecordComponents()) {
      if (component.getName().equals(name)) {
        Values.checkRange(name, option(component), value);
        return;
      }
    }
    throw new IllegalStateException(type.getSimpleName() + " has no component " + name);
  }

  private static void describe(String prefix, Record defaults, List<ParameterField> fields) {
    for (RecordComponent component : defaults.getClass().getRecordComponents()) {
      Object value = read(component, defaults);
      String name = prefix + component.getName();
      if (component.getType().isRecord()) {
        describe(name + ".", (Record) value, fields);
      } else {
        Option option = option(component);
        fields.add(
            new ParameterField(
                name,
                Values.kind(component),
                Values.toPlain(value),
                option.min(),
                option.max(),
                option.minExclusive(),
                option.maxExclusive(),
                option.value(),
                option.unit(),
                Values.choices(component.getType())));
      }
    }
  }

  private static List<String> groupNames(String prefix, Class<?> type, List<String> names) {
    for (RecordComponent component : type.getRecordComponents()) {
      if (component.getType().isRecord()) {
        names.add(prefix + component.getName());
        groupNames(prefix + component.getName() + ".", component.getType(), names);
      }
    }
    return names;
  }

  private static void flatten(
      String prefix, Map<?, ?> map, List<String> groups, Map<String, Object> flat) {
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      String name = prefix + entry.getKey();
      Object value = entry.getValue();
      if (groups.contains(name)) {
        if (!(value instanceof Map<?, ?> nested)) {
          throw new IllegalArgumentException(
              "parameter " + name + " is a group and takes an object, got " + Values.show(value));
        }
        flatten(name + ".", nested, groups, flat);
      } else if (flat.put(name, value == null ? Values.NOTHING : value) != null) {
        throw new IllegalArgumentException("parameter " + name + " is given twice");
      }
    }
  }

  private static <R extends Record> R build(
      Class<R> type, String prefix, Record defaults, Map<String, Object> flat) {
    RecordComponent[] components = type.getRecordComponents();
    Object[] arguments = new Object[components.length];
    for (int at = 0; at < components.length; at++) {
      RecordComponent component = components[at];
      String name = prefix + component.getName();
      Object standard = read(component, defaults);
      if (component.getType().isRecord()) {
        arguments[at] =
            build(
                component.getType().asSubclass(Record.class), name + ".", (Record) standard, flat);
      } else if (flat.containsKey(name)) {
        arguments[at] = Values.fromPlain(name, component, option(component), flat.get(name));
      } else {
        arguments[at] = standard;
      }
    }
    return construct(type, components, arguments);
  }

  private static <R extends Record> R construct(
      Class<R> type, RecordComponent[] components, Object[] arguments) {
    Class<?>[] types =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    try {
      Constructor<R> constructor = type.getDeclaredConstructor(types);
      constructor.setAccessible(true);
      return constructor.newInstance(arguments);
    } catch (InvocationTargetException thrown) {
      throw unwrapped(thrown);
    } catch (ReflectiveOperationException thrown) {
      throw new IllegalStateException("cannot construct " + type.getSimpleName(), thrown);
    }
  }

  private static Record defaults(Class<? extends Record> type) {
    try {
      var method = type.getDeclaredMethod("defaults");
      method.setAccessible(true);
      return (Record) method.invoke(null);
    } catch (InvocationTargetException thrown) {
      throw unwrapped(thrown);
    } catch (ReflectiveOperationException thrown) {
      throw new IllegalStateException(
          type.getSimpleName() + " needs a static method defaults()", thrown);
    }
  }

  static Object read(RecordComponent component, Record owner) {
    try {
      var accessor = component.getAccessor();
      accessor.setAccessible(true);
      return accessor.invoke(owner);
    } catch (InvocationTargetException thrown) {
      throw unwrapped(thrown);
    } catch (ReflectiveOperationException thrown) {
      throw new IllegalStateException("cannot read " + component, thrown);
    }
  }

  private static Option option(RecordComponent component) {
    Option option = component.getAnnotation(Option.class);
    if (option == null) {
      throw new IllegalStateException(
          component.getDeclaringRecord().getSimpleName()
              + "."
              + component.getName()
              + " needs an @Option");
    }
    return option;
  }

  private static RuntimeException unwrapped(InvocationTargetException thrown) {
    return switch (thrown.getCause()) {
      case RuntimeException cause -> cause;
      case Error cause -> throw cause;
      case null, default -> new IllegalStateException(thrown);
    };
  }
}
