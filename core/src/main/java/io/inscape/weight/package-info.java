/// How the weights of a network are distributed, how far two distributions are apart, and what a
/// Hinton diagram shows of them.
///
/// Start at [io.inscape.weight.Distributions].
@NullMarked
package io.inscape.weight;

import org.jspecify.annotations.NullMarked;
