/// Nearest neighbours. Start at [io.inscape.neighbors.ExactNeighbors].
@NullMarked
package io.inscape.neighbors;

import org.jspecify.annotations.NullMarked;
