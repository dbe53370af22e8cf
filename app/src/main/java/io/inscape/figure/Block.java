package io.inscape.figure;

/// One part of a column of a figure.
public sealed interface Block permits Slices, TrailPanel, FieldPanel {}
