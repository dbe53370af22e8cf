/// Images with labels and vectors without: data sets read from files, seeded samples of them, what
/// is done to pixels before a network sees them, and figures of each observation by itself. Start
/// at [Datasets#open(String)][io.inscape.dataset.source.Datasets#open(java.lang.String)] and
/// [Pipeline][io.inscape.dataset.Pipeline]. Files are never trusted: what is wrong with one is said
/// by an [InputException][io.inscape.dataset.InputException].
@NullMarked
package io.inscape.dataset;

import org.jspecify.annotations.NullMarked;
