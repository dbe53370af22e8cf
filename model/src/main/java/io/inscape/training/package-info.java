/// Training a network on a data set, epoch by epoch, so that it can be stopped, kept and resumed.
///
/// Start at [io.inscape.training.Trainer]; `docs/methods/training.md` says what is computed and how
/// fast.
@NullMarked
package io.inscape.training;

import org.jspecify.annotations.NullMarked;
