/// What a network does with units switched off. Start at
/// [AblationAnalysis][io.inscape.study.ablation.AblationAnalysis].
@NullMarked
package io.inscape.study.ablation;

import org.jspecify.annotations.NullMarked;
