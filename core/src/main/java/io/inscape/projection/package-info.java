/// Projections: many columns in, two or three out.
///
/// Start at [io.inscape.projection.Projections].
@NullMarked
package io.inscape.projection;

import org.jspecify.annotations.NullMarked;
