/// Groups of points that a person would call apart, and what tells them from each other. Start at
/// [VisualClusters][io.inscape.cluster.VisualClusters].
@NullMarked
package io.inscape.cluster;

import org.jspecify.annotations.NullMarked;
