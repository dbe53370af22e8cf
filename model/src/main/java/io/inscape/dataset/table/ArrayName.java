package io.inscape.dataset.table;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/// What the name of an array says: which part of the data set it belongs to, and what it holds.
///
/// @param part which part
/// @param plain the name without the part
record ArrayName(Role part, String plain) {
  private static final Set<String> LABELS =
      Set.of("labels", "label", "y", "targets", "target", "classes", "class");
  private static final String SEPARATORS = "/_-.";

  /// Which part of a data set.
  enum Role {
    /// All of it.
    WHOLE,
    /// The training part.
    TRAIN,
    /// The test part.
    TEST,
    /// The test part, where no other is there.
    VALIDATION;

    private List<String> words() {
      return switch (this) {
        case WHOLE -> List.of();
        case TRAIN -> List.of("train", "training");
        case TEST -> List.of("test", "testing");
        case VALIDATION -> List.of("val", "valid", "validation");
      };
    }
  }

  /// Reads a name such as `vectors`, `train_vectors`, `x_train` or `test/x`.
  static ArrayName of(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    for (Role part : Role.values()) {
      for (String word : part.words()) {
        int end = name.length() - word.length() - 1;
        if (end > 0 && lower.startsWith(word) && isSeparator(name.charAt(word.length()))) {
          return new ArrayName(part, name.substring(word.length() + 1));
        }
        if (end > 0 && lower.endsWith(word) && isSeparator(name.charAt(end))) {
          return new ArrayName(part, name.substring(0, end));
        }
      }
    }
    return new ArrayName(Role.WHOLE, name);
  }

  private static boolean isSeparator(char c) {
    return SEPARATORS.indexOf(c) >= 0;
  }

  boolean isLabels() {
    return LABELS.contains(plain.toLowerCase(Locale.ROOT));
  }
}
