/// Figures as SVG: points coloured by class, with legend, title in words and provenance.
///
/// Start at [io.inscape.figure.ScatterFigure].
@NullMarked
package io.inscape.figure;

import org.jspecify.annotations.NullMarked;
