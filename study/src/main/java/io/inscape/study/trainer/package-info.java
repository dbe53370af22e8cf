/// Training beside other work, with settings copied from a run that is there. Start at
/// [BackgroundTraining][io.inscape.study.trainer.BackgroundTraining].
@NullMarked
package io.inscape.study.trainer;

import org.jspecify.annotations.NullMarked;
