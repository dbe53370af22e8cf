/// The numerics of UMAP: the fuzzy graph, the start from the graph's eigenvectors, the descent, and
/// the placement of new observations. Arrays in, arrays out.
///
/// Start at [io.inscape.projection.umap.FuzzyGraph], then [io.inscape.projection.umap.UmapDescent].
@NullMarked
package io.inscape.projection.umap;

import org.jspecify.annotations.NullMarked;
