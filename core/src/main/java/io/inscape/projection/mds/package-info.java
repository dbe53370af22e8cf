/// Multidimensional scaling on arrays: dissimilarities in, positions out.
///
/// Start at [io.inscape.projection.mds.Dissimilarities] and [io.inscape.projection.mds.Smacof].
@NullMarked
package io.inscape.projection.mds;

import org.jspecify.annotations.NullMarked;
