package io.inscape.projection.tsne;

/// How forces between points are computed.
///
/// @param method how the repulsion is summed
/// @param theta width over distance below which Barnes and Hut take a cell as one point, at least 0
/// @param freedom degrees of freedom of the similarity, above 0; 1 is t-SNE's own
public record ForceSettings(RepulsionMethod method, double theta, double freedom) {}
