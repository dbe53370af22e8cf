/// What is kept of a network's weights after every epoch, whether its snapshot is kept or not.
/// Start at [KeptWeights][io.inscape.study.weight.KeptWeights].
@NullMarked
package io.inscape.study.weight;

import org.jspecify.annotations.NullMarked;
