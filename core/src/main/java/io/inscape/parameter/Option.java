package io.inscape.parameter;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// What a record component means as an option: its text and its range.
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Option {
  /// {@return what the option does, in one sentence for a person}
  String value();

  /// {@return the least value allowed}
  double min() default Double.NEGATIVE_INFINITY;

  /// {@return the greatest value allowed}
  double max() default Double.POSITIVE_INFINITY;

  /// {@return whether `min` itself is excluded}
  boolean minExclusive() default false;

  /// {@return whether `max` itself is excluded}
  boolean maxExclusive() default false;

  /// {@return the unit of the value, empty if it has none}
  String unit() default "";
}
