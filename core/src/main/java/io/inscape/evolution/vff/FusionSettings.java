package io.inscape.evolution.vff;

import io.inscape.evolution.params.AlignmentTarget;

/// What a [Fusion] minimises.
///
/// @param lambda share of the stress, from 0 to 1; the rest is that of the alignment
/// @param target what the alignment wants distances to be
public record FusionSettings(double lambda, AlignmentTarget target) {}
