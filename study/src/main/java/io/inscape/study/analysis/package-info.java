/// What can be computed from a study, the results that are kept, and the queue that computes them.
/// Start at [Analysis][io.inscape.study.analysis.Analysis].
@NullMarked
package io.inscape.study.analysis;

import org.jspecify.annotations.NullMarked;
