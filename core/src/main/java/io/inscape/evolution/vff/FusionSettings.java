package io.inscape.evolution.vff;

import io.inscape.evolution.params.AlignmentTarget;
import io.inscape.evolution.params.StepScale;

/// What a [Fusion] minimises.
///
/// @param lambda share of the stress, from 0 to 1; the rest is that of the alignment
/// @param target what the alignment wants distances to be
/// @param scale what the dissimilarities of a step are divided by
public record FusionSettings(double lambda, AlignmentTarget target, StepScale scale) {}
