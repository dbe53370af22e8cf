/// Nearest neighbours. Start at [io.inscape.neighbors.NeighborSearch].
@NullMarked
package io.inscape.neighbors;

import org.jspecify.annotations.NullMarked;
