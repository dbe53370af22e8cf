/// What a person keeps: the study folder, its runs, their snapshots and captured activations. Start
/// at [Study][io.inscape.study.Study].
@NullMarked
package io.inscape.study;

import org.jspecify.annotations.NullMarked;
