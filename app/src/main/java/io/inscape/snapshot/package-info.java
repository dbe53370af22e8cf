/// Networks in files or in a study: their weights described, compared and drawn.
///
/// Start at [io.inscape.snapshot.WeightReport].
@NullMarked
package io.inscape.snapshot;

import org.jspecify.annotations.NullMarked;
