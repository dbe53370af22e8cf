/// The visual clusters of each class in a projection, and what they are about. Start at
/// [ClusterAnalysis][io.inscape.study.cluster.ClusterAnalysis].
@NullMarked
package io.inscape.study.cluster;

import org.jspecify.annotations.NullMarked;
