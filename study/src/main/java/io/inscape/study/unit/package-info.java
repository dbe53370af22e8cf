/// The units of a layer over the study's sample. Start at
/// [UnitSource][io.inscape.study.unit.UnitSource] for which units, and at
/// [UnitActivations][io.inscape.study.unit.UnitActivations] for what they do.
@NullMarked
package io.inscape.study.unit;

import org.jspecify.annotations.NullMarked;
