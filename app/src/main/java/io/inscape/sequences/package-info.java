/// Sequences in files, without a study: read, aligned, judged, bundled, turned into a field, and
/// told about.
///
/// Start at [io.inscape.sequences.FileEvolution] and [io.inscape.sequences.EvolutionReport].
@NullMarked
package io.inscape.sequences;

import org.jspecify.annotations.NullMarked;
