package io.inscape.web;

import io.inscape.parameter.ParameterField;
import io.inscape.parameter.Parameters;
import io.inscape.projection.ProjectionMethod;
import io.inscape.projection.Projections;
import io.inscape.projection.params.ProjectionParams;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/// What the page shows, as the part of its address behind `#` says it (`web/src/state/url.ts`).
public final class PageAddress {
  private PageAddress() {}

  /// The view of a projection of the input.
  ///
  /// @param params method and options; those that have their defaults are left out
  /// @return the part of the address from `#` on
  public static String projection(ProjectionParams params) {
    ProjectionMethod method = Projections.method(params.method());
    Map<String, Object> values = Parameters.toMap((Record) params);
    StringBuilder fragment = new StringBuilder("#view=projection&layer=input&method=");
    fragment.append(method.name());
    for (ParameterField field : method.parameters()) {
      Object value = value(values, field.name());
      if (!text(value).equals(text(field.defaultValue()))) {
        fragment
            .append("&p.")
            .append(field.name())
            .append('=')
            .append(URLEncoder.encode(text(value), StandardCharsets.UTF_8));
      }
    }
    return fragment.toString();
  }

  private static Object value(Map<?, ?> values, String name) {
    int dot = name.indexOf('.');
    Object found = values.get(dot < 0 ? name : name.substring(0, dot));
    if (dot >= 0 && found instanceof Map<?, ?> group) {
      return value(group, name.substring(dot + 1));
    }
    return Objects.requireNonNull(found, name);
  }

  /// As JavaScript writes it: `1`, not `1.0`.
  private static String text(Object value) {
    return switch (value) {
      case Double number when number == Math.rint(number) && Math.abs(number) < 1e15 ->
          Long.toString(number.longValue());
      case List<?> list -> list.stream().map(PageAddress::text).collect(Collectors.joining(","));
      default -> String.valueOf(value);
    };
  }
}
