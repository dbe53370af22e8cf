/// Sentences about a network, each from a test that says when it must not be said. Start at
/// [FindingsAnalysis][io.inscape.study.finding.FindingsAnalysis].
@NullMarked
package io.inscape.study.finding;

import org.jspecify.annotations.NullMarked;
