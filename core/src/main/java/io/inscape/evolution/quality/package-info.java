/// How far to trust an aligned sequence of layouts: every step beside its own space and beside the
/// layout without alignment, and how movement in the layouts follows movement in the data.
///
/// Start at [io.inscape.evolution.quality.SequenceQuality]; the formulas are in
/// `docs/methods/quality.md`.
@org.jspecify.annotations.NullMarked
package io.inscape.evolution.quality;
