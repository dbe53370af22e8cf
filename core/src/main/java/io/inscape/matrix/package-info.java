/// Dense matrices, seeded random streams, worker threads and progress: what every algorithm stands
/// on.
@NullMarked
package io.inscape.matrix;

import org.jspecify.annotations.NullMarked;
