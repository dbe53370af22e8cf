/// Evolution: the same observations at several steps, laid out so that the layouts can be compared.
///
/// Start at [io.inscape.evolution.Sequence] and [io.inscape.evolution.Alignments].
@NullMarked
package io.inscape.evolution;

import org.jspecify.annotations.NullMarked;
