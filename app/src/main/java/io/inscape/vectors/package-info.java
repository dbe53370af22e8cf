/// Matrices in files, without a study: read, projected, measured, and told about.
///
/// Start at [io.inscape.vectors.VectorInput] and [io.inscape.vectors.FileProjection].
@NullMarked
package io.inscape.vectors;

import org.jspecify.annotations.NullMarked;
