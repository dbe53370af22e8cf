/// The options of every way to align a sequence, one record each. Start at
/// [io.inscape.evolution.params.AlignmentParams].
@NullMarked
package io.inscape.evolution.params;

import org.jspecify.annotations.NullMarked;
