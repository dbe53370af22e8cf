package io.inscape.projection.tsne;

/// How a descent goes.
///
/// @param exaggeration factor on the attraction in the first phase
/// @param exaggerationIterations length of the first phase
/// @param earlyMomentum momentum of the first phase
/// @param lateMomentum momentum of the second phase
/// @param rate learning rate, for the gradient without its factor 4
/// @param forces how forces are computed
public record DescentSettings(
    double exaggeration,
    int exaggerationIterations,
    double earlyMomentum,
    double lateMomentum,
    double rate,
    ForceSettings forces) {}
