package io.inscape.projection;

import io.inscape.parameter.ParameterField;
import io.inscape.parameter.Parameters;
import io.inscape.projection.params.ProjectionParams;
import java.util.List;
import java.util.Map;

/// A projection method as a face lists it.
///
/// @param name short name, such as `tsne`
/// @param title name for a person, such as `t-SNE`
/// @param text what the method does, in a sentence or two
/// @param type the record of its options; a [ProjectionParams]
public record ProjectionMethod(
    String name, String title, String text, Class<? extends Record> type) {

  /// {@return the method's options in order}
  public List<ParameterField> parameters() {
    return Parameters.describe(type);
  }

  /// The method's options from a map; what is missing has its default.
  ///
  /// @param values by option name, nested or dotted
  /// @return the parameters
  /// @throws IllegalArgumentException if a name is unknown, or a value of the wrong type or out of
  ///   range
  public ProjectionParams params(Map<String, ?> values) {
    return (ProjectionParams) Parameters.fromMap(type, values);
  }
}
