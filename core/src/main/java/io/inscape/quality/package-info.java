/// How much a projection can be trusted, and how well classes separate in it.
///
/// Start at [io.inscape.quality.NeighborhoodHit] and [io.inscape.quality.Trustworthiness].
@NullMarked
package io.inscape.quality;

import org.jspecify.annotations.NullMarked;
