/// Sequences of a study: the same observations at several epochs, layers or runs. Start at
/// [SequenceSource][io.inscape.study.sequence.SequenceSource].
@NullMarked
package io.inscape.study.sequence;

import org.jspecify.annotations.NullMarked;
