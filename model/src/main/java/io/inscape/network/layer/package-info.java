/// Which values of a graph a person would call layers, and what they are called. Knows operations,
/// names and sizes only. Start at [io.inscape.network.layer.LayerProposals].
@NullMarked
package io.inscape.network.layer;

import org.jspecify.annotations.NullMarked;
