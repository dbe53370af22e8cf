package io.inscape.vectors;

import org.jspecify.annotations.Nullable;

/// One figure of a layout's quality, as a person reads it.
///
/// @param title such as `neighborhood hit`
/// @param value in the layout
/// @param own the same in the data's own space; null where that says nothing
/// @param random what points placed at random would get; null where that is not known
/// @param text what it means, in one line
record Figure(
    String title, double value, @Nullable Double own, @Nullable Double random, String text) {}
