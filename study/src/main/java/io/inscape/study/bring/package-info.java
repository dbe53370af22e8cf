/// What a person brings: networks and data that were made elsewhere, looked at before they are
/// taken into a study. Start at [Look][io.inscape.study.bring.Look].
@NullMarked
package io.inscape.study.bring;

import org.jspecify.annotations.NullMarked;
