/// The networks trained in a study, and training them so that nothing kept is lost. Start at
/// [Run][io.inscape.study.run.Run].
@NullMarked
package io.inscape.study.run;

import org.jspecify.annotations.NullMarked;
