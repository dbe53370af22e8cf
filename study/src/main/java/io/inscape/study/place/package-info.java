/// New observations into what exists: a picture or a vector is run through the network of a kept
/// result, placed into its layout, and compared with the study's sample.
///
/// Start at [Placements][io.inscape.study.place.Placements]. What is said of a placement, and how
/// far to trust it: `docs/methods/placement.md`.
@NullMarked
package io.inscape.study.place;

import org.jspecify.annotations.NullMarked;
