package io.inscape.evolution.field;

/// What a trajectory does inside a region.
///
/// @param trajectory its number
/// @param duration time inside, above 0
/// @param length length of its way inside, at least 0
/// @param speed length over duration
/// @param dissimilarity mean over the time inside of the squared difference between its velocity
///   and its own field
/// @param responsibility part of its motion inside that the field explains, in the unit of
///   [Responsibility]
public record Passage(
    int trajectory,
    double duration,
    double length,
    double speed,
    double dissimilarity,
    double responsibility) {}
