/// Kept vector fields, asked for lines and for what passes a region. Start at
/// [KeptFields][io.inscape.study.field.KeptFields].
@NullMarked
package io.inscape.study.field;

import org.jspecify.annotations.NullMarked;
