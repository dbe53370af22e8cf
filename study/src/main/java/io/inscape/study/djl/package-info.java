/// Watching a training of the Deep Java Library (DJL) from inside: a listener records activations,
/// metrics and parameters of every epoch into a study. Start at
/// [StudyListener][io.inscape.study.djl.StudyListener].
@NullMarked
package io.inscape.study.djl;

import org.jspecify.annotations.NullMarked;
