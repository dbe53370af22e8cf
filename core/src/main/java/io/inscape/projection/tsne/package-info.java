/// The numerics of t-SNE: affinities, the forces between points, the descent, and the placement of
/// new points. Start at [io.inscape.projection.tsne.Descent].
@NullMarked
package io.inscape.projection.tsne;

import org.jspecify.annotations.NullMarked;
