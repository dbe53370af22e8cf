/// Figures as SVG, with title in words and provenance: points coloured by class, histograms, Hinton
/// diagrams.
///
/// Start at [io.inscape.figure.ScatterFigure].
@NullMarked
package io.inscape.figure;

import org.jspecify.annotations.NullMarked;
