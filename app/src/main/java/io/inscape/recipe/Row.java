package io.inscape.recipe;

import io.inscape.study.ActivationSource;
import org.jspecify.annotations.Nullable;

/// One projection and how good it is.
///
/// @param what was projected, in words
/// @param source what was projected
/// @param testAccuracy of the network on the whole test split, in [0, 1]; null where there is no
///   network
/// @param sampleAccuracy of the network on the observations shown, in [0, 1]; null where there is
///   no network
/// @param neighborhoodHit in the projection, in [0, 1]
/// @param neighborhoodHitOwnSpace between the vectors that were projected, in [0, 1]
/// @param trustworthiness of the projection, in [0, 1]
/// @param digest of the kept result
public record Row(
    String what,
    ActivationSource source,
    @Nullable Double testAccuracy,
    @Nullable Double sampleAccuracy,
    double neighborhoodHit,
    double neighborhoodHitOwnSpace,
    double trustworthiness,
    String digest) {}
