package io.inscape.evolution;

import io.inscape.evolution.params.AlignmentParams;
import io.inscape.parameter.ParameterField;
import io.inscape.parameter.Parameters;
import java.util.List;
import java.util.Map;

/// A way to lay out a sequence, as a face lists it.
///
/// @param name short name, such as `vff`
/// @param title name for a person, such as `Visual Feature Fusion`
/// @param text what the method does, in a sentence or two
/// @param type the record of its options; an [AlignmentParams]
public record AlignmentMethod(
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
  public AlignmentParams params(Map<String, ?> values) {
    return (AlignmentParams) Parameters.fromMap(type, values);
  }
}
