/// Vector fields that describe many trajectories at once, and the way back from a field to them.
///
/// Start at [io.inscape.evolution.field.VectorFields]; formulas are in
/// `docs/methods/vector-field.md`.
@NullMarked
package io.inscape.evolution.field;

import org.jspecify.annotations.NullMarked;
