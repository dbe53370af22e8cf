/// How many units observations speak to while a network is trained. Start at
/// [ActivityAnalysis][io.inscape.study.activity.ActivityAnalysis].
@NullMarked
package io.inscape.study.activity;

import org.jspecify.annotations.NullMarked;
