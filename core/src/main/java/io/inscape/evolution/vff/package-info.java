/// Visual Feature Fusion on arrays: distances of several steps in, layouts that stay together out.
///
/// Start at [io.inscape.evolution.vff.Fusion].
@NullMarked
package io.inscape.evolution.vff;

import org.jspecify.annotations.NullMarked;
