/// Data sets read from files: the ones that come with Inscape, and folders in the formats of
/// `docs/formats.md`. Start at
/// [Datasets#open(String)][io.inscape.dataset.source.Datasets#open(java.lang.String)]. Files are
/// never trusted: what is wrong with one is said by an
/// [InputException][io.inscape.dataset.InputException].
@NullMarked
package io.inscape.dataset.source;

import org.jspecify.annotations.NullMarked;
