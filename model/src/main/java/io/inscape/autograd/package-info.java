/// The differentiable executor: a network's operators on native tensors that know their gradients.
///
/// Start at [io.inscape.autograd.DifferentiableNetwork]. One class holds the operators of one
/// family; the table that names them all is `Operators`. Native memory is handed out as
/// [java.lang.foreign.MemorySegment] and lives as long as the [io.inscape.autograd.Pass] or network
/// that handed it out.
@NullMarked
package io.inscape.autograd;

import org.jspecify.annotations.NullMarked;
