package io.inscape.projection.umap;

/// How [UmapDescent] goes down.
///
/// @param dimensions of the layout, 2 or 3
/// @param epochs length of the descent, at least 1
/// @param learningRate step size at the start, above 0; it falls in a straight line to 0
/// @param negativeSamples random partners per edge that is due, at least 0
/// @param repulsion strength of the repulsion, at least 0
/// @param seed of the random partners
public record DescentSettings(
    int dimensions,
    int epochs,
    double learningRate,
    int negativeSamples,
    double repulsion,
    long seed) {}
